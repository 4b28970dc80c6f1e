//! Words of callers in our messages: quoted safely, cut, and compared for near misses.

use std::fmt;

/// The longest text of a caller that a message repeats, in characters.
const LONGEST_QUOTE: usize = 64;

/// A caller's text in backticks, control characters escaped, cut at 64 characters.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        f.write_str("`")?;
        for character in rest.by_ref().take(LONGEST_QUOTE) {
            match character {
                '"' | '\'' => write!(f, "{character}")?,
                other => write!(f, "{}", other.escape_debug())?,
            }
        }
        f.write_str(if rest.next().is_some() { "..`" } else { "`" })
    }
}

/// Names in backticks, separated by commas.
pub(crate) struct List<'a>(pub(crate) &'a [&'a str]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, name) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}`{name}`")?;
        }
        Ok(())
    }
}

/// The name that was probably meant by `wrong`: at most a third of it differs.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if wrong.len() > 2 * LONGEST_QUOTE {
        return None;
    }
    known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(distance, name)| distance * 3 <= name.len().max(wrong.len()))
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance in bytes: insertions, deletions and replacements.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, cell) in b.bytes().zip(row.iter_mut().skip(1)) {
            left = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, left);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_found_and_a_far_one_is_not() {
        let known = ["send_raw", "bmc_reset"];
        assert_eq!(nearest("send_row", known), Some("send_raw"));
        assert_eq!(nearest("sendraw", known), Some("send_raw"));
        assert_eq!(nearest("SEND_RAW", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_quote_is_escaped_and_cut() {
        assert_eq!(Quoted("a\0b").to_string(), "`a\\0b`");
        assert_eq!(Quoted(&"x".repeat(100)).to_string(), format!("`{}..`", "x".repeat(64)));
    }

    #[test]
    fn distances_are_levenshteins() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
