//! The README from top to bottom: the driver, its test and the conductor, each in a crate with the
//! dependencies that its commands add.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::markdown::{Block, Document};
use crate::{document, workspace};

/// The Rust code under a sentence with these words.
fn rust<'a>(readme: &'a Document, words: &str) -> &'a str {
    let is_it = |block: &&Block| block.language == "rust" && block.introduction.contains(words);
    &readme.blocks.iter().find(is_it).unwrap_or_else(|| panic!("no code under {words:?}")).text
}

/// The dependencies that commands add, as lines of a manifest.
fn added(commands: &str) -> String {
    let commands = commands.split(['`', '\n']).flat_map(|line| line.split(" && "));
    let added = commands.filter_map(|command| command.split_once("cargo add ")?.1.into());
    added.map(dependency).collect()
}

/// Ours are those here, in whatever way they are added; all others as they are locked.
fn dependency(arguments: &str) -> String {
    let (names, features) = arguments.split_once("-F ").unwrap_or((arguments, ""));
    let name = names.split_whitespace().rfind(|word| !word.starts_with('-')).unwrap();
    let (place, name) = match name {
        "vendor-passthru" => (format!("path = '{}'", workspace().join(name).display()), name),
        "../my-driver" => (format!("path = {name:?}"), "my-driver"),
        _ => ("version = \"*\"".to_owned(), name),
    };
    let features: Vec<&str> = features.split([',', ' ']).filter(|name| !name.is_empty()).collect();
    format!("{name} = {{ {place}, features = {features:?} }}\n")
}

fn write(file: PathBuf, text: impl AsRef<[u8]>) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{rest}")
}

/// The crates that somebody has who does what the README says.
fn crates(readme: &Document, folder: &Path) {
    let for_tests = readme.prose.split_once("A test needs no server (").unwrap().1;
    let for_tests = added(for_tests.split_once("):").unwrap().0);
    let library = dependency("vendor-passthru");
    let driver = format!("[dependencies]\n{library}[dev-dependencies]\n{for_tests}");
    write(folder.join("my-driver/Cargo.toml"), manifest("my-driver", &driver));
    write(folder.join("my-driver/src/lib.rs"), rust(readme, "`src/lib.rs`"));
    write(folder.join("my-driver/tests/test.rs"), rust(readme, "-F testing`):"));

    let is_conductors = |block: &&Block| block.text.contains("cargo new my-conductor");
    let commands = &readme.blocks.iter().find(is_conductors).expect("its commands").text;
    let conductor = format!("[dependencies]\n{}", added(commands));
    write(folder.join("my-conductor/Cargo.toml"), manifest("my-conductor", &conductor));
    write(folder.join("my-conductor/src/main.rs"), rust(readme, "`src/main.rs`"));

    write(folder.join("Cargo.toml"), WORKSPACE);
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Both in one workspace, so that the library is built once.
const WORKSPACE: &str = "[workspace]
members = [\"my-driver\", \"my-conductor\"]
resolver = \"3\"

[profile.dev]
debug = false
";

#[test]
fn what_the_readme_says_compiles_and_its_test_passes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    crates(&document("README.md"), &folder);
    let built = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--workspace", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder.join("target"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&built.stdout);
    let complained = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{printed}{complained}");
    assert!(printed.contains("a_slot_is_a_small_number ... ok"), "{printed}{complained}");
    assert!(!complained.contains("warning"), "{complained}");
}
