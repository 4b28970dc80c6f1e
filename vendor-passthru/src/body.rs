//! The body of a request: one JSON object, read into keys and raw values.
//! No value is parsed before the method takes it, and no key stands twice.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::de::Read;
use serde_json::value::RawValue;

use crate::{Error, Result};

/// A key of the object and the text of its value.
pub(crate) type Entry<'de> = (Cow<'de, str>, &'de RawValue);

/// Those of one object, in their order. The first few, most often all, need no memory of their own.
#[derive(Debug, Default)]
pub(crate) struct Entries<'de> {
    first: [Option<Entry<'de>>; 4],
    more: Vec<Entry<'de>>,
}

impl<'de> Entries<'de> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry<'de>> {
        self.first.iter().flatten().chain(&self.more)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether there are more than a few.
    pub(crate) fn are_many(&self) -> bool {
        !self.more.is_empty()
    }

    fn push(&mut self, entry: Entry<'de>) {
        match self.first.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(entry),
            None => self.more.push(entry),
        }
    }
}

/// Reads the object's entries; none for an empty body and for `null`, as in Ironic.
pub(crate) fn read<'de>(body: &'de [u8], entries: &mut Entries<'de>) -> Result<()> {
    if body.trim_ascii().is_empty() {
        return Ok(());
    }
    // Text that is checked once as a whole is not checked again in each of its parts.
    let read = match str::from_utf8(body) {
        Ok(text) => object(&mut serde_json::Deserializer::from_str(text), entries),
        Err(_) => object(&mut serde_json::Deserializer::from_slice(body), entries),
    };
    read.map_err(|error| Error::InvalidBody(error.to_string()))
}

fn object<'de, R: Read<'de>>(
    body: &mut serde_json::Deserializer<R>,
    entries: &mut Entries<'de>,
) -> serde_json::Result<()> {
    body.deserialize_any(Object(entries))?;
    body.end()
}

/// The path of the first key that stands twice in an object inside of this value.
///
/// Types with fields refuse such a key themselves; a map would keep the last one, silently.
pub(crate) fn duplicate_inside(raw: &RawValue) -> Option<String> {
    if !raw.get().bytes().any(|byte| byte == b'{') {
        return None;
    }
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_str(raw.get());
    // The syntax was checked before: the only error is the duplicate, and it is in `found`.
    let _ = Unique { path: String::new(), found: &mut found }.deserialize(&mut deserializer);
    found
}

/// Reads an object into its keys and raw values; says what else it found instead.
struct Object<'a, 'de>(&'a mut Entries<'de>);

impl<'de> Visitor<'de> for Object<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object with the arguments")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            self.0.push((key, map.next_value()?));
        }
        Ok(())
    }
}

/// Reads a key without copying it where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Walks a value and stops at the first key that its object already has.
struct Unique<'a> {
    path: String,
    found: &'a mut Option<String>,
}

impl Unique<'_> {
    fn inside(&mut self, step: &str) -> Unique<'_> {
        let dot = if self.path.is_empty() || step.starts_with('[') { "" } else { "." };
        Unique { path: format!("{}{dot}{step}", self.path), found: self.found }
    }
}

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        while seq.next_element_seed(self.inside(&format!("[{index}]")))?.is_some() {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key_seed(Key)? {
            let mut inside = self.inside(&key);
            if keys.insert(key) {
                map.next_value_seed(inside)?;
            } else {
                *inside.found = Some(std::mem::take(&mut inside.path));
                return Err(A::Error::custom("duplicate key"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicate(json: &str) -> Option<String> {
        duplicate_inside(&RawValue::from_string(json.to_owned()).unwrap())
    }

    fn refused(body: &[u8]) -> Error {
        read(body, &mut Entries::default()).unwrap_err()
    }

    #[test]
    fn a_key_that_stands_twice_is_found_at_any_depth() {
        assert_eq!(duplicate(r#"{"a": 1, "b": {"a": null}}"#), None);
        assert_eq!(duplicate(r#"{"a": 1, "a": 2}"#).as_deref(), Some("a"));
        assert_eq!(
            duplicate(r#"{"a": [true, {"b": {"c": 1.5, "c": -2}}]}"#).as_deref(),
            Some("a[1].b.c")
        );
        assert_eq!(duplicate(r#"["{\"a\": 1, \"a\": 2}"]"#), None);
    }

    #[test]
    fn an_empty_body_and_null_have_no_entries() {
        for body in ["", " \n", "null", "{}", " {} "] {
            let mut entries = Entries::default();
            read(body.as_bytes(), &mut entries).unwrap();
            assert!(entries.is_empty(), "{body:?}");
        }
    }

    #[test]
    fn what_is_no_object_says_so_with_line_and_column() {
        for (body, says) in [
            ("[1]", "invalid type: sequence, expected a JSON object with the arguments at line 1"),
            ("true", "invalid type: boolean `true`, expected a JSON object"),
            ("{\"a\": }", "expected value at line 1 column 7"),
            ("{\n\"a\": 1", "EOF while parsing an object at line 2 column 6"),
            ("\u{feff}{}", "expected value at line 1 column 1"),
            ("{} {}", "trailing characters at line 1 column 4"),
        ] {
            let error = refused(body.as_bytes());
            assert!(error.to_string().contains(says), "{body:?}: {error}");
            assert_eq!(error.status(), 400);
        }
        let error = refused(b"{\"a\": \"\xff\"}");
        assert!(error.to_string().contains("line 1"), "{error}");
    }
}
