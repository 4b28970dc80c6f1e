//! A tool of rmcp, from a map of parsed JSON, through its `ToolRouter`.
//! The node is one of the arguments; the request and its context were made beforehand.

use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::ToolCallContext;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolRequestParams, CallToolResponse, NumberOrString};
use rmcp::service::{RequestContext, RunningService, serve_directly};
use rmcp::{ErrorData, Json, RoleServer, ServerHandler, schemars, tool, tool_router};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, Nodes, params};
use crate::peer::Peer;

#[derive(Deserialize, schemars::JsonSchema)]
struct SendRaw {
    /// The UUID of the node.
    node: String,
    raw_bytes: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct Sent {
    ok: bool,
}

struct Server(Nodes);

impl ServerHandler for Server {}

#[tool_router]
impl Server {
    /// Send raw bytes to the BMC.
    #[tool]
    async fn send_raw(
        &self,
        Parameters(SendRaw { node, raw_bytes }): Parameters<SendRaw>,
    ) -> Result<Json<Sent>, ErrorData> {
        let unknown = || ErrorData::invalid_params("no such node", None);
        let node = node.parse().map_err(|_| unknown())?;
        let ok = self.0.send_raw(node, &raw_bytes).await.ok_or_else(unknown)?;
        Ok(Json(Sent { ok }))
    }
}

pub(crate) struct Rmcp {
    router: ToolRouter<Server>,
    /// A connection that nothing is sent on: a request's context names one.
    connection: RunningService<RoleServer, Server>,
}

impl Rmcp {
    pub(crate) fn new() -> Self {
        let (server, _client) = tokio::io::duplex(1024);
        let connection = serve_directly(Server(Nodes::new()), server, None);
        Self { router: Server::tool_router(), connection }
    }
}

impl Peer for Rmcp {
    type Request = (CallToolRequestParams, RequestContext<RoleServer>);
    type Answer = CallToolResponse;

    fn request(&self, node: Uuid) -> Result<Self::Request> {
        let arguments = serde_json::from_str(&params(node))?;
        let params = CallToolRequestParams::new(METHOD).with_arguments(arguments);
        let peer = self.connection.peer().clone();
        Ok((params, RequestContext::new(NumberOrString::Number(0), peer)))
    }

    async fn call(&mut self, (params, context): Self::Request) -> Result<CallToolResponse> {
        let context = ToolCallContext::new(self.connection.service(), params, context);
        Ok(self.router.call(context).await?)
    }

    async fn is_right(&self, answer: CallToolResponse) -> Result<bool> {
        let CallToolResponse::Complete(answer) = answer else { return Ok(false) };
        Ok(answer.structured_content == Some(json!({"ok": true})))
    }
}
