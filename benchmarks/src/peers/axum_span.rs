//! The hand-written axum handler once more, logging as our router does: its line stands in a span, so
//! that whatever else is logged on the way has request, node and method with it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::{HeaderValue, StatusCode};
use tracing::Instrument;
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, Nodes, SendRaw, Sent};
use crate::peers::axum_handler::{MAXIMUM, MINIMUM, OLD_REQUEST_ID, REQUEST_ID, VERSION, Version};

pub(crate) fn app() -> Router {
    let path = "/v1/nodes/{ident}/vendor_passthru/{method}";
    Router::new().route(path, post(call)).with_state(Nodes::new())
}

async fn call(
    State(nodes): State<Nodes>,
    Path((node, method)): Path<(Uuid, String)>,
    Version(version): Version,
    Json(SendRaw { raw_bytes }): Json<SendRaw>,
) -> Result<Response, StatusCode> {
    if method != METHOD {
        return Err(StatusCode::BAD_REQUEST);
    }
    let request_id = format!("req-{}", Uuid::new_v4());
    let span = tracing::info_span!("call", request_id, %node, method, lock = "shared");
    let sent = async {
        let ok = nodes.send_raw(node, &raw_bytes).await;
        tracing::info!("call succeeded");
        ok
    };
    let ok = sent.instrument(span).await.ok_or(StatusCode::NOT_FOUND)?;
    let request_id =
        HeaderValue::try_from(request_id).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let headers = [
        (VERSION, version),
        (MINIMUM, HeaderValue::from_static("1.1")),
        (MAXIMUM, HeaderValue::from_static("1.115")),
        (REQUEST_ID, request_id.clone()),
        (OLD_REQUEST_ID, request_id),
    ];
    Ok((headers, Json(Sent { ok })).into_response())
}
