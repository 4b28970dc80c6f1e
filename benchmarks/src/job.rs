//! The job that all peers do: `send_raw` on one of a thousand nodes, under a lock of that node.

use std::collections::HashMap;
use std::sync::Arc;

use http::Request;
use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::Result;

pub(crate) const NODES: u128 = 1000;
pub(crate) const METHOD: &str = "send_raw";
pub(crate) const BODY: &[u8] = br#"{"raw_bytes": "0x06 0x01"}"#;
pub(crate) const ANSWER: &[u8] = br#"{"ok":true}"#;

#[derive(Deserialize)]
pub(crate) struct SendRaw {
    pub(crate) raw_bytes: String,
}

#[derive(Clone, Serialize)]
pub(crate) struct Sent {
    pub(crate) ok: bool,
}

/// The nodes of a conductor written by hand.
#[derive(Clone)]
pub(crate) struct Nodes(Arc<HashMap<Uuid, Mutex<Node>>>);

#[derive(Default)]
pub(crate) struct Node {
    calls: u64,
}

impl Nodes {
    pub(crate) fn new() -> Self {
        Self(Arc::new((0..NODES).map(|node| (Uuid::from_u128(node), Mutex::default())).collect()))
    }

    pub(crate) fn find(&self, node: Uuid) -> Option<&Mutex<Node>> {
        self.0.get(&node)
    }

    /// The whole job; `None` if there is no such node.
    pub(crate) async fn send_raw(&self, node: Uuid, raw_bytes: &str) -> Option<bool> {
        Some(self.find(node)?.lock().await.send_raw(raw_bytes))
    }
}

impl Node {
    pub(crate) fn send_raw(&mut self, raw_bytes: &str) -> bool {
        self.calls += 1;
        !raw_bytes.is_empty()
    }
}

/// The path of a call, as Ironic has it.
pub(crate) fn path(node: Uuid, method: &str) -> String {
    format!("/v1/nodes/{node}/vendor_passthru/{method}")
}

/// What openstacksdk sends with a call.
const HEADERS: [(HeaderName, &str); 6] = [
    (HOST, "127.0.0.1:6385"),
    (USER_AGENT, "openstacksdk/4.22.0"),
    (ACCEPT, "application/json"),
    (HeaderName::from_static("x-openstack-ironic-api-version"), "1.109"),
    (CONTENT_TYPE, "application/json"),
    (CONTENT_LENGTH, "26"),
];

/// A call as an HTTP server hands it on.
pub(crate) fn request<B: From<&'static [u8]>>(node: Uuid, method: &str) -> Result<Request<B>> {
    let mut request = Request::post(path(node, method)).body(B::from(BODY))?;
    for (name, value) in HEADERS {
        request.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(request)
}

/// The same call as it stands on the wire.
pub(crate) fn text(node: Uuid) -> Vec<u8> {
    let path = path(node, METHOD);
    let headers = HEADERS.map(|(name, value)| format!("{name}: {value}\r\n")).concat();
    [format!("POST {path} HTTP/1.1\r\n{headers}\r\n").as_bytes(), BODY].concat()
}

/// Its arguments with the node among them, for protocols that have no path.
pub(crate) fn params(node: Uuid) -> String {
    format!(r#"{{"node": "{node}", "raw_bytes": "0x06 0x01"}}"#)
}
