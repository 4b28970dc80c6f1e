//! Who is calling: the context of one request.
//! A driver method receives it, and a node method finds it on its task.

use std::sync::Arc;

use uuid::Uuid;

use crate::Cancellation;
use crate::cancellation::OfCall;

/// The caller of a vendor method, in Ironic's term the request context.
///
/// Cloning it is cheap: all clones share their allocations.
///
/// ```
/// use vendor_passthru::Context;
///
/// let context = Context::new().with_principal("operator").with_roles(["admin"]);
/// assert!(context.request_id().starts_with("req-"));
/// assert_eq!(context.principal(), Some("operator"));
/// assert!(context.has_role("admin"));
/// ```
#[derive(Clone, Debug)]
pub struct Context {
    fields: Arc<Fields>,
    /// Outside of a call there is none.
    cancellation: Option<OfCall>,
}

#[derive(Clone, Debug)]
struct Fields {
    request_id: Arc<str>,
    principal: Option<String>,
    roles: Vec<String>,
}

impl Context {
    /// A context with a new request id, `req-` and a random UUID, and nobody's name.
    #[must_use]
    pub fn new() -> Self {
        let mut id = *b"req-00000000-0000-0000-0000-000000000000";
        let [_, _, _, _, uuid @ ..] = &mut id;
        Uuid::new_v4().hyphenated().encode_lower(uuid);
        Self::with_request_id(str::from_utf8(&id).unwrap_or_default())
    }

    /// A context under a request id that came from elsewhere.
    #[must_use]
    pub fn with_request_id(request_id: impl Into<Arc<str>>) -> Self {
        let request_id = request_id.into();
        let fields = Fields { request_id, principal: None, roles: Vec::new() };
        Self { fields: Arc::new(fields), cancellation: None }
    }

    /// The same request, made by `principal`.
    #[must_use]
    pub fn with_principal(mut self, principal: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.fields).principal = Some(principal.into());
        self
    }

    /// The same request, made under these roles.
    #[must_use]
    pub fn with_roles(mut self, roles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Arc::make_mut(&mut self.fields).roles = roles.into_iter().map(Into::into).collect();
        self
    }

    /// The id under which the request is logged and answered (`OpenStack-Request-ID`).
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.fields.request_id
    }

    pub(crate) fn shared_request_id(&self) -> Arc<str> {
        Arc::clone(&self.fields.request_id)
    }

    /// The caller's name; `None` where the conductor does not authenticate.
    #[must_use]
    pub fn principal(&self) -> Option<&str> {
        self.fields.principal.as_deref()
    }

    /// The caller's roles, in the authorizer's words.
    #[must_use]
    pub fn roles(&self) -> &[String] {
        &self.fields.roles
    }

    /// Whether the call that this is the context of is to come to an end. Outside of a call, never.
    #[must_use]
    pub fn cancellation(&self) -> Cancellation {
        self.cancellation.as_ref().map(OfCall::get).unwrap_or_default()
    }

    /// The context of a call, which can be cancelled.
    pub(crate) fn cancellable(&self) -> Self {
        Self { fields: Arc::clone(&self.fields), cancellation: Some(OfCall::default()) }
    }

    /// Tells whoever has this context that the call is to come to an end.
    pub(crate) fn cancel(&self) {
        if let Some(cancellation) = &self.cancellation {
            cancellation.cancel();
        }
    }

    /// Whether the caller has this role.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.fields.roles.iter().any(|r| r == role)
    }
}

impl Default for Context {
    fn default() -> Self {
        Self::new()
    }
}
