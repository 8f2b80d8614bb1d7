//! Builds the package: wasm modules, native addon, JavaScript and types.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, command, fresh, output, root, run, say};
use crate::wasm;

/// Builds everything that is not up to date.
pub(crate) fn build() -> Outcome {
    codegen()?;
    wasm::build()?;
    native(Purpose::Tests)?;
    package()
}

/// What a native addon is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// With the operations that fail on purpose.
    Tests,
    /// As it is published.
    Publishing,
}

/// Writes `npm/src/generated`; files that stay the same keep their dates.
pub(crate) fn codegen() -> Outcome {
    let mut cargo = command("cargo");
    cargo.args([
        "run",
        "--quiet",
        "--profile",
        "tool",
        "--package",
        "bytemill-codegen",
        "--",
        "npm/src/generated",
    ]);
    run(&mut cargo)
}

/// Builds the native addon of this machine, and the packages that bring it.
pub(crate) fn native(purpose: Purpose) -> Outcome {
    let mut cargo = command("cargo");
    cargo.args(["build", "--quiet", "--profile", "native", "--package", "bytemill-napi"]);
    if purpose == Purpose::Tests {
        cargo.args(["--features", "selftest"]);
    }
    let platform = output(command("node").args(["npm/native.mjs", "--triple"]))
        .ok_or("node does not tell its platform")?;
    let product = root().join("npm/native").join(format!("bytemill.{platform}.node"));
    if !product.exists() {
        say(format_args!("compiling {}", product.display()));
    }
    run(&mut cargo)?;
    let library = root().join("target/native").join(match std::env::consts::OS {
        "macos" => "libbytemill_napi.dylib",
        "windows" => "bytemill_napi.dll",
        _ => "libbytemill_napi.so",
    });
    // Where the package finds it in a checkout, as it would in a project that has it installed.
    let packages = root().join("npm/node_modules/@bytemill");
    let stamp = packages.join("native/package.json");
    if fresh(&product, &[&library])
        && fresh(
            &stamp,
            &[&product, &root().join("npm/native.mjs"), &root().join("npm/package.json")],
        )
    {
        return Ok(());
    }
    fs::create_dir_all(root().join("npm/native"))
        // Removed first: a process that has the old addon loaded keeps its file.
        .and_then(|()| fs::remove_file(&product).or(Ok(())))
        .and_then(|()| fs::copy(&library, &product).map(drop))
        .map_err(|error| format!("{} cannot be copied: {error}", library.display()))?;
    run(command("node").arg("npm/native.mjs").arg(&packages).arg(&product))
}

fn package() -> Outcome {
    let npm = root().join("npm");
    let mut sources = vec![
        npm.join("build.mjs"),
        npm.join("exports.mjs"),
        npm.join("notices.mjs"),
        npm.join("types.mjs"),
        npm.join("tsconfig.json"),
    ];
    files_below(&npm.join("src"), &mut sources);
    files_below(&npm.join("wasm"), &mut sources);
    let stamp = npm.join("dist/types/index.d.ts");
    if fresh(&stamp, &sources) {
        return Ok(());
    }
    say("building the npm package");
    run(command("node").arg("npm/build.mjs"))
}

/// Adds the files below a folder.
pub(crate) fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files_below(&path, files) } else { files.push(path) }
    }
}
