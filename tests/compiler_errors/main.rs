//! Holds the page "Compiler errors and what they mean" of the crate documentation to its word: it
//! is made from the cases of `ui/` and the compiler's answers to them, and what it advises compiles.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail so")]

mod case;
mod page;

use std::path::Path;
use std::{env, fs};

use self::case::{Case, Line};

const PAGE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../vendor-passthru/src/_compiler_errors.md");

#[test]
fn the_page_is_what_the_cases_say() {
    let page = page::markdown(&case::all());
    if env::var("COMPILER_ERRORS").is_ok_and(|value| value == "overwrite") {
        fs::write(PAGE, &page).unwrap();
    }
    let is_same = fs::read_to_string(PAGE).is_ok_and(|text| text == page);
    assert!(is_same, "the page is out of date: run this with COMPILER_ERRORS=overwrite");
}

#[test]
fn every_case_has_its_cause_and_its_mend() {
    let without_cause = cases_without(|case| case.cause().ends_with('.'));
    assert!(without_cause.is_empty(), "no `//!` with a sentence on top: {without_cause:#?}");
    let without_mend = cases_without(|case| case.lines().iter().any(Line::is_wrong));
    assert!(without_mend.is_empty(), "no `// mend:` below a wrong line: {without_mend:#?}");
}

fn cases_without(has: impl Fn(&Case) -> bool) -> Vec<String> {
    case::all().iter().filter(|case| !has(case)).map(Case::path).collect()
}

#[test]
fn every_answer_is_one_error_with_nothing_of_ours_in_it() {
    const OURS: [&str; 4] = [
        "__private",
        "__VendorInterface",
        "this attribute macro",
        "required by a bound in `vendor_passthru::signature",
    ];
    let is_clean = |case: &Case| {
        let errors = case.answer.lines().filter(|line| line.starts_with("error")).count();
        errors == 1 && !OURS.iter().any(|ours| case.answer.contains(ours))
    };
    let not_clean = cases_without(is_clean);
    assert!(not_clean.is_empty(), "several errors, or names of ours: {not_clean:#?}");
}

/// All of them are one crate, since a crate for each would take minutes.
#[test]
fn every_mend_compiles() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("every_mend.rs");
    let modules: String = case::all().iter().map(Case::mended_module).collect();
    let lints = "#![deny(warnings)]\n#![allow(dead_code, unused)]\n";
    fs::write(&path, format!("{lints}\n{modules}\nfn main() {{}}\n")).unwrap();
    trybuild::TestCases::new().pass(path);
}
