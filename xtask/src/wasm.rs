//! Builds the small wasm modules, one or a few per family, and the threaded twins of those that gain by threads.
//!
//! There are two sets of compiler flags and no more, because std is built once for each. Products:
//! `npm/wasm/<module>.wasm` and its debug twin `.debug.wasm` with `.debug.map`, `npm/wasm/<module>.threads.wasm`, and
//! `npm/wasm/threads.glue.js`, which serves all threaded twins.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::files_below;
use crate::shell::{Outcome, command, fresh, root, run, say};
use crate::toolchain::Toolchain;

/// The manifest that says which modules there are.
fn manifest() -> Outcome<(PathBuf, String)> {
    let path = root().join("bindings/core/Cargo.toml");
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    Ok((path, text))
}

/// The published modules, which are the default features of bytemill-core: `<family>`, or `<family>_<part>`.
pub(crate) fn modules() -> Outcome<Vec<String>> {
    let (path, text) = manifest()?;
    let list = text.lines().find_map(|line| line.strip_prefix("default = [")?.strip_suffix(']'));
    let list =
        list.ok_or_else(|| format!("{} has no default features on one line", path.display()))?;
    Ok(list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect())
}

/// Whether a module has a threaded twin: where its kernel has something to do in parallel, or to test them.
fn has_twin(manifest: &str, name: &str) -> bool {
    name == SELFTEST || manifest.contains(&format!("\"bytemill-{name}?/parallel\""))
}

/// Built for the tests alone.
const SELFTEST: &str = "selftest";

const TARGET: &str = "wasm32-unknown-unknown";
/// Builds std for it, with small sorts and small formatting of numbers in place of fast ones. Sorts are all of values that
/// are the same where they compare as equal, so that the results are those of the native build.
const STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// Of the module's own stack; kernels keep what grows with the input on the heap.
const STACK_BYTES: u32 = 1 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Single,
    Threads,
}

impl Flavour {
    fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Threads => "threads",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Single => ".wasm",
            Self::Threads => ".threads.wasm",
        }
    }

    /// Flags for rustc, in the encoding that keeps spaces apart.
    fn rustflags(self, toolchain: &Toolchain) -> String {
        let mut flags = vec![
            // rustc says of `atomics`, on every crate, that it is not stable.
            "-Awarnings".to_owned(),
            format!("-Clink-arg=-zstack-size={STACK_BYTES}"),
            "-Clink-arg=--stack-first".to_owned(),
        ];
        // Paths of the builder's machine have no business in a published file.
        let home = std::env::var("CARGO_HOME").ok().map(PathBuf::from);
        let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
        // Of two that fit, the later one holds: panics of std name its files, and those names are in every module.
        let library =
            toolchain.sysroot().map(|sysroot| sysroot.join("lib/rustlib/src/rust/library"));
        for (from, to) in [
            (home, "cargo"),
            (Some(root()), "bytemill"),
            (toolchain.sysroot(), "rust"),
            (library, "rust"),
        ] {
            flags.extend(from.map(|from| format!("--remap-path-prefix={}={to}", from.display())));
        }
        match self {
            Self::Single => flags.push("-Ctarget-feature=+simd128,+bulk-memory".to_owned()),
            Self::Threads => {
                flags.push(
                    "-Ctarget-feature=+simd128,+bulk-memory,+atomics,+mutable-globals".to_owned(),
                );
                for argument in [
                    "--shared-memory",
                    "--max-memory=4294967296",
                    "--import-memory",
                    "--export=__wasm_init_tls",
                    "--export=__tls_size",
                    "--export=__tls_align",
                    "--export=__tls_base",
                    "--export=__heap_base",
                ] {
                    flags.push(format!("-Clink-arg={argument}"));
                }
            }
        }
        flags.join("\u{1f}")
    }
}

/// Builds everything that is not up to date.
pub(crate) fn build() -> Outcome {
    let toolchain = Toolchain::ensure()?;
    let out = root().join("npm/wasm");
    fs::create_dir_all(&out)
        .map_err(|error| format!("{} cannot be made: {error}", out.display()))?;
    let modules = modules()?;
    let all = || modules.iter().map(String::as_str).chain([SELFTEST]);
    for name in all() {
        module(&toolchain, Flavour::Single, name, &out)?;
    }
    let (_, manifest) = manifest()?;
    for name in all() {
        if has_twin(&manifest, name) {
            module(&toolchain, Flavour::Threads, name, &out)?;
        } else {
            // Of a time when it had one; the package takes what it finds.
            let _ = fs::remove_file(out.join(format!("{name}{}", Flavour::Threads.suffix())));
        }
    }
    Ok(())
}

fn module(toolchain: &Toolchain, flavour: Flavour, name: &str, out: &Path) -> Outcome {
    let product = out.join(format!("{name}{}", flavour.suffix()));
    // cargo itself would link again at every build, because all families have one output file.
    if fresh(&product, &sources(name)) {
        return Ok(());
    }
    say(format_args!("compiling {name}{}", flavour.suffix()));
    let target_dir = root().join("target/wasm").join(flavour.name());
    let features = match flavour {
        Flavour::Single => format!("bytemill-core/{name}"),
        Flavour::Threads => format!("bytemill-core/{name},threads"),
    };
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--release", "--package", "bytemill-wasm", "--target", TARGET]);
    cargo.args(STD).args(["--features", &features, "--target-dir"]).arg(&target_dir);
    // By this variable and not by config files, which cargo would join with the reader's own.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flavour.rustflags(toolchain));
    run(&mut cargo)?;
    let linked = target_dir.join(TARGET).join("release/bytemill_wasm.wasm");
    match flavour {
        Flavour::Single => {
            debug_twin(&linked, name, out)?;
            optimise(&linked, &product)
        }
        Flavour::Threads => optimise(&bindgen(&linked, name, out)?, &product),
    }
}

/// Builds what the benchmark of the boundary compares with, with the flags of the single-threaded modules.
pub(crate) fn naive() -> Outcome {
    let folder = root().join("bench/boundary");
    let out = root().join("bench/.build/naive");
    let product = out.join("naive_bg.wasm");
    let mut files = vec![root().join("xtask/src/wasm.rs"), folder.join("Cargo.toml")];
    files_below(&folder.join("src"), &mut files);
    files_below(&root().join("crates/hash/src"), &mut files);
    if fresh(&product, &files) {
        return Ok(());
    }
    say("compiling the wasm-bindgen module of the boundary's benchmark");
    let toolchain = Toolchain::ensure()?;
    let target_dir = root().join("target/wasm/naive");
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--release", "--target", TARGET, "--manifest-path"]);
    cargo.arg(folder.join("Cargo.toml")).args(STD);
    cargo.arg("--target-dir").arg(&target_dir);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", Flavour::Single.rustflags(&toolchain));
    run(&mut cargo)?;
    let linked = target_dir.join(TARGET).join("release/bytemill_naive.wasm");
    let mut bindgen = command("cargo");
    bindgen.args(["run", "--quiet", "--package", "bytemill-bindgen", "--"]);
    run(bindgen.arg(&linked).arg(&out).arg("naive"))?;
    optimise(&product, &product)
}

/// Everything that a module is made from.
fn sources(name: &str) -> Vec<PathBuf> {
    let family = name.split_once('_').map_or(name, |(family, _)| family);
    let mut files =
        ["Cargo.toml", "Cargo.lock", "xtask/src/wasm.rs"].map(|file| root().join(file)).to_vec();
    for folder in ["bindings/core", "bindings/wasm"] {
        files_below(&root().join(folder), &mut files);
    }
    crate_files(family, &mut files);
    let ops = root().join("bindings/core/src/ops");
    // Parts may share the operations of their family.
    let others = |file: &Path| {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let of = stem.split_once('_').map_or(stem, |(family, _)| family);
        file.parent() == Some(&ops) && !["mod", family].contains(&of)
    };
    files
        .retain(|file| !file.components().any(|part| part.as_os_str() == "tests") && !others(file));
    files
}

/// The files of one of our crates, and of those that it builds on.
fn crate_files(name: &str, files: &mut Vec<PathBuf>) {
    let folder = root().join("crates").join(name);
    files_below(&folder, files);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    for line in manifest.lines() {
        let used = line.strip_prefix("bytemill-").and_then(|rest| rest.split_once('.'));
        if let Some((used, _)) = used {
            crate_files(used, files);
        }
    }
}

/// Makes the module that `configure({ debug: true })` loads, and keeps the one with everything beside the build.
fn debug_twin(linked: &Path, name: &str, out: &Path) -> Outcome {
    let kept = root().join("target/wasm/dwarf");
    let copy = kept.join(format!("{name}.dwarf.wasm"));
    fs::create_dir_all(&kept)
        .and_then(|()| fs::copy(linked, &copy).map(drop))
        .map_err(|error| format!("{} cannot be written: {error}", copy.display()))?;
    let mut cargo = command("cargo");
    cargo.args(["run", "--quiet", "--package", "bytemill-symbols", "--"]);
    run(cargo.arg(&copy).arg(out).arg(name))
}

/// Runs wasm-bindgen on a twin; gives back the module. Its glue is the same for every module, and is kept once.
fn bindgen(input: &Path, name: &str, out: &Path) -> Outcome<PathBuf> {
    let dir = root().join("target/wasm/bindgen").join(name);
    let mut cargo = command("cargo");
    cargo.args(["run", "--quiet", "--package", "bytemill-bindgen", "--"]);
    run(cargo.arg(input).arg(&dir).arg("twin"))?;
    let glue = fs::read_to_string(dir.join("twin.js"))
        .map_err(|error| format!("no glue for {name}: {error}"))?;
    let kept = out.join("threads.glue.js");
    // The first of a build decides, because an older one may come from another version of wasm-bindgen.
    let first = modules()?
        .first()
        .map(|first| root().join("target/wasm/bindgen").join(first).join("twin.js"));
    let first = first.and_then(|first| fs::read_to_string(first).ok());
    if first.is_some_and(|first| without_memory(&first) != without_memory(&glue)) {
        return Err(format!(
            "the glue of {name}.threads.wasm differs from that of the other twins"
        ));
    }
    fs::write(&kept, &glue)
        .map_err(|error| format!("{} cannot be written: {error}", kept.display()))?;
    Ok(dir.join("twin_bg.wasm"))
}

/// The glue but for the size of the memory that it would make: our workers bring their own.
fn without_memory(glue: &str) -> Vec<&str> {
    glue.lines().filter(|line| !line.contains("new WebAssembly.Memory(")).collect()
}

fn optimise(input: &Path, product: &Path) -> Outcome {
    let tool = root().join("node_modules/binaryen/bin/wasm-opt");
    let mut wasm_opt = command("node");
    // Names and DWARF first: they stay with the debug twin, and would hold some passes back.
    wasm_opt.arg(&tool).arg(input).arg("-o").arg(product).args(["--strip-debug", "-O3"]);
    // Sections that tell tools of the compiler, which no engine reads.
    wasm_opt.args(["--strip-producers", "--strip-target-features"]);
    for feature in [
        "simd",
        "bulk-memory",
        "bulk-memory-opt",
        "mutable-globals",
        "sign-ext",
        "nontrapping-float-to-int",
        "reference-types",
        "multivalue",
        "threads",
    ] {
        wasm_opt.arg(format!("--enable-{feature}"));
    }
    run(&mut wasm_opt)
}
