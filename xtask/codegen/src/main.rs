//! Writes the TypeScript that follows from the table of operations: `bytemill-codegen OUT_DIR`.
//!
//! One file per family with its options and operations, one with the error codes, one with the version. The files are
//! committed, and CI compares them with what this writes.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use bytemill_core::ops::{Description, describe, steps};
use bytemill_core::{Code, Kind, OptionSpec};

const HEADER: &str = "// Written by `cargo xtask codegen` from bindings/core. Do not edit.\n\n";
/// Longest list of names that stays on one line: what the formatter would do.
const LINE: usize = 100;

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        eprintln!("usage: bytemill-codegen OUT_DIR");
        return ExitCode::from(2);
    };
    // A step of a chain is declared as an operation is, and so is what a caller writes for it.
    let all: Vec<_> = describe().into_iter().chain(steps()).collect();
    let mut families: Vec<&str> = all.iter().map(|operation| operation.family).collect();
    // Modules of one family need not be neighbours in the table.
    families.sort_unstable();
    families.dedup();
    let mut files = vec![("errors.ts".to_owned(), errors()), ("version.ts".to_owned(), version())];
    for family in families {
        let operations: Vec<_> =
            all.iter().filter(|operation| operation.family == family).collect();
        files.push((format!("{family}.ts"), module(&operations)));
    }
    for (name, text) in files {
        let path = Path::new(&out).join(name);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{} cannot be written: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn version() -> String {
    format!(
        "{HEADER}/** Version of the package. */\nexport const VERSION = '{}';\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn errors() -> String {
    let mut text = format!(
        "{HEADER}/** Why a call failed. Codes are added to, never renamed. */\nexport type ErrorCode ="
    );
    for (_, name, doc) in Code::ALL {
        let _ = write!(text, "\n  /**{doc} */\n  | '{name}'");
    }
    text.push_str(";\n\n/** The codes by their number on the wire; 0 is success. */\n");
    text.push_str("export const CODES: readonly (ErrorCode | undefined)[] = [\n  undefined,\n");
    for (_, name, _) in Code::ALL {
        let _ = writeln!(text, "  '{name}',");
    }
    text.push_str("];\n");
    text
}

fn module(operations: &[&Description]) -> String {
    let mut text = HEADER.to_owned();
    let colours = |operation: &&Description| {
        operation.options.iter().any(|option| matches!(option.kind, Kind::Colour { .. }))
    };
    if operations.iter().any(colours) {
        text.push_str("import { type Colour, parseColour } from '../core/colour.js';\n");
    }
    text.push_str("import type { OperationSpec } from '../core/row.js';\n");
    for operation in operations {
        text.push_str(&interface(operation));
        text.push_str(&specification(operation));
    }
    text
}

fn interface(operation: &Description) -> String {
    let Description { family, name, options, .. } = operation;
    let mut text = format!(
        "\n/** Options of `{family}.{name}`. */\nexport interface {}Options {{",
        pascal(name)
    );
    for option in *options {
        let (kind, default) = typescript(option);
        text.push_str("\n  /**\n");
        for line in option.doc.trim().lines() {
            let _ = writeln!(text, "   * {}", line.trim());
        }
        if let Some(range) = range(option) {
            let _ = writeln!(text, "   *\n   * {range}");
        }
        let _ = write!(
            text,
            "   * @defaultValue {default}\n   */\n  readonly {}?: {kind} | undefined;",
            camel(option.name)
        );
    }
    text.push_str(if options.is_empty() { "}\n" } else { "\n}\n" });
    text
}

fn specification(operation: &Description) -> String {
    let Description { family, name, id, parallel, options } = operation;
    let mut text = format!(
        "\n/** `{family}.{name}` on the wire. */\nexport const {}: OperationSpec = {{\n  family: '{family}',\n  name: '{name}',\n  id: {id:#06x},\n  parallel: {parallel},\n  options: [",
        upper(name)
    );
    for option in *options {
        let name = camel(option.name);
        let fields = match option.kind {
            Kind::Integer { min, max, .. } => format!("kind: 'integer', min: {min}, max: {max}"),
            Kind::Number { min, max, .. } => format!("kind: 'number', min: {min}, max: {max}"),
            Kind::Wide => "kind: 'wide'".to_owned(),
            Kind::Integers { min, max, count, .. } => {
                format!("kind: 'integers', min: {min}, max: {max}, count: {count}")
            }
            Kind::Colour { .. } => "kind: 'colour', parse: parseColour".to_owned(),
            Kind::Boolean { .. } => "kind: 'boolean'".to_owned(),
            Kind::Choice { names, .. } => {
                let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
                format!("kind: 'choice', names: [{}]", names.join(", "))
            }
            Kind::Bytes { min, max } => format!("kind: 'bytes', min: {min}, max: {max}"),
            Kind::Text { max } => format!("kind: 'text', max: {max}"),
        };
        let line = format!("    {{ name: '{name}', {fields} }},");
        if line.len() <= LINE {
            let _ = write!(text, "\n{line}");
        } else {
            let fields = fields
                .split_once(", ")
                .map_or(fields.clone(), |(kind, rest)| format!("{kind},\n      {rest}"));
            let _ = write!(text, "\n    {{\n      name: '{name}',\n      {fields},\n    }},");
        }
    }
    text.push_str(if options.is_empty() { "],\n};\n" } else { "\n  ],\n};\n" });
    text
}

/// Type and default of an option.
fn typescript(option: &OptionSpec) -> (String, String) {
    match option.kind {
        Kind::Integer { default, .. } => ("number".to_owned(), format!("`{default}`")),
        Kind::Number { default, .. } => ("number".to_owned(), format!("`{default}`")),
        Kind::Wide => ("bigint | number".to_owned(), "`0`".to_owned()),
        Kind::Integers { .. } => ("readonly number[]".to_owned(), "none".to_owned()),
        Kind::Colour { default } => ("Colour".to_owned(), format!("`'#{default:08x}'`")),
        Kind::Boolean { default } => ("boolean".to_owned(), format!("`{default}`")),
        Kind::Choice { default, names } => {
            let list: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
            let default = list.get(default).cloned().unwrap_or_default();
            (list.join(" | "), format!("`{default}`"))
        }
        Kind::Bytes { .. } => ("Uint8Array".to_owned(), "none".to_owned()),
        Kind::Text { .. } => ("string".to_owned(), "none".to_owned()),
    }
}

fn range(option: &OptionSpec) -> Option<String> {
    match option.kind {
        Kind::Integer { min, max, unit, .. } if max == (1 << 53) - 1 => {
            Some(format!("Unit: {unit}, from {min}."))
        }
        Kind::Integer { min, max, unit, .. } => Some(format!("Unit: {unit}, from {min} to {max}.")),
        Kind::Number { min, max, unit, .. } => Some(format!("Unit: {unit}, from {min} to {max}.")),
        Kind::Integers { min, max, count, unit } => {
            Some(format!("Unit: {unit}, each from {min} to {max}; at most {count} of them."))
        }
        Kind::Wide => Some("Whole, from 0 to 2^64 - 1.".to_owned()),
        Kind::Bytes { min, max } if min == max => Some(format!("Exactly {min} bytes.")),
        Kind::Bytes { min, max } => Some(format!("From {min} to {max} bytes.")),
        Kind::Text { max } => Some(format!("At most {max} bytes of UTF-8.")),
        Kind::Boolean { .. } | Kind::Choice { .. } | Kind::Colour { .. } => None,
    }
}

/// `max_output_bytes` -> `maxOutputBytes`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| text + &capitalised(word))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// `extractText` -> `ExtractText`.
fn pascal(name: &str) -> String {
    capitalised(name)
}

/// `extractText` -> `EXTRACT_TEXT`.
fn upper(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(letter.to_ascii_uppercase());
    }
    text
}
