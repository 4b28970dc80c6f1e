//! Holds the page "What is promised, and what is not" of the crate documentation to its word: each
//! sentence names the tests that show it, and those tests exist.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../../vendor-passthru/src/_promises.rs");

/// Where tests are.
const SOURCES: [&str; 3] = ["../vendor-passthru", "../examples", "."];

/// The paragraphs of the page below its introduction.
fn paragraphs() -> Vec<String> {
    let text: Vec<&str> = PAGE.lines().map(|line| line.trim_start_matches("//!").trim()).collect();
    let paragraphs = text.split(|line| line.is_empty()).map(|lines| lines.join(" "));
    let below = paragraphs.skip_while(|paragraph| !paragraph.starts_with("## "));
    below.filter(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#')).collect()
}

/// What a paragraph is shown by.
fn tests_of(paragraph: &str) -> Vec<&str> {
    let list = paragraph.split_once("Shown by ").map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).collect()
}

/// The names of all functions under `#[test]` or `#[tokio::test]` in the files of a folder.
fn tests_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_in(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(tests_of_source(&fs::read_to_string(path).unwrap()));
        }
    }
}

fn tests_of_source(source: &str) -> impl Iterator<Item = String> {
    let lines = source.lines().map(str::trim);
    let mut is_test = false;
    lines.filter_map(move |line| {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let function = line.split_once("fn ").filter(|_| is_test)?.1;
        is_test = false;
        function.split(['(', '<']).next().map(str::to_owned)
    })
}

#[test]
fn every_promise_is_a_sentence_that_names_its_tests() {
    let paragraphs = paragraphs();
    assert!(paragraphs.len() > 20, "the page cannot be read: {paragraphs:#?}");
    for paragraph in paragraphs {
        let promise = paragraph.split_once(" Shown by ").map_or("", |(promise, _)| promise);
        let sentence = promise.strip_suffix('.').is_some_and(|text| !text.contains(". "));
        assert!(sentence, "not one sentence and its tests: {paragraph}");
        assert!(!tests_of(&paragraph).is_empty(), "no test is named: {paragraph}");
    }
}

#[test]
fn every_test_that_a_promise_names_exists() {
    let mut tests = BTreeSet::new();
    for folder in SOURCES {
        tests_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut tests);
    }
    let paragraphs = paragraphs();
    let named = paragraphs.iter().flat_map(|promise| tests_of(promise));
    let exists = |name: &str| {
        let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(name);
        if name.contains('/') { case.with_extension("rs").exists() } else { tests.contains(name) }
    };
    let missing: Vec<_> = named.filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "there are no tests {missing:#?}");
}
