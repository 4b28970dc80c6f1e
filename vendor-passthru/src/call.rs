//! One call as a client asks for it: method, verb and arguments.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::arguments::Arguments;
use crate::metadata::MethodMetadata;
use crate::{HttpMethod, Result};

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
        let mut arguments = self.arguments()?;
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
        let mut arguments = self.arguments()?;
        let value = arguments.take_all();
        arguments.finish()?;
        Ok(value?)
    }

    /// The arguments, to be taken one by one by generated code.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBody`](crate::Error::InvalidBody) when the body is no JSON object.
    #[doc(hidden)]
    pub fn arguments(&self) -> Result<Arguments<'_>> {
        Arguments::read(self.method, &self.body)
    }
}
