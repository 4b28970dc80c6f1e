//! One JSON value, read as the type that somebody wants.
//! Where it is wrong and why, and what is made of no value at all.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::Error;

/// What is wrong with a value.
pub(crate) struct Wrong {
    /// Where: the value's own path, or that of something inside of it.
    pub(crate) path: String,
    /// What was expected.
    pub(crate) reason: String,
}

// Not generic, and out of the way of what is right: each type of argument would have its own copy.
impl Wrong {
    /// What is wrong with the value at `path`.
    #[cold]
    pub(crate) fn at(path: String, error: NotOfType) -> Self {
        let path = match error.path().to_string().as_str() {
            "." => path,
            inner => inside(&path, inner),
        };
        Self { path, reason: reason(&error.into_inner().to_string()) }
    }

    /// What is said of a secret value: neither what it is nor which part of it is wrong.
    pub(crate) fn secret(path: String) -> Self {
        Self { path, reason: "the value is not acceptable".to_owned() }
    }
}

/// A value could not be taken. Why, says the `finish` of what it was to be taken from, as
/// [`DriverInfo::finish`](crate::DriverInfo::finish).
#[derive(Clone, Copy, Debug)]
pub struct Refused;

/// Never seen by a caller: `finish` has already answered with every problem.
impl From<Refused> for Error {
    fn from(Refused: Refused) -> Self {
        Self::Internal("a value was used although it had been refused".into())
    }
}

/// Why a value is not of its type, and where in it.
pub(crate) type NotOfType = serde_path_to_error::Error<serde_json::Error>;

/// The value as the type that is wanted.
pub(crate) fn read<'de, T: DeserializeOwned>(
    value: impl Deserializer<'de, Error = serde_json::Error>,
) -> Result<T, NotOfType> {
    serde_path_to_error::deserialize(value)
}

/// What the type makes of nothing: only an `Option` is made of it.
pub(crate) fn absent<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(Absent).ok()
}

/// The path of something inside of the value at `path`.
pub(crate) fn inside(path: &str, inner: &str) -> String {
    let dot = if inner.starts_with('[') { "" } else { "." };
    format!("{path}{dot}{inner}")
}

/// The position counts from the argument's own start and would only mislead.
fn reason(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason).to_owned()
}

/// What an absent value is read from.
struct Absent;

/// The type could not be made of nothing.
#[derive(Debug, thiserror::Error)]
#[error("missing")]
struct Missing;

impl serde::de::Error for Missing {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Absent {
    type Error = Missing;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Missing> {
        Err(Missing)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
