//! A route of poem-openapi in process, with a request made beforehand.
//! No headers but the content type; the answer's body is not collected.

use poem::endpoint::BoxEndpoint;
use poem::http::StatusCode;
use poem::{Endpoint, EndpointExt, IntoEndpoint, Request, Response};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi, OpenApiService};
use uuid::Uuid;

use crate::Result;
use crate::job::{self, ANSWER, METHOD, Nodes};
use crate::peer::Peer;

#[derive(Object)]
struct SendRaw {
    raw_bytes: String,
}

#[derive(Object)]
struct Sent {
    ok: bool,
}

struct Api(Nodes);

#[OpenApi]
impl Api {
    /// Send raw bytes to the BMC.
    #[oai(path = "/v1/nodes/:ident/vendor_passthru/send_raw", method = "post")]
    async fn send_raw(&self, ident: Path<Uuid>, body: Json<SendRaw>) -> poem::Result<Json<Sent>> {
        let ok = self.0.send_raw(ident.0, &body.raw_bytes).await.ok_or(StatusCode::NOT_FOUND)?;
        Ok(Json(Sent { ok }))
    }
}

pub(crate) struct PoemOpenapi(BoxEndpoint<'static>);

impl PoemOpenapi {
    pub(crate) fn new() -> Self {
        let service = OpenApiService::new(Api(Nodes::new()), "benchmarks", "1");
        Self(service.into_endpoint().map_to_response().boxed())
    }
}

impl Peer for PoemOpenapi {
    type Request = Request;
    type Answer = Response;

    fn request(&self, node: Uuid) -> Result<Request> {
        let (parts, body) = job::request::<poem::Body>(node, METHOD)?.into_parts();
        let mut request = Request::builder().method(parts.method).uri(parts.uri).body(body);
        *request.headers_mut() = parts.headers;
        Ok(request)
    }

    async fn call(&mut self, request: Request) -> Result<Response> {
        Ok(self.0.get_response(request).await)
    }

    async fn is_right(&self, answer: Response) -> Result<bool> {
        Ok(answer.status() == StatusCode::OK && answer.into_body().into_bytes().await? == ANSWER)
    }
}
