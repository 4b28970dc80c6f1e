//! As much of Markdown as the documents have.

use std::fs;
use std::path::{Path, PathBuf};

/// A document, its code blocks apart from the rest.
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    /// Without its code blocks.
    pub(crate) prose: String,
    pub(crate) blocks: Vec<Block>,
}

/// A code block, and the line before it that says something.
pub(crate) struct Block {
    pub(crate) language: String,
    pub(crate) introduction: String,
    pub(crate) text: String,
}

impl Document {
    pub(crate) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path);
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (mut prose, mut blocks) = (String::new(), Vec::new());
        let mut block: Option<Block> = None;
        for line in text.lines() {
            let fence = line.trim_start().strip_prefix("```");
            match (fence, block.take()) {
                (Some(language), None) => {
                    let said = prose.lines().rfind(|line| !line.is_empty());
                    let introduction = said.unwrap_or_default().to_owned();
                    let language = language.to_owned();
                    block = Some(Block { language, introduction, text: String::new() });
                }
                (Some(_), Some(ended)) => blocks.push(ended),
                (None, Some(mut begun)) => {
                    begun.text.extend([line, "\n"]);
                    block = Some(begun);
                }
                (None, None) => prose.extend([line, "\n"]),
            }
        }
        assert!(block.is_none(), "{}: a code block has no end", path.display());
        Self { path: path.to_owned(), prose, blocks }
    }

    /// What stands in backticks, each in one line. A paragraph is read by itself, so that one odd
    /// backtick does not turn the others round.
    pub(crate) fn code(&self) -> Vec<String> {
        code(&self.prose)
    }

    /// The text below a heading, up to the next one of its level.
    pub(crate) fn section(&self, heading: &str) -> &str {
        let begin = format!("\n## {heading}\n");
        let (_, rest) = self.prose.split_once(&begin).unwrap_or_else(|| panic!("no {heading}"));
        rest.split("\n## ").next().unwrap_or(rest)
    }

    /// The anchors of its headings, as GitHub makes them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let headings = self.prose.lines().filter(|line| line.starts_with('#'));
        headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
    }

    /// What its links lead to: those in place, and those that are defined apart.
    pub(crate) fn links(&self) -> Vec<&str> {
        let in_place = self.prose.split("](").skip(1);
        let in_place = in_place.filter_map(|rest| Some(rest.split_once(')')?.0));
        let apart = self.prose.lines().filter(|line| line.starts_with('['));
        let apart = apart.filter_map(|line| Some(line.split_once("]: ")?.1));
        in_place.chain(apart).map(str::trim).collect()
    }

    /// What is to be typed: the lines of consoles, and code that begins like one.
    pub(crate) fn typed(&self) -> Vec<String> {
        let consoles = self.blocks.iter().filter(|block| block.language != "rust");
        let lines = consoles.flat_map(|block| block.text.lines());
        let lines = lines.map(|line| line.trim_start_matches("$ ").to_owned());
        lines.chain(self.code()).collect()
    }
}

/// What stands in backticks in this text.
pub(crate) fn code(text: &str) -> Vec<String> {
    let paragraphs = text.split("\n\n");
    let code = paragraphs.flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2));
    code.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase().replace(' ', "-");
    lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
