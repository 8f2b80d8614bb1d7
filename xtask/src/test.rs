//! Runs every test: the crates', then the one suite over every backend and runtime.

use std::process::Command;

use crate::setup::{For, setup};
use crate::shell::{Outcome, command, output, run, say};
use crate::{build, lint, runtimes};

/// Sets up, builds, lints and tests.
pub(crate) fn test() -> Outcome {
    setup(For::Tests)?;
    build::build()?;
    lint::lint()?;
    say("checking sizes");
    run(command("node").arg("bench/size.mjs"))?;
    say("checking the types of the tarball");
    packages(&["--only=typescript"])?;
    crates()?;
    run(suite()?.args(runtimes::options()).args(["--all", "--quick"]))
}

/// Runs the suite in every runtime, on every backend, also inside workers, and nothing else.
pub(crate) fn matrix(arguments: &[&str]) -> Outcome {
    setup(For::Matrix)?;
    build::build()?;
    run(suite()?.args(runtimes::options()).args(["--all", "--suite"]).args(arguments))
}

/// Runs the little projects that install the tarball: bundlers, frameworks, test runners.
pub(crate) fn packaging(arguments: &[&str]) -> Outcome {
    setup(For::Matrix)?;
    build::build()?;
    packages(arguments)
}

fn packages(arguments: &[&str]) -> Outcome {
    run(command("node").arg("test/packaging/matrix.mjs").args(arguments))
}

/// Runs the suite on the native addon alone, which needs no browser and no other Node.
pub(crate) fn native() -> Outcome {
    setup(For::Building)?;
    build::build()?;
    run(suite()?.arg("--only=native"))
}

/// The command that runs the suite, compiled.
fn suite() -> Outcome<Command> {
    say("compiling the suite");
    run(command("node").arg("test/build.mjs"))?;
    let mut suite = command("node");
    suite.arg("test/run.mjs");
    Ok(suite)
}

fn crates() -> Outcome {
    say("testing the crates");
    let features = ["--features", "bytemill-core/selftest"];
    let nextest = output(command("cargo").args(["nextest", "--version"])).is_some();
    if nextest {
        run(command("cargo").args(["nextest", "run", "--no-fail-fast"]).args(features))?;
        return run(command("cargo").args(["test", "--quiet", "--doc"]).args(features));
    }
    say(
        "cargo-nextest is not installed, so cargo test runs the crates' tests (cargo install cargo-nextest is faster)",
    );
    run(command("cargo").args(["test", "--quiet", "--no-fail-fast"]).args(features))
}
