//! A JSON-RPC method of jsonrpsee, from the text of its params, as its server calls it.
//! The node is one of the params; the envelope around them was read beforehand.

use jsonrpsee::core::server::{ConnectionId, Extensions, RpcModule};
use jsonrpsee::core::server::{MethodCallback, MethodResponse};
use jsonrpsee::types::{ErrorObjectOwned, Id, Params};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, Nodes, Sent, params};
use crate::peer::Peer;

#[derive(Deserialize)]
struct SendRaw {
    node: Uuid,
    raw_bytes: String,
}

pub(crate) struct Jsonrpsee(RpcModule<Nodes>);

impl Jsonrpsee {
    pub(crate) fn new() -> Result<Self> {
        let mut module = RpcModule::new(Nodes::new());
        module.register_async_method(METHOD, |params, nodes, _| async move {
            let SendRaw { node, raw_bytes } = params.parse()?;
            let unknown = || ErrorObjectOwned::owned(-32602, "no such node", None::<()>);
            let ok = nodes.send_raw(node, &raw_bytes).await.ok_or_else(unknown)?;
            Ok::<_, ErrorObjectOwned>(Sent { ok })
        })?;
        Ok(Self(module))
    }
}

impl Peer for Jsonrpsee {
    type Request = String;
    type Answer = MethodResponse;

    fn request(&self, node: Uuid) -> Result<String> {
        Ok(params(node))
    }

    async fn call(&mut self, request: String) -> Result<MethodResponse> {
        let Some(MethodCallback::Async(method)) = self.0.method(METHOD) else {
            return Err("no such method".into());
        };
        let params = Params::new(Some(&request)).into_owned();
        let (connection, limit) = (ConnectionId(0), 10 * 1024 * 1024);
        Ok(method(Id::Number(0), params, connection, limit, Extensions::new()).await)
    }

    async fn is_right(&self, answer: MethodResponse) -> Result<bool> {
        let answer: serde_json::Value = serde_json::from_str(answer.as_json().get())?;
        Ok(answer == json!({"jsonrpc": "2.0", "id": 0, "result": {"ok": true}}))
    }
}
