//! The HTTP API of vendor methods, at Ironic's URLs, as an `axum::Router`.
//!
//! ```text
//! GET       /v1/nodes/{uuid or name}/vendor_passthru/methods
//! any verb  /v1/nodes/{uuid or name}/vendor_passthru/{method}      or ?method={method}
//! GET       /v1/drivers/{driver}/vendor_passthru/methods
//! any verb  /v1/drivers/{driver}/vendor_passthru/{method}          or ?method={method}
//! ```
//!
//! The arguments are a JSON object in the body, on every verb. An asynchronous call is answered
//! with 202 and no body, a synchronous one with 200 and JSON, or with bytes where the method says
//! `attach`. An error is `{"error_message": "<JSON text>"}`, as Ironic's clients expect.

mod authorizer;
mod fault;
mod limits;
mod protocol;
mod request;
mod routes;

pub use authorizer::{Access, AllowAll, Authorizer};
pub use fault::fault;
pub use limits::Limits;
pub use protocol::{
    ApiVersion, MAX_VERSION, MIN_VERSION, NODE_NAMES, not_found, protocol, request_id,
};
pub use routes::{router, router_with_limits};
