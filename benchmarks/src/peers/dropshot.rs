//! An endpoint of dropshot over loopback: it has no way in but a connection.
//! It sets a request id of its own, and logs to nowhere.

use std::net::SocketAddr;

use dropshot::{
    ApiDescription, ConfigDropshot, HttpError, HttpResponseOk, Path, RequestContext, ServerBuilder,
    TypedBody, endpoint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slog::{Discard, Logger, o};
use uuid::Uuid;

use crate::Result;
use crate::job::Nodes;

#[derive(Deserialize, JsonSchema)]
struct Target {
    ident: Uuid,
}

#[derive(Deserialize, JsonSchema)]
struct SendRaw {
    raw_bytes: String,
}

#[derive(Serialize, JsonSchema)]
struct Sent {
    ok: bool,
}

/// Send raw bytes to the BMC.
#[endpoint { method = POST, path = "/v1/nodes/{ident}/vendor_passthru/send_raw" }]
async fn send_raw(
    context: RequestContext<Nodes>,
    path: Path<Target>,
    body: TypedBody<SendRaw>,
) -> Result<HttpResponseOk<Sent>, HttpError> {
    let (Target { ident }, SendRaw { raw_bytes }) = (path.into_inner(), body.into_inner());
    let unknown = || HttpError::for_not_found(None, "no such node".to_owned());
    let ok = context.context().send_raw(ident, &raw_bytes).await.ok_or_else(unknown)?;
    Ok(HttpResponseOk(Sent { ok }))
}

/// Serves on a port of its own choice.
pub(crate) fn serve() -> Result<SocketAddr> {
    let mut api = ApiDescription::new();
    api.register(send_raw)?;
    let log = Logger::root(Discard, o!());
    let server = ServerBuilder::new(api, Nodes::new(), log).config(ConfigDropshot::default());
    let server = server.start()?;
    let address = server.local_addr();
    tokio::spawn(server);
    Ok(address)
}
