//! Whether hand-written handlers and our router answer the same: else a ratio would mean nothing.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::HeaderName;
use tower::ServiceExt;
use uuid::Uuid;

use crate::Result;
use crate::job::{METHOD, request};
use crate::peers::{axum_handler, axum_layer, axum_span, router};

/// What has to be the same. A request id has another value every time, and the same length.
#[derive(Debug, PartialEq)]
struct Answered {
    status: u16,
    headers: Vec<(HeaderName, String)>,
    body: Vec<u8>,
}

pub(crate) async fn check() -> Result<()> {
    let ours = answer(router::app()?).await?;
    for by_hand in [axum_handler::app(), axum_span::app(), axum_layer::app()] {
        let by_hand = answer(by_hand).await?;
        if by_hand != ours {
            return Err(format!("ours answers {ours:?}, the handler {by_hand:?}").into());
        }
    }
    Ok(())
}

async fn answer(app: Router) -> Result<Answered> {
    let (parts, body) = app.oneshot(request::<Body>(Uuid::nil(), METHOD)?).await?.into_parts();
    let mut headers = Vec::new();
    for (name, value) in &parts.headers {
        let value = value.to_str()?;
        let shown = match value.strip_prefix("req-") {
            Some(id) => format!("req- and {} bytes", id.len()),
            None => value.to_owned(),
        };
        headers.push((name.clone(), shown));
    }
    headers.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    let body = to_bytes(body, 1024).await?.to_vec();
    Ok(Answered { status: parts.status.as_u16(), headers, body })
}
