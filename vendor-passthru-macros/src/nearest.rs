//! Which of the names there are was probably meant.

/// The name nearest to `wrong`, if at most a third of it differs.
pub(crate) fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|name| (distance(wrong, name), *name))
        .filter(|(distance, name)| distance * 3 <= name.len().max(wrong.len()))
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance in bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, cell) in row.iter_mut().enumerate() {
            if j > 0 {
                let differs = b.as_bytes().get(j - 1) != Some(&x);
                left = (diagonal + usize::from(differs)).min(left + 1).min(*cell + 1);
            }
            diagonal = std::mem::replace(cell, left);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_key() {
        let keys = ["methods", "method", "attach"];
        assert_eq!(nearest("metods", &keys), Some("methods"));
        assert_eq!(nearest("atach", &keys), Some("attach"));
        assert_eq!(nearest("colour", &keys), None);
    }
}
