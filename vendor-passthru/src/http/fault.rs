//! Errors as Ironic's clients read them.

use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use serde_json::json;

use crate::{Error, HttpMethod};

/// Ironic's envelope: a JSON object whose `error_message` is the text of another one, with
/// `faultcode`, `faultstring` and a `debuginfo` that is always `null`.
///
/// A failure on the server's side names the request id, under which the log has its causes.
#[must_use]
pub fn fault(error: &Error, request_id: &str) -> Response {
    let status = error.status();
    let (code, text) = if status.is_server_error() {
        ("Server", format!("{error} (request {request_id})"))
    } else {
        ("Client", error.to_string())
    };
    let fault = json!({"faultcode": code, "faultstring": text, "debuginfo": null});
    let mut response = enveloped(&fault);
    *response.status_mut() = status;

    let headers = response.headers_mut();
    if let Some(allow) = error.allow() {
        let verbs: Vec<&str> = allow.iter().copied().map(HttpMethod::as_str).collect();
        headers.extend(HeaderValue::from_str(&verbs.join(", ")).map(|verbs| (ALLOW, verbs)));
    }
    if let Some(after) = error.retry_after() {
        // Whole seconds, and never "at once".
        let seconds = after.as_secs_f64().ceil().max(1.0);
        headers.extend(HeaderValue::try_from(seconds.to_string()).map(|s| (RETRY_AFTER, s)));
    }
    response
}

/// `{"error_message": "<the text of this value>"}`
pub(super) fn enveloped(message: &serde_json::Value) -> Response {
    let body = json!({"error_message": message.to_string()}).to_string();
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
