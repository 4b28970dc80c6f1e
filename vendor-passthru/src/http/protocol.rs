//! What every answer of an Ironic API has in common: API versions, request ids, JSON.

use std::fmt;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::header::{ACCEPT, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{Extensions, HeaderMap, StatusCode};
use serde_json::json;

use super::fault::{enveloped, fault};
use crate::{Context, Error, Result};

/// The oldest API version that is served, and the one of a request without a version.
pub const MIN_VERSION: ApiVersion = ApiVersion { major: 1, minor: 1 };
/// The newest API version that is served: that of Ironic 39.
pub const MAX_VERSION: ApiVersion = ApiVersion { major: 1, minor: 115 };

/// Since this version a node can be named by its logical name.
pub const NODE_NAMES: ApiVersion = ApiVersion { major: 1, minor: 5 };

const VERSION: HeaderName = HeaderName::from_static("x-openstack-ironic-api-version");
const MINIMUM: HeaderName = HeaderName::from_static("x-openstack-ironic-api-minimum-version");
const MAXIMUM: HeaderName = HeaderName::from_static("x-openstack-ironic-api-maximum-version");
const SERVICE_VERSION: HeaderName = HeaderName::from_static("openstack-api-version");
const REQUEST_ID: HeaderName = HeaderName::from_static("openstack-request-id");
const OLD_REQUEST_ID: HeaderName = HeaderName::from_static("x-openstack-request-id");

/// A version of Ironic's API (a microversion), found in the extensions of a request that went
/// through [`protocol`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiVersion {
    /// Always 1 so far.
    pub major: u32,
    /// Grows with every change of the API.
    pub minor: u32,
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Makes these routes part of an Ironic API: answers every request with version headers and a
/// request id, refuses versions and `Accept` headers that cannot be served with 406, and leaves
/// the request's [`Context`] and [`ApiVersion`] in its extensions.
///
/// [`router`](super::router) is one already; this is for a conductor's own pages beside it.
pub fn protocol<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes.layer(from_fn(speak))
}

/// The answer to a path that leads nowhere: 404 in Ironic's envelope.
pub async fn not_found(request: Request) -> Response {
    let path = request.uri().path();
    let message = format!("no such resource: {}", crate::text::Quoted(path));
    let fault = json!({"faultcode": "Client", "faultstring": message, "debuginfo": null});
    let mut response = enveloped(&fault);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The request id that [`protocol`] gave to a request; empty for one that it did not see.
#[must_use]
pub fn request_id(extensions: &Extensions) -> &str {
    extensions.get::<Context>().map_or("", Context::request_id)
}

async fn speak(mut request: Request, next: Next) -> Response {
    let exchange = Exchange::begin(request.headers());
    let response = if let Some(refusal) = exchange.refusal() {
        refusal
    } else {
        let extensions = request.extensions_mut();
        extensions.insert(exchange.context.clone());
        extensions.insert(exchange.version());
        next.run(request).await
    };
    exchange.end(response)
}

/// A request and its answer, as far as all of an Ironic API have the same to say.
pub(super) struct Exchange {
    pub(super) context: Context,
    version: Result<(ApiVersion, HeaderValue)>,
    acceptable: Result<()>,
    takes_retry_after: bool,
}

impl Exchange {
    pub(super) fn begin(headers: &HeaderMap) -> Self {
        Self {
            context: Context::new(),
            version: requested(headers),
            acceptable: acceptable(headers),
            takes_retry_after: takes_retry_after(headers),
        }
    }

    /// The answer to a request that is none in this protocol.
    pub(super) fn refusal(&self) -> Option<Response> {
        match (&self.version, &self.acceptable) {
            (Err(error), _) => Some(not_acceptable(error)),
            (_, Err(error)) => Some(fault(error, self.context.request_id())),
            (Ok(_), Ok(())) => None,
        }
    }

    /// The version in which a request is answered that is not refused.
    pub(super) fn version(&self) -> ApiVersion {
        self.version.as_ref().map_or(MIN_VERSION, |(version, _)| *version)
    }

    /// Says in the answer what each has to say.
    pub(super) fn end(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        if !self.takes_retry_after {
            headers.remove(RETRY_AFTER);
        }
        if let Ok((_, version)) = self.version {
            headers.insert(VERSION, version);
        }
        headers.insert(MINIMUM, HeaderValue::from_static("1.1"));
        headers.insert(MAXIMUM, HeaderValue::from_static("1.115"));
        if let Ok(id) = HeaderValue::from_str(self.context.request_id()) {
            headers.insert(OLD_REQUEST_ID, id.clone());
            headers.insert(REQUEST_ID, id);
        }
        response
    }
}

/// How many headers an answer has at most, those of its body and of the connection included: room
/// for all of them is made at once.
pub(super) const HEADERS: usize = 9;

/// Ironic itself sends no `Retry-After`, and python-ironicclient up to 6.3 has no place for one:
/// it fails with a `TypeError` instead of showing the error that came with it. It retries on a
/// clock of its own.
fn takes_retry_after(headers: &HeaderMap) -> bool {
    headers.get(USER_AGENT).is_none_or(|agent| agent != "python-ironicclient")
}

/// The version a request asks for, in OpenStack's common header for this service or in Ironic's own
/// older one; and how the answer names it.
fn requested(headers: &HeaderMap) -> Result<(ApiVersion, HeaderValue)> {
    let common = headers.get(SERVICE_VERSION).and_then(|value| value.to_str().ok());
    let common = common.and_then(|value| value.strip_prefix("baremetal "));
    let own = headers.get(VERSION);
    let asked = match (common, own) {
        (Some(version), _) => version,
        (None, Some(version)) => version.to_str().unwrap_or("unreadable"),
        (None, None) => return Ok((MIN_VERSION, HeaderValue::from_static("1.1"))),
    };
    if asked.eq_ignore_ascii_case("latest") {
        return Ok((MAX_VERSION, HeaderValue::from_static("1.115")));
    }
    let invalid = || Error::NotAcceptable(format!("invalid value for the {VERSION} header"));
    let version = parse(asked).ok_or_else(invalid)?;
    if version < MIN_VERSION || version > MAX_VERSION {
        return Err(Error::NotAcceptable(format!(
            "version {version} was requested but is not supported by this service; the supported \
             version range is {MIN_VERSION} to {MAX_VERSION}"
        )));
    }
    let named = match own {
        Some(own) if common.is_none() && is_plain(own) => own.clone(),
        _ => HeaderValue::from_str(&version.to_string()).map_err(|_| invalid())?,
    };
    Ok((version, named))
}

/// Whether a version is written as we write it.
fn is_plain(version: &HeaderValue) -> bool {
    let digits = |rest: &[u8]| rest.iter().all(u8::is_ascii_digit);
    matches!(version.as_bytes(), [b'1', b'.', b'1'..=b'9', rest @ ..] if digits(rest))
}

fn parse(version: &str) -> Option<ApiVersion> {
    let (major, minor) = version.trim().split_once('.')?;
    let number =
        |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok());
    Some(ApiVersion { major: number(major)??, minor: number(minor)?? })
}

/// The 406 by which a client negotiates: it has a title and a description in Ironic, no fault.
fn not_acceptable(error: &Error) -> Response {
    let message = json!({
        "code": 406, "title": "Not Acceptable", "description": error.to_string(),
    });
    let mut response = enveloped(&message);
    *response.status_mut() = StatusCode::NOT_ACCEPTABLE;
    response
}

/// All answers are JSON, but for attachments; a client that takes none is told before it runs.
fn acceptable(headers: &HeaderMap) -> Result<()> {
    let mut ranges =
        headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if ranges.peek().is_none() || ranges.flat_map(|value| value.split(',')).any(takes_json) {
        return Ok(());
    }
    Err(Error::NotAcceptable("only application/json can be answered".to_owned()))
}

/// Whether a media range (RFC 9110, section 12.5.1) has JSON in it.
fn takes_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let refused = parts.any(|parameter| {
        let weight = parameter.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
        weight.is_some_and(|weight| weight <= 0.0)
    });
    let json = ["application/json", "*/*", "application/*"];
    !refused && json.iter().any(|json| json.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_versions_is_the_one_that_is_served() {
        let answer = Exchange::begin(&HeaderMap::new()).end(Response::default());
        for (name, version) in
            [(VERSION, MIN_VERSION), (MINIMUM, MIN_VERSION), (MAXIMUM, MAX_VERSION)]
        {
            assert_eq!(answer.headers()[name], version.to_string());
        }
    }

    #[test]
    fn versions_are_two_numbers() {
        assert_eq!(parse("1.115"), Some(ApiVersion { major: 1, minor: 115 }));
        for wrong in ["1", "1.", ".1", "1.1.1", "1.x", "+1.1", ""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn media_ranges_with_json_are_taken() {
        for json in ["application/json", "*/*", " Application/JSON;q=0.5", "application/*"] {
            assert!(takes_json(json), "{json}");
        }
        for other in ["text/html", "application/json;q=0", "", "application/jsonp"] {
            assert!(!takes_json(other), "{other}");
        }
    }
}
