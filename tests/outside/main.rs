//! A driver crate of an outside author, built as a crate of its own: its Cargo.toml names
//! `vendor-passthru` and nothing else of ours, and its source is what the README shows.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A copy of the crate that finds the library where it is, locked to what is here already.
fn outside_driver() -> PathBuf {
    let (workspace, copy) = (workspace(), Path::new(env!("CARGO_TARGET_TMPDIR")).join("my-driver"));
    let original = workspace.join("tests/outside-driver");
    for file in ["src/lib.rs", "tests/answers.rs"] {
        fs::create_dir_all(copy.join(file).parent().unwrap()).unwrap();
        fs::copy(original.join(file), copy.join(file)).unwrap();
    }
    fs::copy(workspace.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(original.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("../..", workspace.to_str().unwrap());
    fs::write(copy.join("Cargo.toml"), manifest).unwrap();
    copy
}

#[test]
fn a_driver_written_from_the_readme_answers() {
    let driver = outside_driver();
    let built = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--manifest-path"])
        .arg(driver.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(driver.join("target"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&built.stdout);
    let complained = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{printed}{complained}");
    assert!(printed.contains("3 passed; 0 failed"), "{printed}{complained}");
    assert!(!complained.contains("warning"), "{complained}");
}

/// The drivers of one version would be missing from the registry of the other.
#[test]
fn two_versions_of_the_library_in_one_build_are_refused() {
    let conductor = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-versions");
    let manifest = |name: &str, version: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\n{rest}")
    };
    let older = manifest("vendor-passthru", "0.0.1", "links = \"vendor-passthru\"\n");
    let library = workspace().join("vendor-passthru");
    let both = format!(
        "[workspace]\n[dependencies]\nvendor-passthru = {{ path = {library:?} }}\n\
         older = {{ package = \"vendor-passthru\", path = \"older\" }}\n"
    );
    let files = [
        ("Cargo.toml", manifest("conductor", "0.1.0", &both)),
        ("src/lib.rs", String::new()),
        ("older/Cargo.toml", older),
        ("older/src/lib.rs", String::new()),
        ("older/build.rs", "fn main() {}".to_owned()),
    ];
    for (file, text) in files {
        let file = conductor.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let built = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--manifest-path"])
        .arg(conductor.join("Cargo.toml"))
        .output()
        .unwrap();
    let complained = String::from_utf8_lossy(&built.stderr);
    assert!(!built.status.success());
    let refusal = "Only one package in the dependency graph may specify the same links value";
    assert!(complained.contains(refusal), "{complained}");
}

#[test]
fn the_readme_shows_that_driver_and_it_is_short() {
    let source = fs::read_to_string(workspace().join("tests/outside-driver/src/lib.rs")).unwrap();
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    assert!(source.lines().count() < 40);
    let (_, shown) = source.split_once("\n\n").unwrap();
    assert!(readme.contains(shown), "the README shows another driver than is tested");
}
