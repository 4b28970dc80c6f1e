//! One call as a client asks for it: method, verb and arguments.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tracing::Span;

use crate::arguments::Arguments;
use crate::limits::CallLimits;
use crate::metadata::MethodMetadata;
use crate::{Context, HttpMethod, Result};

/// A call as it comes in, before anything about it is known to be good.
pub(crate) struct Asked<'a> {
    pub(crate) context: &'a Context,
    /// What is logged of it.
    pub(crate) span: &'a Span,
    pub(crate) limits: CallLimits,
    pub(crate) method: &'a str,
    pub(crate) http_method: HttpMethod,
    pub(crate) body: Bytes,
}

/// A call whose method, verb and arguments are known to be good: what
/// [`VendorInterface::validate`](crate::VendorInterface::validate) looks at.
///
/// Cloning it is cheap: the body is shared.
#[derive(Clone, Debug)]
pub struct Call {
    method: &'static MethodMetadata,
    http_method: HttpMethod,
    body: Bytes,
}

impl Call {
    pub(crate) fn new(
        method: &'static MethodMetadata,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Self {
        Self { method, http_method, body }
    }

    /// The method that is called.
    #[must_use]
    pub fn method(&self) -> &'static MethodMetadata {
        self.method
    }

    /// The verb it is called with.
    #[must_use]
    pub fn http_method(&self) -> HttpMethod {
        self.http_method
    }

    pub(crate) fn body(&self) -> Bytes {
        self.body.clone()
    }

    /// One argument by its name in the request; read an argument that may be absent as an
    /// `Option`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArguments`](crate::Error::InvalidArguments) when it is absent or not a `T`.
    pub fn argument<T: DeserializeOwned>(&self, name: &'static str) -> Result<T> {
        let mut arguments = self.arguments();
        arguments.read()?;
        let value = arguments.take(name);
        arguments.finish()?;
        Ok(value?)
    }

    /// All arguments as one value, such as a struct or a map.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArguments`](crate::Error::InvalidArguments) when they are not a `T`.
    pub fn all_arguments<T: DeserializeOwned>(&self) -> Result<T> {
        let mut arguments = self.arguments();
        arguments.read()?;
        let value = arguments.take_all();
        arguments.finish()?;
        Ok(value?)
    }

    pub(crate) fn arguments(&self) -> Arguments<'_> {
        Arguments::new(self.method, &self.body)
    }
}
