//! Holds the documents for people to their word: links lead somewhere, files and functions that are
//! named exist, commands name what there is, no module is forgotten, and the README's code runs.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail so")]

mod architecture;
mod commands;
mod links;
mod markdown;
mod readme;

use std::fs;
use std::path::{Path, PathBuf};

use self::markdown::Document;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A document, by its path in the repository.
fn document(path: &str) -> Document {
    Document::read(&workspace().join(path))
}

/// All documents. Those within the library are pages, whose links rustdoc checks.
fn documents() -> Vec<Document> {
    let pages = workspace().join("vendor-passthru/src");
    let files =
        files_below(&workspace(), "md").into_iter().filter(|path| !path.starts_with(&pages));
    files.map(|path| Document::read(&path)).collect()
}

/// The files with this ending below a folder, without what is built and what is hidden.
fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}
