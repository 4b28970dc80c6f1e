//! The pages of Ironic's API that its clients read around vendor methods.
//! Nodes and drivers are shown; nothing in here changes them.

mod asked;
mod drivers;
mod nodes;
mod versions;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use vendor_passthru::{Dispatcher, Error, MemoryStore, Result, VendorPassthruException, http};

use self::asked::{Asked, Ident};

/// What the pages are about.
#[derive(Clone)]
struct Api {
    dispatcher: Dispatcher,
    nodes: MemoryStore,
}

/// All pages, and the answer to every path that leads nowhere.
pub(crate) fn router(dispatcher: &Dispatcher, nodes: MemoryStore) -> Router {
    let routes = page(Router::new(), "", versions::root);
    let routes = page(routes, "/v1", versions::v1);
    let routes = page(routes, "/v1/nodes", nodes::list);
    let routes = page(routes, "/v1/nodes/detail", nodes::detail);
    let routes = page(routes, "/v1/nodes/{ident}", nodes::one);
    let routes = page(routes, "/v1/drivers", drivers::list);
    let routes = page(routes, "/v1/drivers/{ident}", drivers::one);
    let routes = page(routes, "/v1/drivers/{ident}/properties", drivers::properties);
    let routes = routes.method_not_allowed_fallback(read_only).fallback(http::not_found);
    http::protocol(routes).with_state(Api { dispatcher: dispatcher.clone(), nodes })
}

/// Adds a page, with and without a slash at the end of its path.
fn page<F>(routes: Router<Api>, path: &str, page: fn(Api, Asked) -> F) -> Router<Api>
where
    F: Future<Output = Result<Value>> + Send + 'static,
{
    let handler = get(move |State(api): State<Api>, ident: Ident, request: Request| async move {
        let asked = Asked::read(ident, &request);
        let shown = async { page(api, asked?).await };
        match shown.await {
            Ok(value) => ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response(),
            Err(error) => failed(&error, &request),
        }
    });
    let routes = routes.route(&format!("{path}/"), handler.clone());
    if path.is_empty() { routes } else { routes.route(path, handler) }
}

fn failed(error: &Error, request: &Request) -> Response {
    let request_id = http::request_id(request.extensions());
    if error.status().is_server_error() {
        let error: &dyn std::error::Error = error;
        tracing::error!(request_id, error, "page failed");
    }
    http::fault(error, request_id)
}

async fn read_only(request: Request) -> Response {
    let error = VendorPassthruException::new("this page can only be read").with_status(405);
    http::fault(&error.into(), http::request_id(request.extensions()))
}

/// Where a page is found.
fn links(base: &str, path: &str) -> Value {
    let href = format!("{base}/v1/{path}");
    json!([{"rel": "self", "href": href}, {"rel": "bookmark", "href": href}])
}
