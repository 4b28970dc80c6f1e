//! What a transcript says that is printed, where some of it differs from run to run: `[..]` is any
//! text within a line, and a line that is `...` any number of lines.

/// Whether this was printed. Spaces at the end of lines are not looked at, nor is the last newline.
pub(crate) fn matches(pattern: &str, printed: &str) -> bool {
    let lines = |text: &str| text.trim_end().lines().map(|l| l.trim_end().to_owned()).collect();
    let (pattern, printed): (Vec<String>, Vec<String>) = (lines(pattern), lines(printed));
    all(&pattern, &printed)
}

fn all(pattern: &[String], printed: &[String]) -> bool {
    match pattern {
        [] => printed.is_empty(),
        [any, rest @ ..] if any == "..." => {
            (0..=printed.len()).any(|skipped| printed.get(skipped..).is_some_and(|p| all(rest, p)))
        }
        [first, rest @ ..] => {
            printed.split_first().is_some_and(|(line, more)| one(first, line) && all(rest, more))
        }
    }
}

fn one(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[..]") {
        None => pattern == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            line.char_indices()
                .map(|(at, _)| at)
                .chain([line.len()])
                .any(|at| line.get(at..).is_some_and(|end| one(rest, end)))
        }),
    }
}

#[test]
fn only_wildcards_leave_anything_open() {
    assert!(matches("a [..] c\n...\nz", "a b c\nx\ny\nz\n"));
    assert!(matches("a\n...", "a"));
    assert!(matches("a[..]", "a"));
    assert!(!matches("a", "a\nb"));
    assert!(!matches("a\nb", "a"));
    assert!(!matches("a [..] c", "a b d"));
    assert!(!matches("a [..]", "a\nb"));
    assert!(!matches("...\nz", "x\ny"));
    assert!(!matches("", "a"));
}
