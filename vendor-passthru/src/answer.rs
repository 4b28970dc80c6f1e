//! What a call is answered with: nothing yet, JSON, or bytes as they are.

use std::borrow::Cow;
use std::cell::Cell;

use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;

use crate::{Error, Result};

/// The answer to a call that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The asynchronous method runs on a worker now: 202 without a body.
    #[doc(alias = "202")]
    Accepted,
    /// The value of a synchronous method: 200 and this JSON text (`null` for `()`).
    #[doc(alias = "200")]
    Json(Bytes),
    /// The value of a synchronous method with `attach`: 200 and these bytes as they are.
    Attachment(Attachment),
}

impl Answer {
    /// The HTTP status: it follows from the method's mode, never from the value.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Accepted => StatusCode::ACCEPTED,
            Self::Json(_) | Self::Attachment(_) => StatusCode::OK,
        }
    }

    pub(crate) fn json(value: &impl Serialize) -> Result<Self> {
        let mut json = DRAFT.take();
        json.clear();
        serde_json::to_writer(&mut json, value).map_err(Error::Unserializable)?;
        Ok(Self::Json(finished(json)))
    }
}

thread_local! {
    /// Where the next answer of this thread is written: what grows in it needs no room of its own.
    static DRAFT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A larger draft is not kept.
const LONGEST_DRAFT: usize = 4096;

fn finished(draft: Vec<u8>) -> Bytes {
    if draft.len() > LONGEST_DRAFT {
        return draft.into();
    }
    let answer = Bytes::copy_from_slice(&draft);
    DRAFT.set(draft);
    answer
}

/// Bytes with a content type: what a method with `attach = true` returns.
///
/// Such a method may also return `Vec<u8>`, `Bytes`, `String` or `&'static str`, which are sent
/// as `application/octet-stream`.
///
/// ```
/// use vendor_passthru::Attachment;
///
/// let log = Attachment::new("0001 power on\n").with_content_type("text/plain");
/// assert_eq!(log.content_type(), "text/plain");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    bytes: Bytes,
    content_type: Cow<'static, str>,
}

impl Attachment {
    /// Bytes of no particular kind: `application/octet-stream` (RFC 2046, section 4.5.1).
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), content_type: Cow::Borrowed("application/octet-stream") }
    }

    /// The same bytes under another content type. One that cannot stand in an HTTP header is
    /// sent as `application/octet-stream`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = content_type.into();
        self
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The content type.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }
}

impl From<Bytes> for Attachment {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Attachment {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Attachment {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static str> for Attachment {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}
