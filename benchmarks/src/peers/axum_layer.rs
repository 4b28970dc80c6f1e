//! The hand-written axum handler once more, with its headers set by a layer around all routes.
//! As an application has it whose errors carry these headers too, as those of our router do.

use axum::extract::{Extension, Path, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::{HeaderValue, StatusCode};
use uuid::Uuid;

use crate::job::{METHOD, Nodes, SendRaw, Sent};
use crate::peers::axum_handler::{MAXIMUM, MINIMUM, OLD_REQUEST_ID, REQUEST_ID, VERSION, version};

pub(crate) fn app() -> Router {
    let path = "/v1/nodes/{ident}/vendor_passthru/{method}";
    Router::new().route(path, post(call)).with_state(Nodes::new()).layer(from_fn(speak))
}

#[derive(Clone)]
struct RequestId(HeaderValue);

async fn speak(mut request: Request, next: Next) -> Result<Response, StatusCode> {
    let id = HeaderValue::try_from(format!("req-{}", Uuid::new_v4()))
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let version = version(request.headers());
    let mut response = if version.is_some() {
        request.extensions_mut().insert(RequestId(id.clone()));
        next.run(request).await
    } else {
        StatusCode::NOT_ACCEPTABLE.into_response()
    };
    let headers = response.headers_mut();
    headers.extend(version.map(|version| (VERSION, version)));
    headers.insert(MINIMUM, HeaderValue::from_static("1.1"));
    headers.insert(MAXIMUM, HeaderValue::from_static("1.115"));
    headers.insert(REQUEST_ID, id.clone());
    headers.insert(OLD_REQUEST_ID, id);
    Ok(response)
}

async fn call(
    State(nodes): State<Nodes>,
    Path((node, method)): Path<(Uuid, String)>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(SendRaw { raw_bytes }): Json<SendRaw>,
) -> Result<Json<Sent>, StatusCode> {
    if method != METHOD {
        return Err(StatusCode::BAD_REQUEST);
    }
    let ok = nodes.send_raw(node, &raw_bytes).await.ok_or(StatusCode::NOT_FOUND)?;
    tracing::info!(?request_id, %node, method, "call succeeded");
    Ok(Json(Sent { ok }))
}
