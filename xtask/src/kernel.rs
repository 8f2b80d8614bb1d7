//! `new-kernel NAME`: makes the files of a new kernel and the few lines elsewhere that name it.

use std::fs;
use std::path::Path;

use crate::build::codegen;
use crate::shell::{Outcome, command, root, run, say};

/// New files and the templates that they come from.
const FILES: [(&str, &str); 5] = [
    ("crates/{{name}}/Cargo.toml", include_str!("../templates/Cargo.toml.txt")),
    ("crates/{{name}}/src/lib.rs", include_str!("../templates/lib.rs.txt")),
    ("bindings/core/src/ops/{{name}}.rs", include_str!("../templates/op.rs.txt")),
    ("npm/src/{{name}}.ts", include_str!("../templates/family.ts.txt")),
    ("test/suite/{{name}}.ts", include_str!("../templates/suite.ts.txt")),
];

/// Lines for existing files: the file, the line that the new ones go in front of, the new ones.
const LINES: [(&str, &str, &str); 6] = [
    ("Cargo.toml", "bytemill-zstd = {", "bytemill-{{name}} = { path = \"crates/{{name}}\" }\n"),
    (
        "bindings/core/Cargo.toml",
        "# Operations that fail",
        "{{name}} = [\"dep:bytemill-{{name}}\"]\n",
    ),
    (
        "bindings/core/Cargo.toml",
        "bytemill-zstd = {",
        "bytemill-{{name}} = { workspace = true, optional = true }\n",
    ),
    (
        "bindings/core/src/ops/mod.rs",
        "#[cfg(feature = \"zstd\")]\npub mod",
        "#[cfg(feature = \"{{name}}\")]\npub mod {{name}};\n",
    ),
    ("bindings/core/src/ops/mod.rs", "    \"selftest\": ", "    \"{{name}}\": {{name}}::Run;\n"),
    ("npm/src/index.ts", "export * as zstd from", "export * as {{name}} from './{{name}}.js';\n"),
];

/// Words put into existing lines: the file, what they go in front of, the words.
const WORDS: [(&str, &str, &str); 3] = [
    ("bindings/core/Cargo.toml", "]\nzstd = [", ", \"{{name}}\""),
    ("test/suite/all.ts", "import { recovery }", "import { {{name}} } from './{{name}}.ts';\n"),
    ("test/suite/all.ts", "  recovery,\n", "  {{name}},\n"),
];

/// Makes the kernel.
pub(crate) fn add(name: &str) -> Outcome {
    let fill = filler(name, &free_id()?)?;
    if root().join("crates").join(name).exists() {
        return Err(format!("there is a kernel called {name} already"));
    }
    // All of it or nothing: first see that every line finds its place.
    for (path, anchor, _) in LINES.into_iter().chain(WORDS) {
        edit(&root().join(path), |old| old.contains(anchor).then(|| old.to_owned()))?;
    }
    for (path, template) in FILES {
        let path = root().join(fill(path));
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, fill(template)))
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    for (path, anchor, text) in LINES.into_iter().chain(WORDS) {
        let fresh = fill(text);
        edit(&root().join(path), |old| {
            let at = old.find(anchor)?;
            Some([&old[..at], fresh.as_str(), &old[at..]].concat())
        })?;
    }
    generate()?;
    say(format_args!(
        "{name} is there: npm test runs its first tests; see CONTRIBUTING.md for what makes it complete"
    ));
    Ok(())
}

/// Takes the kernel away again.
pub(crate) fn remove(name: &str) -> Outcome {
    let fill = filler(name, "")?;
    if !root().join("crates").join(name).join("src/lib.rs").exists() {
        return Err(format!("there is no kernel called {name}"));
    }
    for (path, _, text) in LINES.into_iter().chain(WORDS) {
        let gone = fill(text);
        edit(&root().join(path), |old| old.contains(&gone).then(|| old.replacen(&gone, "", 1)))?;
    }
    let generated = format!("npm/src/generated/{name}.ts");
    for path in FILES.map(|(path, _)| fill(path)).into_iter().chain([generated]) {
        fs::remove_file(root().join(&path))
            .map_err(|error| format!("{path} cannot be removed: {error}"))?;
    }
    for built in [format!("npm/wasm/{name}.wasm"), format!("npm/wasm/{name}.threads.wasm")] {
        fs::remove_file(root().join(built)).ok();
    }
    fs::remove_dir_all(root().join("crates").join(name)).map_err(|error| error.to_string())?;
    generate()
}

fn generate() -> Outcome {
    run(command("cargo").args(["fmt", "--all"]))?;
    codegen()
}

/// Fills a template's placeholders.
fn filler(name: &str, id: &str) -> Outcome<impl Fn(&str) -> String + use<>> {
    let lower = name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
    if !lower || !name.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        return Err(format!("expected a name of lower-case letters and digits, got {name:?}"));
    }
    let pascal = name[..1].to_uppercase() + &name[1..];
    let (name, id) = (name.to_owned(), id.to_owned());
    Ok(move |text: &str| {
        text.replace("{{name}}", &name).replace("{{Name}}", &pascal).replace("{{id}}", &id)
    })
}

/// The first operation number of a family that is not taken: numbers stay what they are for ever.
fn free_id() -> Outcome<String> {
    let ops = root().join("bindings/core/src/ops");
    let entries =
        fs::read_dir(&ops).map_err(|error| format!("{} cannot be read: {error}", ops.display()))?;
    let mut taken = Vec::new();
    for entry in entries.flatten() {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        for part in text.split("operation!(0x").skip(1) {
            taken.extend(part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()));
        }
    }
    let free = (0x10..0x7f)
        .find(|family| !taken.contains(family))
        .ok_or("no operation numbers are left")?;
    Ok(format!("{:#06x}", u32::from(free) << 8 | 1))
}

fn edit(path: &Path, change: impl Fn(&str) -> Option<String>) -> Outcome {
    let old = fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let new = change(&old)
        .ok_or_else(|| format!("{} is not as new-kernel expects it", path.display()))?;
    fs::write(path, new).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
