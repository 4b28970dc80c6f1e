//! The page on architecture forgets no module, and names functions that there are.

use std::collections::HashSet;
use std::fs;

use crate::markdown::code;
use crate::{document, files_below, workspace};

/// The files of a crate, by their paths below its sources. Pages of the documentation are no modules
/// to be explained; what the snapshots of the macros are made of is no module at all.
fn modules(sources: &str) -> Vec<String> {
    let sources = workspace().join(sources);
    let files = files_below(&sources, "rs").into_iter();
    let files = files.map(|file| file.strip_prefix(&sources).unwrap().to_str().unwrap().to_owned());
    let is_page = |file: &str| file.starts_with('_') && !file.starts_with("__");
    files.filter(|file| !is_page(file) && !file.starts_with("tests/expansions/")).collect()
}

#[test]
fn every_module_is_named_in_the_section_of_its_crate() {
    let page = document("ARCHITECTURE.md");
    let crates =
        [("The library", "vendor-passthru/src"), ("The macros", "vendor-passthru-macros/src")];
    for (heading, sources) in crates {
        let named: HashSet<String> = code(page.section(heading)).into_iter().collect();
        let modules = modules(sources);
        assert!(modules.len() > 20, "{sources}: {modules:?}");
        let forgotten: Vec<_> = modules.iter().filter(|module| !named.contains(*module)).collect();
        assert!(forgotten.is_empty(), "not in ARCHITECTURE.md, {heading}: {forgotten:#?}");
    }
}

#[test]
fn every_function_that_is_named_is_there() {
    let files = ["vendor-passthru/src", "vendor-passthru-macros/src"];
    let files = files.iter().flat_map(|sources| files_below(&workspace().join(sources), "rs"));
    let sources: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    let page = document("ARCHITECTURE.md");
    let named: Vec<String> = page.code();
    let named: Vec<&str> = named.iter().filter_map(|code| code.strip_suffix("()")).collect();
    assert!(named.len() > 30, "{named:?}");
    let is_there =
        |name: &str| ["(", "<"].iter().any(|after| sources.contains(&format!("fn {name}{after}")));
    let missing: Vec<_> = named.into_iter().filter(|name| !is_there(name)).collect();
    assert!(missing.is_empty(), "no such function: {missing:#?}");
}

#[test]
fn the_readme_names_the_pages_of_the_documentation() {
    let library = fs::read_to_string(workspace().join("vendor-passthru/src/lib.rs")).unwrap();
    let modules =
        library.lines().filter_map(|line| line.strip_prefix("pub mod _")?.strip_suffix(';'));
    let mut pages: Vec<String> =
        modules.filter(|m| !m.starts_with('_')).map(|m| format!("_{m}")).collect();
    pages.sort();
    let mut named = document("README.md").code();
    named.retain(|code| code.starts_with('_'));
    named.sort();
    assert_eq!(named, pages);
}
