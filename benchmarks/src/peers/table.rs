//! A hand-written table of methods by name, each one boxed future per call, from body text.
//! Nothing is validated but the arguments, and nothing is logged.

use std::collections::HashMap;
use std::pin::Pin;

use uuid::Uuid;

use crate::Result;
use crate::job::{ANSWER, BODY, METHOD, Node, Nodes, SendRaw, Sent};
use crate::peer::Peer;

type Called<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>>> + Send + 'a>>;
type Method = for<'a> fn(&'a tokio::sync::Mutex<Node>, &'a [u8]) -> Called<'a>;

pub(crate) struct Table {
    nodes: Nodes,
    methods: HashMap<&'static str, Method>,
}

impl Table {
    pub(crate) fn new() -> Self {
        let send_raw: Method = |node, body| Box::pin(send_raw(node, body));
        Self { nodes: Nodes::new(), methods: HashMap::from([(METHOD, send_raw)]) }
    }
}

async fn send_raw(node: &tokio::sync::Mutex<Node>, body: &[u8]) -> Result<Vec<u8>> {
    let SendRaw { raw_bytes } = serde_json::from_slice(body)?;
    let ok = node.lock().await.send_raw(&raw_bytes);
    Ok(serde_json::to_vec(&Sent { ok })?)
}

impl Peer for Table {
    type Request = Uuid;
    type Answer = Vec<u8>;

    fn request(&self, node: Uuid) -> Result<Uuid> {
        Ok(node)
    }

    async fn call(&mut self, node: Uuid) -> Result<Vec<u8>> {
        let method = self.methods.get(METHOD).ok_or("no such method")?;
        let node = self.nodes.find(node).ok_or("no such node")?;
        method(node, BODY).await
    }

    async fn is_right(&self, answer: Vec<u8>) -> Result<bool> {
        Ok(answer == ANSWER)
    }
}
