//! Which method a request asks for: in the path or in the query, never in both.

use std::borrow::Cow;

use crate::text::Quoted;
use crate::{Error, Result};

/// What stands after `vendor_passthru` in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    pub(super) method: Cow<'a, str>,
    /// Whether it stood in the path, where `methods` is the listing.
    pub(super) in_path: bool,
}

/// The method that path and query ask for; an empty one is none.
pub(super) fn asked<'a>(path: &'a str, query: Option<&'a str>) -> Result<Asked<'a>> {
    let invalid = |message: String| Err(Error::InvalidParameterValue(message));
    let mut in_query = None;
    let mut unexpected = Vec::new();
    for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if key != "method" {
            unexpected.push(Quoted(&key).to_string());
        } else if in_query.replace(value).is_some() {
            return invalid("`method` is given twice in the query".to_owned());
        }
    }
    if !unexpected.is_empty() {
        return invalid(format!("unexpected query parameters: {}", unexpected.join(", ")));
    }
    let path = Some(path).filter(|method| !method.is_empty());
    match (path, in_query) {
        (Some(_), Some(_)) => {
            invalid("the method is given in the path and in the query".to_owned())
        }
        (Some(method), None) => Ok(Asked { method: method.into(), in_path: true }),
        (None, Some(method)) if !method.is_empty() => Ok(Asked { method, in_path: false }),
        (None, _) => Err(Error::MissingParameterValue("method not specified".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_method_stands_in_the_path_or_in_the_query() {
        assert_eq!(asked("a", None).unwrap().method, "a");
        assert_eq!(asked("", Some("method=a%2Fb")).unwrap().method, "a/b");
        for (path, query) in [
            ("", None),
            ("", Some("method=")),
            ("a", Some("method=a")),
            ("", Some("method=a&method=b")),
            ("", Some("method=a&x=1")),
        ] {
            assert_eq!(asked(path, query).unwrap_err().status(), 400, "{path:?} {query:?}");
        }
    }
}
