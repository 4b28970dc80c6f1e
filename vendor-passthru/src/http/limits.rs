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
        let mut read = BytesMut::new();
        let mut nesting = Nesting::default();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Error::InvalidBody("it ended early".to_owned()))?;
            let Ok(data) = frame.into_data() else { continue };
            if data.len() > self.body_bytes - read.len() {
                return Err(too_large());
            }
            if nesting.deepest(&data) > self.depth {
                let limit = self.depth;
                return Err(Error::InvalidBody(format!("it is nested deeper than {limit} levels")));
            }
            read.extend_from_slice(&data);
        }
        Ok(read.freeze())
    }
}

/// Where in a JSON text the reading stands.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Reads on; the deepest level so far.
    fn deepest(&mut self, data: &[u8]) -> usize {
        for byte in data {
            match (self.in_string, byte) {
                (true, _) if self.escaped => self.escaped = false,
                (true, b'\\') => self.escaped = true,
                (_, b'"') => self.in_string = !self.in_string,
                (false, b'{' | b'[') => self.depth += 1,
                (false, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.deepest = self.deepest.max(self.depth);
        }
        self.deepest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_outside_of_strings_only() {
        let deepest = |json: &str| Nesting::default().deepest(json.as_bytes());
        assert_eq!(deepest(r#"{"a": [1, {"b": 2}], "c": []}"#), 3);
        assert_eq!(deepest(r#"{"a": "[[[[\"[[\\"}"#), 1);
        assert_eq!(deepest("1"), 0);
    }

    #[test]
    fn a_text_in_pieces_counts_as_one() {
        let mut nesting = Nesting::default();
        for piece in [r#"{"a\"#, r#""[": ["#, "[", "]]}"] {
            nesting.deepest(piece.as_bytes());
        }
        assert_eq!((nesting.deepest, nesting.depth), (3, 0));
    }
}
