//! The page, in Markdown.

use std::collections::BTreeMap;

use super::case::{Case, Line};

/// The folders of `ui/`, each with the title of its section.
const TOPICS: [(&str, &str); 6] = [
    ("attribute", "Keys of an attribute"),
    ("placement", "Where an attribute stands"),
    ("signature", "Signatures"),
    ("arguments", "Arguments"),
    ("types", "Types of arguments, values, errors and state"),
    ("task", "The task"),
];

/// What Markdown would not show as it is written.
const MARKUP: &str = r#"\*_<>[]#&'""#;

/// A line of a diff: its sign and its code.
type Row = (char, String);

pub(crate) fn markdown(cases: &[Case]) -> String {
    for Case { folder, .. } in cases {
        let has_title = TOPICS.iter().any(|(topic, _)| topic == folder);
        assert!(has_title, "`ui/{folder}` is on no page: give it a title in `TOPICS`");
    }
    let of = |topic| cases.iter().filter(move |case| case.folder == topic);
    TOPICS.map(|(topic, title)| section(title, of(topic))).join("\n")
}

fn section<'a>(title: &str, cases: impl Iterator<Item = &'a Case>) -> String {
    let mut answers: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for case in cases {
        let answer = answers.entry(case.message()).or_default();
        answer.entry(details(case)).or_default().push_str(&mend(case));
    }
    let entries: Vec<_> = answers.iter().map(|(message, answer)| entry(message, answer)).collect();
    format!("## {title}\n{}", entries.concat())
}

/// One message, with all that the compiler says beside it and the mistakes that are answered so.
fn entry(message: &str, answer: &BTreeMap<String, String>) -> String {
    let mends: Vec<_> =
        answer.iter().flat_map(|(details, mends)| [details, mends]).cloned().collect();
    format!("\n### {}\n{}", escaped(message), mends.concat())
}

fn details(case: &Case) -> String {
    let lines = case.details().join("\n");
    if lines.is_empty() { lines } else { format!("\n```text\n{lines}\n```\n") }
}

fn mend(case: &Case) -> String {
    format!("\n{}\n\n```diff\n{}\n```\n", case.cause(), diff(&case.lines()))
}

/// The message as it is, with its backticks: it is searched for as the compiler wrote it.
fn escaped(message: &str) -> String {
    let parts = message.split('`').zip([false, true].into_iter().cycle());
    let part =
        |(text, is_code)| if is_code { format!("`` `{text}` ``") } else { escaped_text(text) };
    parts.map(part).collect()
}

fn escaped_text(text: &str) -> String {
    let backslash = |c: char| MARKUP.contains(c).then_some('\\');
    text.chars().flat_map(|c| backslash(c).into_iter().chain([c])).collect()
}

/// The wrong lines and their mends, each with the line before and the line after it.
fn diff(lines: &[Line<'_>]) -> String {
    let numbered = || lines.iter().enumerate();
    let wrong = || numbered().filter(|(_, line)| line.is_wrong());
    let is_shown = |at: usize| wrong().any(|(wrong, _)| wrong.abs_diff(at) <= 1);
    let rows = numbered().flat_map(|(at, line)| if is_shown(at) { rows(line) } else { gap() });
    let mut rows: Vec<Row> = rows.collect();
    rows.dedup_by(|row, before| row.1.is_empty() && before.1.is_empty());
    without_indentation(&rows).trim_matches('\n').to_owned()
}

/// What stands for lines that are not shown.
fn gap() -> Vec<Row> {
    vec![(' ', String::new())]
}

/// A line that its mend repeats, to add something to it, is not wrong itself.
fn rows(line: &Line<'_>) -> Vec<Row> {
    let mended = line.mended();
    let is_removed = !mended.iter().any(|code| code == line.text);
    let removed = is_removed.then(|| ('-', line.text.to_owned()));
    let rest = mended.into_iter().map(|code| (if code == line.text { ' ' } else { '+' }, code));
    removed.into_iter().chain(rest).collect()
}

fn without_indentation(rows: &[Row]) -> String {
    let code = rows.iter().map(|(_, code)| code).filter(|code| !code.is_empty());
    let indentation = code.map(|code| code.len() - code.trim_start().len()).min().unwrap_or(0);
    let lines =
        rows.iter().map(|(sign, code)| format!("{sign}{}", code.get(indentation..).unwrap_or("")));
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
