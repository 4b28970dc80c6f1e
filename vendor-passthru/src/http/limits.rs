//! How large and how deeply nested the body of a request may be.
//! Checked while it arrives, so that nothing over the limit is ever kept.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;

use crate::{Error, Result};

/// The limits of a request's body; Ironic's by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body in bytes; 1 MiB by default. More is answered with 413.
    pub body_bytes: usize,
    /// How many objects and arrays may stand inside of each other, the outermost included; 25 by
    /// default. More is answered with 400.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes: 1024 * 1024, depth: 25 }
    }
}

impl Limits {
    /// The body, if it keeps the limits.
    pub(super) async fn read(self, headers: &HeaderMap, mut body: Body) -> Result<Bytes> {
        let too_large = || Error::BodyTooLarge { limit: self.body_bytes };
        let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        if announced
            .and_then(|length| length.parse().ok())
            .is_some_and(|n: usize| n > self.body_bytes)
        {
            return Err(too_large());
        }
        let mut read = Read::default();
        let mut nesting = Nesting::default();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Error::InvalidBody("it ended early".to_owned()))?;
            let Ok(data) = frame.into_data() else { continue };
            if data.len() > self.body_bytes - read.len() {
                return Err(too_large());
            }
            if nesting.is_over(self.depth, &read.0, &data) {
                let limit = self.depth;
                return Err(Error::InvalidBody(format!("it is nested deeper than {limit} levels")));
            }
            read.add(data);
        }
        Ok(read.0)
    }
}

/// What has come of a body. Most come in one piece, which is not copied.
#[derive(Default)]
struct Read(Bytes);

impl Read {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn add(&mut self, data: Bytes) {
        if self.0.is_empty() {
            self.0 = data;
        } else {
            let mut both = BytesMut::from(std::mem::take(&mut self.0));
            both.extend_from_slice(&data);
            self.0 = both.freeze();
        }
    }
}

/// How deep a JSON text is nested. Brackets are counted first, wherever they stand: too few to be
/// nested too deep need no closer look.
#[derive(Default)]
struct Nesting {
    brackets: usize,
    closely: Option<Reading>,
}

impl Nesting {
    /// Whether it goes deeper than this with some more data, after what was read.
    fn is_over(&mut self, limit: usize, read: &[u8], data: &[u8]) -> bool {
        self.brackets += data.iter().filter(|byte| matches!(byte, b'{' | b'[')).count();
        if self.brackets <= limit {
            return false;
        }
        let closely = self.closely.get_or_insert_with(|| {
            let mut reading = Reading::default();
            reading.is_over(limit, read);
            reading
        });
        closely.is_over(limit, data)
    }
}

/// Where in a JSON text the reading stands.
#[derive(Default)]
struct Reading {
    depth: usize,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    InString,
    Escaped,
}

impl Reading {
    /// Reads on; whether it went deeper than this.
    fn is_over(&mut self, limit: usize, data: &[u8]) -> bool {
        let mut over = false;
        for byte in data {
            match (self.state, byte) {
                (State::Escaped, _) | (State::Outside, b'"') => self.state = State::InString,
                (State::InString, b'\\') => self.state = State::Escaped,
                (State::InString, b'"') => self.state = State::Outside,
                (State::Outside, b'{' | b'[') => {
                    self.depth += 1;
                    over |= self.depth > limit;
                }
                (State::Outside, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is nested so deep, and no deeper.
    fn is_nested(depth: usize, json: &str) -> bool {
        let over = |limit| Nesting::default().is_over(limit, b"", json.as_bytes());
        !over(depth) && (depth == 0 || over(depth - 1))
    }

    #[test]
    fn brackets_count_outside_of_strings_only() {
        assert!(is_nested(3, r#"{"a": [1, {"b": 2}], "c": []}"#));
        assert!(is_nested(1, r#"{"a": "[[[[\"[[\\"}"#));
        assert!(is_nested(0, "1"));
    }

    #[test]
    fn a_text_in_pieces_counts_as_one() {
        let (mut nesting, mut read) = (Nesting::default(), Vec::new());
        let over = [r#"{"a\"#, r#""[": ["#, "[", "]]}"].map(|piece| {
            let over = nesting.is_over(2, &read, piece.as_bytes());
            read.extend_from_slice(piece.as_bytes());
            over
        });
        assert_eq!(over, [false, false, true, false]);
    }
}
