//! The routes of vendor methods: from a request to a call, and from an answer to a response.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use axum::{RequestPartsExt, Router};
use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::request::Parts;

use super::protocol::{Exchange, HEADERS};
use super::request::{Asked, asked};
use super::{Access, ApiVersion, Authorizer, Limits, NODE_NAMES, fault, not_found, protocol};
use crate::error::Causes;
use crate::node_call::Callee;
use crate::text::Quoted;
use crate::{
    Answer, Attachment, Context, Dispatcher, Error, HttpMethod, MethodListing, NodeIdent, Result,
};

/// The HTTP API of a dispatcher's vendor methods, under Ironic's limits for bodies.
///
/// Who may call is the authorizer's to say; [`AllowAll`](super::AllowAll) lets anyone.
///
/// ```standalone_crate
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use vendor_passthru::{Dispatcher, Registry, http};
///
/// let dispatcher = Dispatcher::builder(Registry::collect()?).build()?;
/// let app: axum::Router = http::router(dispatcher, http::AllowAll);
/// # Ok(())
/// # }
/// ```
pub fn router(dispatcher: Dispatcher, authorizer: impl Authorizer) -> Router {
    router_with_limits(dispatcher, authorizer, Limits::default())
}

/// The same under other limits for bodies.
pub fn router_with_limits(
    dispatcher: Dispatcher,
    authorizer: impl Authorizer,
    limits: Limits,
) -> Router {
    let nodes = Api { of: Of::Nodes, dispatcher, authorizer: Arc::new(authorizer), limits };
    let drivers = Api { of: Of::Drivers, ..nodes.clone() };
    let nowhere = |router: Router, base| router.route(&longer(base), any(not_found));
    // The handlers of methods speak the protocol by themselves, which costs a call less than a layer.
    let router = protocol([NODES, DRIVERS].into_iter().fold(Router::new(), nowhere));
    let router = under(router, NODES, any(answered).with_state(nodes));
    under(router, DRIVERS, any(answered).with_state(drivers))
}

const NODES: &str = "/v1/nodes/{ident}/vendor_passthru";
const DRIVERS: &str = "/v1/drivers/{ident}/vendor_passthru";

/// A path with more in it than a method.
fn longer(base: &str) -> String {
    format!("{base}/{{method}}/{{*more}}")
}

/// Both forms of a URL, each with and without a slash at its end.
fn under(router: Router, base: &str, handler: MethodRouter) -> Router {
    router
        .route(base, handler.clone())
        .route(&format!("{base}/"), handler.clone())
        .route(&format!("{base}/{{method}}"), handler.clone())
        .route(&format!("{base}/{{method}}/"), handler)
}

/// Whose methods are called.
#[derive(Clone, Copy)]
enum Of {
    Nodes,
    Drivers,
}

#[derive(Clone)]
struct Api {
    of: Of,
    dispatcher: Dispatcher,
    authorizer: Arc<dyn Authorizer>,
    limits: Limits,
}

async fn answered(State(api): State<Api>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let exchange = Exchange::begin(&parts.headers);
    let response = if let Some(refusal) = exchange.refusal() {
        refusal
    } else {
        let answer = match api.of {
            Of::Nodes => api.node(&mut parts, body, &exchange).await,
            Of::Drivers => api.driver(&mut parts, body, &exchange).await,
        };
        answer.unwrap_or_else(|error| refused(&error, &exchange.context))
    };
    exchange.end(response)
}

/// A request that kept the limits and whose caller is known.
struct Received<'a> {
    context: Context,
    path: RawPathParams,
    parts: &'a Parts,
}

impl Api {
    async fn node(&self, parts: &mut Parts, body: Body, exchange: &Exchange) -> Result<Response> {
        let (received, body) = self.receive(parts, body, &exchange.context).await?;
        let context = &received.context;
        let ident = ident(received.parameter("ident"), exchange.version())?;
        let node = self.dispatcher.node(ident).await?;
        self.authorizer.authorize(context, &Access::Node(&node)).await?;
        let asked = received.asked()?;
        if received.lists(&asked) {
            return listing(&self.dispatcher.node_methods(node.uuid()).await?);
        }
        let (node, verb) = (Callee::Found(node), received.verb()?);
        let call = self.dispatcher.call_node(context, node, &asked.method, verb, body);
        Ok(called(call.await, context))
    }

    async fn driver(&self, parts: &mut Parts, body: Body, exchange: &Exchange) -> Result<Response> {
        let (received, body) = self.receive(parts, body, &exchange.context).await?;
        let (context, driver) = (&received.context, received.parameter("ident"));
        self.authorizer.authorize(context, &Access::Driver(driver)).await?;
        let asked = received.asked()?;
        if received.lists(&asked) {
            return listing(&self.dispatcher.driver_methods(driver)?);
        }
        let verb = received.verb()?;
        let call = self.dispatcher.driver_passthru(context, driver, &asked.method, verb, body);
        Ok(called(call.await, context))
    }

    async fn receive<'a>(
        &self,
        parts: &'a mut Parts,
        body: Body,
        context: &Context,
    ) -> Result<(Received<'a>, Bytes)> {
        let body = self.limits.read(&parts.headers, body).await?;
        let context = self.authorizer.authenticate(context.clone(), &parts.headers).await?;
        let path = parts
            .extract()
            .await
            .map_err(|_| Error::InvalidParameterValue("the path is not UTF-8 text".to_owned()))?;
        Ok((Received { context, path, parts }, body))
    }
}

impl Received<'_> {
    /// A part of the path, by its name in the route.
    fn parameter(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    fn asked(&self) -> Result<Asked<'_>> {
        asked(self.parameter("method"), self.parts.uri.query())
    }

    fn lists(&self, asked: &Asked<'_>) -> bool {
        asked.in_path && asked.method == "methods" && self.parts.method == Method::GET
    }

    fn verb(&self) -> Result<HttpMethod> {
        let verb = self.parts.method.as_str();
        verb.parse().map_err(|unknown| {
            Error::InvalidParameterValue(format!("HTTP method {}: {unknown}", Quoted(verb)))
        })
    }
}

/// Which node a path names; nodes have no names in old versions of the API.
fn ident(ident: &str, version: ApiVersion) -> Result<NodeIdent<'_>> {
    let ident = NodeIdent::from(ident);
    if matches!(ident, NodeIdent::Name(_)) && version < NODE_NAMES {
        return Err(Error::NodeNotFound { node: ident.to_string() });
    }
    Ok(ident)
}

/// What became of a call. The dispatcher has logged it.
fn called(answer: Result<Answer>, context: &Context) -> Response {
    answer.map_or_else(|error| fault(&error, context.request_id()), response)
}

/// What came to no call.
fn refused(error: &Error, context: &Context) -> Response {
    let (causes, request_id) = (Causes(error), context.request_id());
    if error.status().is_server_error() {
        tracing::error!(request_id, error = %causes, "request failed");
    } else {
        tracing::info!(request_id, error = %causes, "request refused");
    }
    fault(error, request_id)
}

fn listing(methods: &MethodListing) -> Result<Response> {
    Answer::json(methods).map(response)
}

fn response(answer: Answer) -> Response {
    let status = answer.status();
    let (body, content_type) = match answer {
        Answer::Accepted => (Bytes::new(), None),
        Answer::Json(json) => (json, Some(HeaderValue::from_static("application/json"))),
        Answer::Attachment(attachment) => {
            let content_type = content_type(&attachment);
            (attachment.bytes().clone(), Some(content_type))
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    response
}

fn content_type(attachment: &Attachment) -> HeaderValue {
    HeaderValue::from_str(attachment.content_type())
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}
