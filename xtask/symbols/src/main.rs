//! `bytemill-symbols IN.wasm OUT_DIR NAME`: from a module as the linker left it, with names and DWARF, makes
//!
//! - `NAME.debug.wasm`: the module with its names, without DWARF, and with pointers to the other two;
//! - `NAME.debug.map`: a source map from offsets in that module to lines of Rust, as browsers read it.
//!
//! The module itself, with everything, is `NAME.dwarf.wasm` to debuggers that read DWARF.

mod lines;
mod map;
mod module;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use module::{Section, code_offset, custom, sections};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir, name] = arguments.as_slice() else {
        eprintln!("usage: bytemill-symbols IN.wasm OUT_DIR NAME");
        return ExitCode::from(2);
    };
    match twin(input, Path::new(out_dir), name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("no debug twin of {input}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn twin(input: &str, out_dir: &Path, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = fs::read(input)?;
    let all = sections(&bytes)?;
    let code_at = code_offset(&all).ok_or("the module has no code")?;
    let rows = lines::rows(&all, code_at)?;
    if rows.is_empty() {
        return Err("the module has no line table".into());
    }

    let is_dwarf =
        |section: &Section<'_>| section.name.is_some_and(|name| name.starts_with(".debug_"));
    let mut kept = bytes[..8].to_vec();
    for section in all.iter().filter(|section| !is_dwarf(section)) {
        kept.extend_from_slice(section.raw);
    }
    custom(&mut kept, "sourceMappingURL", &format!("{name}.debug.map"))?;
    custom(&mut kept, "external_debug_info", &format!("{name}.dwarf.wasm"))?;

    // What precedes the code is the same in both, so offsets are, too.
    let moved = code_offset(&sections(&kept)?) != Some(code_at);
    if moved {
        return Err("the code moved when the DWARF was taken out".into());
    }
    fs::write(out_dir.join(format!("{name}.debug.wasm")), kept)?;
    fs::write(out_dir.join(format!("{name}.debug.map")), map::json(&rows))?;
    Ok(())
}
