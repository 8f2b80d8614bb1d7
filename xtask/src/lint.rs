//! Everything that can be said of the sources without running them.

use crate::build::codegen;
use crate::layers;
use crate::shell::{Outcome, command, output, run, say};

/// Formatting, clippy, types, layers, generated files.
pub(crate) fn lint() -> Outcome {
    say("checking formatting, lints, types and layers");
    run(command("cargo").args(["fmt", "--all", "--check"]))?;
    let mut clippy = command("cargo");
    clippy.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--features",
        "bytemill-core/selftest",
        "--",
        "-D",
        "warnings",
    ]);
    run(&mut clippy)?;
    run(command("node").args([
        "node_modules/@biomejs/biome/bin/biome",
        "check",
        "--error-on-warnings",
    ]))?;
    run(command("node").args([
        "node_modules/typescript/bin/tsc",
        "-p",
        "npm",
        "--noEmit",
        "--emitDeclarationOnly",
        "false",
        "--declaration",
        "false",
    ]))?;
    run(command("node").args(["node_modules/typescript/bin/tsc", "-p", "test"]))?;
    layers::check()?;
    generated()
}

/// The committed files must be what the table of operations says.
fn generated() -> Outcome {
    codegen()?;
    let changed = output(command("git").args(["status", "--porcelain", "--", "npm/src/generated"]));
    match changed {
        Some(files) if std::env::var_os("CI").is_some() && !files.is_empty() => {
            Err(format!("npm/src/generated is not what `cargo xtask codegen` writes:\n{files}"))
        }
        _ => Ok(()),
    }
}
