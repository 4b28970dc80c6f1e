//! Commands: packages, targets and features that a document names are there.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{documents, workspace};

/// A command of cargo: what it picks by name.
#[derive(Debug, Default)]
struct Picked<'a> {
    packages: Vec<&'a str>,
    /// Their kinds and names.
    targets: Vec<(&'static str, &'a str)>,
    features: Vec<&'a str>,
}

const KINDS: [(&str, &str); 4] =
    [("--test", "test"), ("--bench", "bench"), ("--bin", "bin"), ("--example", "example")];

/// Of these it is other packages than ours that are named, or none.
const OTHERS: [&str; 4] = ["add", "new", "install", "deny"];

/// What stands behind the names of options, up to what is passed on.
fn picked(command: &str) -> Picked<'_> {
    let mut picked = Picked::default();
    let mut words = command.split_whitespace().take_while(|word| *word != "--");
    while let Some(option) = words.next() {
        let kind = KINDS.iter().find(|(name, _)| *name == option);
        if let Some((_, kind)) = kind {
            picked.targets.extend(words.next().map(|name| (*kind, name)));
        } else if ["-p", "--package"].contains(&option) {
            picked.packages.extend(words.next());
        } else if ["-F", "--features"].contains(&option) {
            picked.features.extend(words.next().into_iter().flat_map(|names| names.split(',')));
        }
    }
    picked
}

/// What a line has to say to cargo, command by command. `NAME` stands for any name.
fn commands(line: &str) -> impl Iterator<Item = &str> {
    let commands = line.split("&&").filter_map(|command| Some(command.split_once("cargo ")?.1));
    let ours = |command: &&str| !OTHERS.iter().any(|other| command.starts_with(other));
    commands.filter(|command| !command.contains("NAME")).filter(ours)
}

/// The packages of a workspace.
fn packages(manifest: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata.get("packages").and_then(Value::as_array).cloned().unwrap()
}

fn has_target(package: &Value, (kind, name): (&str, &str)) -> bool {
    let targets = package["targets"].as_array().unwrap();
    let is_it =
        |target: &Value| target["name"] == name && target["kind"] == serde_json::json!([kind]);
    targets.iter().any(is_it)
}

fn has_feature(package: &Value, feature: &str) -> bool {
    package["features"].get(feature).is_some()
}

/// What is picked and not there.
fn missing(picked: &Picked<'_>, all: &[Value]) -> Vec<String> {
    let is_of = |package: &&Value, name: &str| package["name"] == name;
    let unknown = picked.packages.iter().filter(|name| !all.iter().any(|one| is_of(&one, name)));
    let unknown = unknown.map(|name| format!("package {name}"));
    let chosen: Vec<&Value> = if picked.packages.is_empty() {
        all.iter().collect()
    } else {
        all.iter().filter(|one| picked.packages.iter().any(|name| is_of(one, name))).collect()
    };
    let targets =
        picked.targets.iter().filter(|target| !chosen.iter().any(|p| has_target(p, **target)));
    let features =
        picked.features.iter().filter(|name| !chosen.iter().any(|p| has_feature(p, name)));
    let targets = targets.map(|(kind, name)| format!("{kind} {name}"));
    let features = features.map(|name| format!("feature {name}"));
    unknown.chain(targets).chain(features).collect()
}

#[test]
fn every_command_names_packages_targets_and_features_that_there_are() {
    let ours = packages(&workspace().join("Cargo.toml"));
    let benchmarks = packages(&workspace().join("benchmarks/Cargo.toml"));
    let (mut checked, mut wrong) = (0, Vec::new());
    for document in documents() {
        let path = &document.path;
        let apart = path.starts_with(workspace().join("benchmarks"));
        let all = if apart { &benchmarks } else { &ours };
        for line in document.typed() {
            for command in commands(&line) {
                checked += 1;
                let missing = missing(&picked(command), all);
                let place = || format!("{}: cargo {command}: no {missing:?}", path.display());
                wrong.extend((!missing.is_empty()).then(place));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 20, "only {checked} commands were found");
}

#[test]
fn a_command_that_names_what_is_not_there_is_found() {
    let ours = packages(&workspace().join("Cargo.toml"));
    let missing = |command| missing(&picked(command), &ours);
    assert_eq!(missing("test -p conductor --features stress --test stress -- --test x"), [""; 0]);
    assert_eq!(missing("test -p conductor-2"), ["package conductor-2"]);
    assert_eq!(missing("test -p conductor --test ui"), ["test ui"]);
    assert_eq!(missing("test --test ui --features stress,http2"), ["feature http2"]);
}
