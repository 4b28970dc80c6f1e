//! Who is calling, and what they may do: the seam to a conductor's access control.

use async_trait::async_trait;
use http::HeaderMap;

use crate::{Context, Error, Node, Result};

/// Decides about every request before its method is looked up.
#[async_trait]
pub trait Authorizer: Send + Sync + 'static {
    /// Completes the context of a request with the caller's name and roles.
    ///
    /// # Errors
    ///
    /// What the caller is answered with when they are nobody that this conductor knows.
    async fn authenticate(&self, context: Context, headers: &HeaderMap) -> Result<Context>;

    /// Lets the caller do this.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] when they may not, [`Error::NodeNotFound`] when they may not even
    /// know of the node.
    async fn authorize(&self, context: &Context, access: &Access<'_>) -> Result<()>;
}

/// What a caller wants to do.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Access<'a> {
    /// List or call the vendor methods of a node (Ironic's rule `baremetal:node:vendor_passthru`).
    Node(&'a Node),
    /// List or call the vendor methods of a driver (Ironic's rule
    /// `baremetal:driver:vendor_passthru`).
    Driver(&'a str),
}

impl Access<'_> {
    /// The name of the rule in Ironic's policy.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Node(_) => "baremetal:node:vendor_passthru",
            Self::Driver(_) => "baremetal:driver:vendor_passthru",
        }
    }
}

/// Anyone may do anything: for a conductor that only its own machine can reach (Ironic's
/// `auth_strategy = noauth`).
#[derive(Clone, Copy, Debug, Default)]
pub struct AllowAll;

#[async_trait]
impl Authorizer for AllowAll {
    async fn authenticate(&self, context: Context, _headers: &HeaderMap) -> Result<Context> {
        Ok(context)
    }

    async fn authorize(&self, _context: &Context, _access: &Access<'_>) -> Result<(), Error> {
        Ok(())
    }
}
