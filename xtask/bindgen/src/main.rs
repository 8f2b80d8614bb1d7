//! `bytemill-bindgen IN.wasm OUT_DIR NAME`: what `wasm-bindgen --target web` does, at the library's own version.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir, name] = arguments.as_slice() else {
        eprintln!("usage: bytemill-bindgen IN.wasm OUT_DIR NAME");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let result = bindgen
        .input_path(input)
        .out_name(name)
        .typescript(false)
        .web(true)
        .and_then(|bindgen| bindgen.omit_default_module_path(true).generate(out_dir));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindgen failed on {input}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
