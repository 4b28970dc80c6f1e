//! A router in process: each call is a request that was made beforehand, given to it by `oneshot`.
//! Nothing is read from a connection or written to one, and the answer's body is not collected.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{Request, StatusCode};
use tower::ServiceExt;
use uuid::Uuid;

use crate::Result;
use crate::job::{self, ANSWER};
use crate::peer::Peer;

pub(crate) struct InProcess {
    app: Router,
    method: &'static str,
}

impl InProcess {
    pub(crate) fn new(app: Router, method: &'static str) -> Self {
        Self { app, method }
    }
}

impl Peer for InProcess {
    type Request = Request<Body>;
    type Answer = Response;

    fn request(&self, node: Uuid) -> Result<Request<Body>> {
        job::request(node, self.method)
    }

    async fn call(&mut self, request: Request<Body>) -> Result<Response> {
        Ok(self.app.clone().oneshot(request).await?)
    }

    async fn is_right(&self, answer: Response) -> Result<bool> {
        Ok(answer.status() == StatusCode::OK && to_bytes(answer.into_body(), 100).await? == ANSWER)
    }
}
