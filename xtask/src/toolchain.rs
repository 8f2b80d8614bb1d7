//! Finds a Rust toolchain that can build std for wasm32-unknown-unknown with atomics, and installs one where it may.
//!
//! In this order: rustup's nightly with rust-src; Debian's rustc-web with its sources, which apt-get installs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, command, output, run, say};

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// A way to compile for wasm.
pub(crate) enum Toolchain {
    /// rustup's nightly; brings its own linker.
    Nightly,
    /// Debian's compiler, cargo and linker.
    Debian,
}

impl Toolchain {
    /// The toolchain that is there, if any.
    pub(crate) fn find() -> Option<Self> {
        if sources_below(nightly_sysroot().as_deref()) {
            return Some(Self::Nightly);
        }
        let installed = [DEBIAN_RUSTC, DEBIAN_LINKER, "/usr/bin/cargo"]
            .iter()
            .all(|path| Path::new(path).exists());
        (installed && sources_below(Some(Path::new("/usr")))).then_some(Self::Debian)
    }

    /// The toolchain, installed first where that is possible.
    pub(crate) fn ensure() -> Outcome<Self> {
        if let Some(toolchain) = Self::find() {
            return Ok(toolchain);
        }
        if add_rust_src() || install_debian() {
            return Self::find().ok_or_else(Self::advice);
        }
        Err(Self::advice())
    }

    fn advice() -> String {
        format!(
            "no Rust toolchain can build std for wasm here. Install one of: rustup toolchain install nightly \
             --component rust-src; or, on Debian, apt-get install {}",
            DEBIAN_PACKAGES.join(" ")
        )
    }

    /// What the reader should know of it.
    pub(crate) fn describe(&self) -> String {
        let version = output(self.rustc().arg("--version")).unwrap_or_else(|| "rustc".to_owned());
        match self {
            Self::Nightly => format!("{version}, by rustup"),
            Self::Debian => format!("{version}, by Debian"),
        }
    }

    /// Where its libraries and their sources are.
    pub(crate) fn sysroot(&self) -> Option<PathBuf> {
        output(self.rustc().args(["--print", "sysroot"]).env_remove("RUSTUP_TOOLCHAIN"))
            .map(PathBuf::from)
    }

    fn rustc(&self) -> Command {
        match self {
            Self::Nightly => {
                let mut rustup = command("rustup");
                rustup.args(["run", "nightly", "rustc"]);
                rustup
            }
            Self::Debian => command(DEBIAN_RUSTC),
        }
    }

    /// cargo, set up so that std is built with the crate.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = match self {
            Self::Nightly => {
                let mut rustup = command("rustup");
                rustup.args(["run", "nightly", "cargo"]);
                rustup
            }
            Self::Debian => {
                let mut cargo = command("/usr/bin/cargo");
                cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
                cargo
            }
        };
        // Left behind by the cargo that runs xtask, they would lead back to its toolchain.
        for name in
            ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER"]
        {
            cargo.env_remove(name);
        }
        if matches!(self, Self::Nightly) {
            cargo.env_remove("RUSTC");
        }
        cargo
    }
}

fn nightly_sysroot() -> Option<PathBuf> {
    let mut rustup = command("rustup");
    rustup.args(["run", "nightly", "rustc", "--print", "sysroot"]);
    output(rustup.env_remove("RUSTUP_TOOLCHAIN")).map(PathBuf::from)
}

fn sources_below(sysroot: Option<&Path>) -> bool {
    sysroot.is_some_and(|root| root.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists())
}

fn add_rust_src() -> bool {
    if nightly_sysroot().is_none() {
        return false;
    }
    say("adding rust-src to rustup's nightly");
    run(command("rustup").args(["component", "add", "rust-src", "--toolchain", "nightly"])).is_ok()
        && sources_below(nightly_sysroot().as_deref())
}

fn install_debian() -> bool {
    apt_install("a compiler for wasm", &DEBIAN_PACKAGES)
}

/// Installs Debian packages where apt-get is there and may be used without asking.
pub(crate) fn apt_install(purpose: &str, packages: &[&str]) -> bool {
    let root = output(command("id").arg("-u")).is_some_and(|id| id == "0");
    if !Path::new("/usr/bin/apt-get").exists() || !(root || sudo()) {
        return false;
    }
    let apt = |arguments: &[&str]| {
        let mut apt = command(if root { "apt-get" } else { "sudo" });
        if !root {
            apt.args(["--non-interactive", "apt-get"]);
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive")
            .args(arguments)
            .stdout(std::process::Stdio::null());
        run(&mut apt)
    };
    say(format_args!("installing {purpose}: apt-get install {}", packages.join(" ")));
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    apt(&["update"]).is_ok() && apt(&install).is_ok()
}

fn sudo() -> bool {
    output(command("sudo").args(["--non-interactive", "true"])).is_some()
}
