//! The tasks of this repository: `cargo xtask <verb>`. It has no dependencies, so that it is built in seconds.

mod build;
mod kernel;
mod layers;
mod lint;
mod runtimes;
mod setup;
mod shell;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use shell::{Outcome, command, run};

const USAGE: &str = "\
usage: cargo xtask <verb>

  setup              find or install everything that the other verbs need
  build              wasm modules, native addon, npm package
  build native       the native addon of this machine, as it is published
  codegen            write npm/src/generated from the table of operations
  test               set up, build, lint, and run every test
  test matrix [ARGS] run the suite in every runtime (--only=TEXT, --slow)
  test packaging     install the tarball into a little project per bundler, framework and runtime (--only=TEXT)
  test native        run the suite on the native addon alone
  lint               formatting, clippy, types, layers, generated files
  start              set up, build and run the demo
  bench [ARGS]       compare with peers (--filter NAME, --json, --test)
  bench boundary     what a call costs over its kernel, beside plain wasm-bindgen
  size               print the sizes of the package and compare them with bench/budgets.json
  new-kernel NAME    make the files and lines of a new kernel; --remove takes them away again
  ci                 what continuous integration runs: test
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match verb(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn verb(words: &[&str]) -> Outcome {
    match words {
        ["setup"] => setup::setup(setup::For::Tests),
        ["build"] => {
            setup::setup(setup::For::Building)?;
            build::build()
        }
        ["build", "native"] => build::native(build::Purpose::Publishing),
        ["codegen"] => build::codegen(),
        ["test" | "ci"] => test::test(),
        ["test", "matrix", rest @ ..] => test::matrix(rest),
        ["test", "packaging", rest @ ..] => test::packaging(rest),
        ["test", "native"] => test::native(),
        ["lint"] => lint::lint(),
        ["start"] => {
            setup::setup(setup::For::Building)?;
            build::build()?;
            run(command("node").arg("demo/demo.mjs"))
        }
        ["bench", "boundary", rest @ ..] => {
            setup::setup(setup::For::Building)?;
            build::build()?;
            wasm::naive()?;
            run(command("node").arg("bench/boundary.mjs").args(rest))
        }
        ["bench", rest @ ..] => {
            setup::setup(setup::For::Building)?;
            build::build()?;
            setup::peers()?;
            run(command("node").arg("bench/run.mjs").args(rest))
        }
        ["size"] => run(command("node").arg("bench/size.mjs")),
        ["new-kernel", name] => kernel::add(name),
        ["new-kernel", name, "--remove"] | ["new-kernel", "--remove", name] => kernel::remove(name),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no verb like `{}`\n\n{USAGE}", other.join(" "))),
    }
}
