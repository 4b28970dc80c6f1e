//! The HTTP verbs a vendor method can be called with.
//! Ironic knows these five; everything else is answered with 400.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The verb of a request: what `methods = [..]` lists, and what a parameter
/// `http_method: HttpMethod` receives.
///
/// ```
/// use vendor_passthru::HttpMethod;
///
/// assert_eq!("DELETE".parse(), Ok(HttpMethod::Delete));
/// assert_eq!(HttpMethod::Delete.as_str(), "DELETE");
/// assert!("delete".parse::<HttpMethod>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl HttpMethod {
    /// The verb in upper case, as it stands in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for HttpMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for HttpMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The verb is none of the five; verbs are case-sensitive (RFC 9110, section 9.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of GET, POST, PUT, PATCH and DELETE")]
pub struct UnknownHttpMethod;

impl FromStr for HttpMethod {
    type Err = UnknownHttpMethod;

    fn from_str(verb: &str) -> Result<Self, Self::Err> {
        match verb {
            "GET" => Ok(Self::Get),
            "POST" => Ok(Self::Post),
            "PUT" => Ok(Self::Put),
            "PATCH" => Ok(Self::Patch),
            "DELETE" => Ok(Self::Delete),
            _ => Err(UnknownHttpMethod),
        }
    }
}
