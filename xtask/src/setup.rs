//! Finds or installs what the other verbs need. Doing it again costs a moment and says nothing.

use std::fs;
use std::path::Path;

use crate::runtimes;
use crate::shell::{Outcome, command, fresh, output, root, run, say};
use crate::toolchain::{Toolchain, apt_install};

/// What a set-up is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// The package and the demo.
    Building,
    /// Also browsers and other runtimes.
    Tests,
    /// Every runtime that the suite can run in.
    Matrix,
}

const OLDEST_NODE: (u32, u32) = (20, 16);

/// Sets up, and says what it does where there is something to do.
pub(crate) fn setup(purpose: For) -> Outcome {
    node()?;
    let toolchain = Toolchain::ensure()?;
    npm(&root())?;
    if purpose != For::Building {
        runtimes::ensure(purpose == For::Matrix)?;
    }
    if purpose == For::Tests {
        tools();
    }
    let stamp = root().join("target/setup.txt");
    let described = format!("wasm compiler: {}\n", toolchain.describe());
    if fs::read_to_string(&stamp).is_ok_and(|old| old == described) {
        return Ok(());
    }
    eprint!("{described}");
    let written =
        fs::create_dir_all(root().join("target")).and_then(|()| fs::write(&stamp, described));
    written.map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
}

/// Command-line tools that the codecs are cross-checked with; in Debian their packages have their names.
const TOOLS: [&str; 4] = ["zstd", "gzip", "brotli", "lz4"];

/// Installs the tools that are missing, where that may be; test/cli passes over those that cannot be had.
fn tools() {
    let missing: Vec<&str> =
        TOOLS.into_iter().filter(|tool| output(command(tool).arg("--version")).is_none()).collect();
    if !missing.is_empty() && !apt_install("command-line tools for the tests", &missing) {
        say(format_args!(
            "{} cannot be had here (on Debian: apt-get install {})",
            missing.join(" and "),
            missing.join(" ")
        ));
    }
}

fn node() -> Outcome {
    let version = output(command("node").arg("--version")).unwrap_or_default();
    let mut numbers =
        version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= OLDEST_NODE => Ok(()),
        _ => Err(format!(
            "Node {}.{} or newer is needed, found {version:?}: see https://nodejs.org",
            OLDEST_NODE.0, OLDEST_NODE.1
        )),
    }
}

/// Installs the npm packages of a folder, once per state of its lock file.
pub(crate) fn npm(folder: &Path) -> Outcome {
    let stamp = folder.join("node_modules/.package-lock.json");
    let sources = [folder.join("package-lock.json"), folder.join("package.json")];
    if stamp.exists() && fresh(&stamp, &sources[..1]) {
        return Ok(());
    }
    say(format_args!("installing npm packages in {}", folder.display()));
    let mut npm = command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    run(npm.stdout(std::process::Stdio::null()))
        .map_err(|error| format!("{error}; is the npm registry reachable from here?"))?;
    // npm keeps the lock file's date out of it; the stamp must be the younger of the two.
    fs::File::options()
        .append(true)
        .open(&stamp)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .ok();
    Ok(())
}

/// Installs the peers that the benchmarks compare with.
pub(crate) fn peers() -> Outcome {
    npm(&root().join("bench/peers"))
}
