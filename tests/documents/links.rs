//! Links, and files that are named.

use std::path::PathBuf;

use crate::markdown::Document;
use crate::{document, documents, workspace};

/// Why a link leads nowhere.
fn broken(document: &Document, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target: PathBuf =
        if path.is_empty() { document.path.clone() } else { document.path.parent()?.join(path) };
    let place = document.path.display();
    if !target.exists() {
        return Some(format!("{place}: {link}: no such file"));
    }
    let is_there =
        anchor.is_empty() || Document::read(&target).anchors().iter().any(|a| a == anchor);
    (!is_there).then(|| format!("{place}: {link}: no such heading"))
}

fn is_elsewhere(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

#[test]
fn every_link_within_the_repository_leads_to_a_file_and_a_heading() {
    let (mut followed, mut wrong) = (0, Vec::new());
    for document in documents() {
        for link in document.links().into_iter().filter(|link| !is_elsewhere(link)) {
            followed += 1;
            wrong.extend(broken(&document, link));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 30, "only {followed} links were found");
}

/// Folders that paths in these documents may be relative to.
const BASES: [&str; 3] = ["", "vendor-passthru/src", "vendor-passthru-macros/src"];

/// Whether it is written as a path of this repository.
fn is_path(code: &str) -> bool {
    let is_file =
        [".rs", ".md", ".toml", ".lock", ".stderr", ".py"].iter().any(|e| code.ends_with(e));
    let other = [' ', ':', '*', '<', '"', '$', '{'].iter().any(|c| code.contains(*c));
    (is_file || code.contains('/')) && !other && !code.starts_with(['/', '.'])
}

#[test]
fn every_file_that_is_named_is_there() {
    let (mut found, mut wrong) = (0, Vec::new());
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"].map(document) {
        for path in document.code().into_iter().filter(|code| is_path(code)) {
            found += 1;
            let is_there = BASES.iter().any(|base| workspace().join(base).join(&path).exists());
            if !is_there {
                wrong.push(format!("{}: {path}", document.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found > 100, "only {found} paths were found");
}
