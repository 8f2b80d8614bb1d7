//! The runtimes that the suite runs on: which, from where, and where they are.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, command, output, root, run, say};
use crate::toolchain::apt_install;

/// The machine, as Node names it.
struct Machine {
    os: String,
    cpu: String,
}

/// A runtime that npm brings as one package per platform; such packages need no install script, which npm may refuse
/// to run.
struct Packaged {
    /// The option of test/run.mjs that names it.
    option: &'static str,
    /// Its folder below `target/runtimes/node_modules`.
    folder: &'static str,
    version: &'static str,
    /// Name of the package for a machine.
    package: fn(&Machine) -> String,
    program: &'static str,
}

const PACKAGED: [Packaged; 7] = [
    node("node20", "20.20.2"),
    node("node22", "22.23.3"),
    node("node24", "24.21.0"),
    node("node26", "26.10.0"),
    Packaged {
        option: "bun",
        folder: "bun",
        version: "1.4.5",
        package: |machine| {
            let os = if machine.os == "win32" { "windows" } else { &machine.os };
            let cpu = if machine.cpu == "arm64" { "aarch64" } else { &machine.cpu };
            format!("@oven/bun-{os}-{cpu}")
        },
        program: "bin/bun",
    },
    Packaged {
        option: "deno",
        folder: "deno",
        version: "2.9.6",
        package: |machine| {
            let libc = if machine.os == "linux" { "-glibc" } else { "" };
            format!("@deno/{}-{}{libc}", machine.os, machine.cpu)
        },
        program: "deno",
    },
    Packaged {
        option: "workerd",
        folder: "workerd",
        version: "1.20261117.1",
        package: |machine| {
            let os = if machine.os == "win32" { "windows" } else { &machine.os };
            let cpu = if machine.cpu == "x64" { "64" } else { &machine.cpu };
            format!("@cloudflare/workerd-{os}-{cpu}")
        },
        program: "bin/workerd",
    },
];

const fn node(folder: &'static str, version: &'static str) -> Packaged {
    let package = |machine: &Machine| format!("node-{}-{}", machine.os, machine.cpu);
    Packaged { option: "node", folder, version, package, program: "bin/node" }
}

/// A browser that is found on the machine, or that Debian brings.
struct Browser {
    option: &'static str,
    name: &'static str,
    /// The environment variable that names it.
    variable: &'static str,
    paths: &'static [&'static str],
    debian: &'static [&'static str],
    /// Whether only the whole matrix needs it.
    matrix_only: bool,
}

const BROWSERS: [Browser; 3] = [
    Browser {
        option: "chromium",
        name: "Chromium",
        variable: "CHROMIUM",
        paths: &[
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ],
        debian: &["chromium"],
        matrix_only: false,
    },
    Browser {
        option: "firefox",
        name: "Firefox",
        variable: "FIREFOX",
        paths: &[
            "/usr/bin/firefox-esr",
            "/usr/bin/firefox",
            "/Applications/Firefox.app/Contents/MacOS/firefox",
        ],
        debian: &["firefox-esr"],
        matrix_only: false,
    },
    // WebKit's own small browser; it has no headless mode, so that it needs a display that nobody sees.
    Browser {
        option: "webkit",
        name: "WebKit",
        variable: "WEBKIT",
        paths: &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        ],
        debian: &["libwebkit2gtk-4.1-0", "xvfb"],
        matrix_only: true,
    },
];

/// Installs what is missing, for the whole matrix or for `cargo xtask test`. A browser that cannot be had is told of and
/// left out; test/run.mjs decides what that means.
pub(crate) fn ensure(whole_matrix: bool) -> Outcome {
    if !PACKAGED.iter().all(|one| path_of(one).exists()) {
        install()?;
    }
    for browser in &BROWSERS {
        if find(browser).is_some() || (browser.matrix_only && !whole_matrix) {
            continue;
        }
        let Browser { name, variable, debian, .. } = browser;
        if !apt_install(name, debian) || find(browser).is_none() {
            say(format_args!(
                "{name} is not here: install it (on Debian: apt-get install {}) or name it in the variable {variable}",
                debian.join(" ")
            ));
        }
    }
    Ok(())
}

/// The options of test/run.mjs that name what is here.
pub(crate) fn options() -> Vec<OsString> {
    let packaged = PACKAGED.iter().map(|one| (one.option, path_of(one)));
    let browsers = BROWSERS.iter().filter_map(|browser| Some((browser.option, find(browser)?)));
    let option = |(name, path): (&str, PathBuf)| {
        let mut option = OsString::from(format!("--{name}="));
        option.push(path);
        option
    };
    packaged.filter(|(_, path)| path.exists()).chain(browsers).map(option).collect()
}

fn folder() -> PathBuf {
    root().join("target/runtimes")
}

fn path_of(packaged: &Packaged) -> PathBuf {
    let path = folder().join("node_modules").join(packaged.folder).join(packaged.program);
    path.with_extension(std::env::consts::EXE_EXTENSION)
}

fn find(browser: &Browser) -> Option<PathBuf> {
    let named = std::env::var_os(browser.variable).map(PathBuf::from);
    let known = browser.paths.iter().map(PathBuf::from);
    let found = named.into_iter().chain(known).find(|path| path.exists())?;
    let display = browser.option != "webkit" || Path::new("/usr/bin/Xvfb").exists();
    display.then_some(found)
}

fn install() -> Outcome {
    let folder = folder();
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let machine = output(command("node").args(["-p", "`${process.platform} ${process.arch}`"]))
        .unwrap_or_default();
    let (os, cpu) = machine.split_once(' ').ok_or("node does not tell its platform")?;
    let machine = Machine { os: os.to_owned(), cpu: cpu.to_owned() };
    let packages = PACKAGED.each_ref().map(|one| {
        let package = (one.package)(&machine);
        format!("{}@npm:{package}@{}", one.folder, one.version)
    });
    say("installing Node 20, 22, 24, 26, Bun, Deno and workerd for the tests");
    let mut npm = command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
        .arg(&folder);
    run(npm.args(packages).stdout(std::process::Stdio::null()))
        .map_err(|error| format!("{error}; is the npm registry reachable from here?"))
}
