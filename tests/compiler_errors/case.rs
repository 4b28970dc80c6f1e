//! One mistake: a source with its cause and its mend, and the compiler's answer.

use std::fs;
use std::path::{Path, PathBuf};

/// What a comment begins with that replaces the line above it, or without more deletes it.
const MEND: &str = "// mend:";

/// A file of one of the folders of `ui/`.
pub(crate) struct Case {
    pub(crate) folder: String,
    name: String,
    source: String,
    pub(crate) answer: String,
}

/// A line of a case, and the comments that mend it.
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    mends: Vec<&'a str>,
}

/// All cases, in the order of their names.
pub(crate) fn all() -> Vec<Case> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let folders = entries(&ui).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| entries(&folder));
    let sources = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources.map(|path| Case::read(&path)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Case {
    fn read(path: &Path) -> Self {
        let folder = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Self {
            folder,
            name,
            source: text_of(path),
            answer: text_of(&path.with_extension("stderr")),
        }
    }

    pub(crate) fn path(&self) -> String {
        format!("ui/{}/{}.rs", self.folder, self.name)
    }

    /// Why this is refused: the comment on top.
    pub(crate) fn cause(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    }

    /// The code below that comment.
    pub(crate) fn lines(&self) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for text in self.source.lines().skip_while(|line| line.starts_with("//!")) {
            match lines.last_mut().filter(|_| text.trim_start().starts_with(MEND)) {
                Some(line) => line.mends.push(text),
                None => lines.push(Line { text, mends: Vec::new() }),
            }
        }
        lines
    }

    /// The code with all mends, as a module.
    pub(crate) fn mended_module(&self) -> String {
        let lines: Vec<_> = self.lines().iter().flat_map(Line::mended).collect();
        format!("\nmod {}_{} {{\n{}\n}}\n", self.folder, self.name, lines.join("\n"))
    }

    /// The first error of the answer, line by line.
    fn error(&self) -> impl Iterator<Item = &str> {
        let lines = self.answer.lines().skip_while(|line| !line.starts_with("error"));
        lines.take_while(|line| !line.is_empty())
    }

    /// What the compiler says first.
    pub(crate) fn message(&self) -> &str {
        let message = self.error().next().and_then(|line| line.split_once(": "));
        message.unwrap_or_else(|| panic!("no error in the answer to {}", self.path())).1
    }

    /// What it says beside that: the words below the wrong tokens, and the help of our own
    /// messages, which stands before the place. Its guesses at a remedy come later, and some lead
    /// astray.
    pub(crate) fn details(&self) -> Vec<&str> {
        let helps = self.error().skip(1).take_while(|line| !line.trim_start().starts_with("--> "));
        let label = self.error().find_map(|line| line.rsplit_once('^'));
        let label = label.map(|(_, label)| label.trim()).filter(|label| !label.is_empty());
        label.into_iter().chain(helps.map(str::trim)).collect()
    }
}

impl Line<'_> {
    pub(crate) fn is_wrong(&self) -> bool {
        !self.mends.is_empty()
    }

    /// What stands there once the case is mended.
    pub(crate) fn mended(&self) -> Vec<String> {
        if !self.is_wrong() {
            return vec![self.text.to_owned()];
        }
        let code = self.mends.iter().filter(|mend| mend.trim() != MEND);
        code.map(|mend| mend.replacen(&format!("{MEND} "), "", 1)).collect()
    }
}
