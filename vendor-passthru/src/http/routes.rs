//! The routes of vendor methods: from a request to a call, and from an answer to a response.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::any;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Method};
use serde::Deserialize;

use super::request::{Asked, asked};
use super::{
    Access, ApiVersion, Authorizer, Limits, NODE_NAMES, fault, not_found, protocol, request_id,
};
use crate::error::Causes;
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
    let api = Api { dispatcher, authorizer: Arc::new(authorizer), limits };
    let routes = Router::new();
    let routes =
        under(routes, "/v1/nodes/{ident}/vendor_passthru", any(node).with_state(api.clone()));
    let routes = under(routes, "/v1/drivers/{ident}/vendor_passthru", any(driver).with_state(api));
    protocol(routes)
}

/// Both forms of a URL, each with and without a slash at its end; a longer path leads nowhere.
fn under(routes: Router, base: &str, handler: axum::routing::MethodRouter) -> Router {
    routes
        .route(base, handler.clone())
        .route(&format!("{base}/"), handler.clone())
        .route(&format!("{base}/{{method}}"), handler.clone())
        .route(&format!("{base}/{{method}}/"), handler)
        .route(&format!("{base}/{{method}}/{{*more}}"), any(not_found))
}

#[derive(Clone)]
struct Api {
    dispatcher: Dispatcher,
    authorizer: Arc<dyn Authorizer>,
    limits: Limits,
}

#[derive(Deserialize)]
struct Target {
    ident: String,
    method: Option<String>,
}

/// A request that kept the limits and whose caller is known.
struct Received {
    context: Context,
    target: Target,
    parts: Parts,
    body: Bytes,
}

type TargetPath = Result<Path<Target>, PathRejection>;

async fn node(State(api): State<Api>, path: TargetPath, request: Request) -> Response {
    let request_id = request_id(request.extensions()).to_owned();
    let answer = api.node(path, request).await;
    answer.unwrap_or_else(|error| refused(&error, &request_id))
}

async fn driver(State(api): State<Api>, path: TargetPath, request: Request) -> Response {
    let request_id = request_id(request.extensions()).to_owned();
    let answer = api.driver(path, request).await;
    answer.unwrap_or_else(|error| refused(&error, &request_id))
}

impl Api {
    async fn node(&self, path: TargetPath, request: Request) -> Result<Response> {
        let Received { context, target, parts, body } = self.receive(path, request).await?;
        let node = self.dispatcher.node(ident(&target.ident, &parts)?).await?;
        self.authorizer.authorize(&context, &Access::Node(&node)).await?;
        let asked = asked(target.method, parts.uri.query())?;
        if is_listing(&asked, &parts) {
            return listing(&self.dispatcher.node_methods(node.uuid()).await?);
        }
        let verb = verb(&parts)?;
        let call = self.dispatcher.node_passthru(&context, node.uuid(), &asked.method, verb, body);
        Ok(called(call.await, &context))
    }

    async fn driver(&self, path: TargetPath, request: Request) -> Result<Response> {
        let Received { context, target, parts, body } = self.receive(path, request).await?;
        self.authorizer.authorize(&context, &Access::Driver(&target.ident)).await?;
        let asked = asked(target.method, parts.uri.query())?;
        if is_listing(&asked, &parts) {
            return listing(&self.dispatcher.driver_methods(&target.ident)?);
        }
        let verb = verb(&parts)?;
        let call =
            self.dispatcher.driver_passthru(&context, &target.ident, &asked.method, verb, body);
        Ok(called(call.await, &context))
    }

    async fn receive(&self, path: TargetPath, request: Request) -> Result<Received> {
        let (parts, body) = request.into_parts();
        let body = self.limits.read(&parts.headers, body).await?;
        let context = parts.extensions.get::<Context>().cloned().unwrap_or_default();
        let context = self.authorizer.authenticate(context, &parts.headers).await?;
        let Path(target) = path
            .map_err(|_| Error::InvalidParameterValue("the path is not UTF-8 text".to_owned()))?;
        Ok(Received { context, target, parts, body })
    }
}

/// Which node a path names; nodes have no names in old versions of the API.
fn ident<'a>(ident: &'a str, parts: &Parts) -> Result<NodeIdent<'a>> {
    let ident = NodeIdent::from(ident);
    let named = parts.extensions.get::<ApiVersion>().is_some_and(|version| *version >= NODE_NAMES);
    if matches!(ident, NodeIdent::Name(_)) && !named {
        return Err(Error::NodeNotFound { node: ident.to_string() });
    }
    Ok(ident)
}

fn is_listing(asked: &Asked, parts: &Parts) -> bool {
    asked.in_path && asked.method == "methods" && parts.method == Method::GET
}

fn verb(parts: &Parts) -> Result<HttpMethod> {
    let verb = parts.method.as_str();
    verb.parse().map_err(|unknown| {
        Error::InvalidParameterValue(format!(
            "HTTP method {}: {unknown}",
            crate::text::Quoted(verb)
        ))
    })
}

/// What became of a call. The dispatcher has logged it.
fn called(answer: Result<Answer>, context: &Context) -> Response {
    answer.map_or_else(|error| fault(&error, context.request_id()), response)
}

/// What came to no call.
fn refused(error: &Error, request_id: &str) -> Response {
    let causes = Causes(error);
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
    let headers: &mut HeaderMap = response.headers_mut();
    headers.extend(content_type.map(|value| (CONTENT_TYPE, value)));
    response
}

fn content_type(attachment: &Attachment) -> HeaderValue {
    HeaderValue::from_str(attachment.content_type())
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}
