//! Bare hyper over loopback: one function from request to response, the path taken apart by hand.
//! No headers but the content type, and those that hyper sets.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, Nodes, SendRaw, Sent};

async fn answer(
    nodes: Nodes,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let answer = call(&nodes, request).await;
    Ok(answer.unwrap_or_else(|status| {
        let mut response = Response::default();
        *response.status_mut() = status;
        response
    }))
}

async fn call(
    nodes: &Nodes,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, StatusCode> {
    let node = node(request.uri().path()).ok_or(StatusCode::NOT_FOUND)?;
    if request.method() != Method::POST {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let body = request.into_body().collect().await.map_err(|_| StatusCode::BAD_REQUEST)?;
    let SendRaw { raw_bytes } =
        serde_json::from_slice(&body.to_bytes()).map_err(|_| StatusCode::BAD_REQUEST)?;
    let ok = nodes.send_raw(node, &raw_bytes).await.ok_or(StatusCode::NOT_FOUND)?;
    let json = serde_json::to_vec(&Sent { ok }).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let mut response = Response::new(Full::from(json));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// The node of `/v1/nodes/{ident}/vendor_passthru/send_raw`.
fn node(path: &str) -> Option<Uuid> {
    let (ident, method) = path.strip_prefix("/v1/nodes/")?.split_once("/vendor_passthru/")?;
    if method == METHOD { ident.parse().ok() } else { None }
}

/// Serves on a port of its own choice.
pub(crate) async fn serve() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let nodes = Nodes::new();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let nodes = nodes.clone();
            let service = service_fn(move |request| answer(nodes.clone(), request));
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(address)
}
