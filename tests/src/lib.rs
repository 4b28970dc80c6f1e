//! What the tests share: a client that calls a router in process, without a socket.

#![expect(clippy::expect_used, reason = "a test may fail so")]

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// A client of an HTTP API, under API version 1.115 unless a request says otherwise.
#[derive(Clone, Debug)]
pub struct Client(Router);

/// What a request was answered with.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Bytes,
}

impl Client {
    /// A client of this router.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self(router)
    }

    /// Sends `verb path` with this body.
    pub async fn send(&self, verb: &str, path: &str, body: impl Into<Body>) -> Reply {
        self.send_with(verb, path, &[("x-openstack-ironic-api-version", "1.115")], body).await
    }

    /// The same with these headers and no others.
    ///
    /// # Panics
    ///
    /// When the request cannot be written or its answer not be read.
    pub async fn send_with(
        &self,
        verb: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(verb).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a good request");
        let response = self.0.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The inner object of an error's envelope.
    ///
    /// # Panics
    ///
    /// When the body is no envelope.
    #[must_use]
    pub fn fault(&self) -> Value {
        let json = self.json();
        let message = json.get("error_message").and_then(Value::as_str).expect("an envelope");
        serde_json::from_str(message).expect("JSON in the envelope")
    }

    /// The `faultstring` of an error.
    ///
    /// # Panics
    ///
    /// When the body is no envelope with one.
    #[must_use]
    pub fn faultstring(&self) -> String {
        let fault = self.fault();
        fault.get("faultstring").and_then(Value::as_str).expect("a faultstring").to_owned()
    }

    /// A header as text; empty where it is absent.
    ///
    /// # Panics
    ///
    /// When it is not text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}
