//! What the macro makes of an impl, in full. `EXPANSIONS=overwrite cargo test -p
//! vendor-passthru-macros snapshots` writes the files anew; read what has changed.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::{EXPANDED, EXPANSIONS, annotated, messages, rust_files, tokens};

#[test]
fn an_impl_comes_out_as_it_is_on_file() {
    let written = written();
    assert!(!written.is_empty(), "nothing in {EXPANSIONS}");
    let differing: Vec<String> = written.iter().filter_map(|file| compare(file)).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn no_expansion_is_left_of_an_impl_that_is_gone() {
    let written = written();
    let is_left = |file: &PathBuf| !written.contains(file) && !written.contains(&impl_of(file));
    let left: Vec<PathBuf> = files().filter(is_left).collect();
    assert!(left.is_empty(), "{left:#?}");
}

fn files() -> impl Iterator<Item = PathBuf> {
    rust_files(Path::new(EXPANSIONS)).into_iter()
}

/// The impls as an author writes them.
fn written() -> Vec<PathBuf> {
    files().filter(|file| !file.to_string_lossy().ends_with(EXPANDED)).collect()
}

fn impl_of(expansion: &Path) -> PathBuf {
    expansion.to_string_lossy().replace(EXPANDED, ".rs").into()
}

/// How the expansion differs from the one on file, after writing it there if that is asked for.
fn compare(file: &Path) -> Option<String> {
    let on_file = file.with_extension("expanded.rs");
    let expanded = expanded(file);
    if env::var("EXPANSIONS").is_ok_and(|value| value == "overwrite") {
        fs::write(&on_file, &expanded).unwrap();
    }
    let kept = fs::read_to_string(&on_file).unwrap_or_default();
    let line = first_difference(&kept, &expanded)?;
    let (kept, expanded) = (kept.lines().nth(line), expanded.lines().nth(line));
    let place = format!("{}:{}", on_file.display(), line + 1);
    Some(format!("{place}\non file:  {kept:?}\nexpanded: {expanded:?}"))
}

fn expanded(file: &Path) -> String {
    let [taken] = &annotated(tokens(file))[..] else {
        panic!("{}: one annotated impl is expected", file.display())
    };
    let output = taken.expanded();
    assert_eq!(messages(&output), [""; 0], "{}", file.display());
    prettyplease::unparse(&syn::parse2(output).unwrap())
}

/// The index of the first line that is not the same, also where one text has no more lines.
fn first_difference(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other);
    Some(same.count())
}
