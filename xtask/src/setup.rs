//! Finds or installs what the other verbs need. Doing it again costs a moment and says nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, command, fresh, output, root, run, say};
use crate::toolchain::{Toolchain, apt_install};

/// What a set-up is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// The package and the demo.
    Building,
    /// Also browsers and other versions of Node.
    Tests,
}

/// Versions of Node that the suite runs on besides the one that is installed.
pub(crate) const NODES: [(&str, &str); 3] =
    [("22", "22.23.3"), ("24", "24.21.0"), ("26", "26.10.0")];
const OLDEST_NODE: (u32, u32) = (20, 16);

/// Sets up, and says what it does where there is something to do.
pub(crate) fn setup(purpose: For) -> Outcome {
    node()?;
    let toolchain = Toolchain::ensure()?;
    npm(&root())?;
    if purpose == For::Tests {
        if chromium().is_none() {
            install_chromium()?;
        }
        nodes()?;
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

/// Where Chromium is.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .map(PathBuf::from);
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    named.into_iter().chain(known).chain([mac]).find(|path| path.exists())
}

fn install_chromium() -> Outcome {
    if apt_install("a browser for the tests", &["chromium"]) && chromium().is_some() {
        return Ok(());
    }
    Err("no Chromium was found: install it (on Debian: apt-get install chromium) or name it in the variable CHROMIUM"
        .to_owned())
}

/// The other versions of Node, by major version.
pub(crate) fn node_binary(major: &str) -> PathBuf {
    root().join("target/nodes/node_modules").join(format!("node{major}")).join("bin/node")
}

fn nodes() -> Outcome {
    if NODES.iter().all(|(major, _)| node_binary(major).exists()) {
        return Ok(());
    }
    let folder = root().join("target/nodes");
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let platform = output(command("node").args(["-p", "`${process.platform}-${process.arch}`"]))
        .unwrap_or_default();
    // The packages per platform need no install script, which npm may refuse to run.
    let packages =
        NODES.map(|(major, version)| format!("node{major}@npm:node-{platform}@{version}"));
    say(format_args!("installing Node {} for the tests", NODES.map(|(major, _)| major).join(", ")));
    let mut npm = command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
        .arg(&folder);
    run(npm.args(packages).stdout(std::process::Stdio::null()))
}
