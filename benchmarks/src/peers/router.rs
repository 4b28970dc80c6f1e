//! Ours, with HTTP: the router of the dispatcher, open to everyone.
//! Beyond the dispatcher: versions, `Accept`, limits of the body, authorizer, request id.

use axum::Router;
use vendor_passthru::http::{AllowAll, router};

use crate::Result;
use crate::peers::dispatcher::dispatcher;

pub(crate) fn app() -> Result<Router> {
    Ok(router(dispatcher()?, AllowAll))
}
