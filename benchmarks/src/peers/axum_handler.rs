//! A hand-written axum handler: the same paths, JSON and headers as our router.
//! Checks the API version, finds method and node, logs one line; makes errors of its own nowhere.

use axum::extract::{FromRequestParts, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, Nodes, SendRaw, Sent};

pub(super) const VERSION: HeaderName = HeaderName::from_static("x-openstack-ironic-api-version");
pub(super) const MINIMUM: HeaderName =
    HeaderName::from_static("x-openstack-ironic-api-minimum-version");
pub(super) const MAXIMUM: HeaderName =
    HeaderName::from_static("x-openstack-ironic-api-maximum-version");
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("openstack-request-id");
pub(super) const OLD_REQUEST_ID: HeaderName = HeaderName::from_static("x-openstack-request-id");

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
    let ok = nodes.send_raw(node, &raw_bytes).await.ok_or(StatusCode::NOT_FOUND)?;
    tracing::info!(request_id, %node, method, "call succeeded");
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

/// The API version that is asked for.
pub(super) struct Version(pub(super) HeaderValue);

impl<S: Sync> FromRequestParts<S> for Version {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        version(&parts.headers).map(Self).ok_or(StatusCode::NOT_ACCEPTABLE)
    }
}

/// The API version that is asked for, if it is served.
pub(super) fn version(headers: &HeaderMap) -> Option<HeaderValue> {
    let Some(asked) = headers.get(VERSION) else { return Some(HeaderValue::from_static("1.1")) };
    let minor = asked.to_str().ok()?.strip_prefix("1.")?.parse().ok()?;
    matches!(minor, 1..=115).then(|| asked.clone())
}
