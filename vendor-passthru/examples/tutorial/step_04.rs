use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, MemoryStore, Registry, StatusCode, Uuid, http};

/// Vendor methods of the driver `my-ipmi`.
#[derive(Default)]
struct MyVendor;

impl VendorInterface for MyVendor {}

#[vendor_interface(name = "my-ipmi", drivers = ["my-ipmi"])]
impl MyVendor {
    /// Versions of IPMI that the driver speaks.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
        Ok(vec!["1.5", "2.0"])
    }

    /// The light that shows where the machine is.
    #[passthru(methods = ["PUT", "DELETE"], async_call = false)]
    async fn light(&self, task: &mut Task, http_method: HttpMethod) -> Result<String> {
        let address = task.node().driver_info.get("ipmi_address").and_then(|a| a.as_str());
        let Some(address) = address else {
            return Err(Error::MissingParameterValue("driver_info lacks ipmi_address".into()));
        };
        let state = if http_method == HttpMethod::Put { "on" } else { "off" };
        Ok(format!("{address}: the light is {state}")) // the BMC will be asked here
    }

    /// Restart the BMC.
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("the BMC did not come back").into())
    }
}

/// A node, with the one field that this tutorial looks at.
async fn show_node(
    State(dispatcher): State<Dispatcher>,
    Path(node): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let node = dispatcher.node(node.as_str()).await.map_err(|error| error.status())?;
    Ok(Json(json!({"uuid": node.uuid(), "last_error": node.last_error})))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().init();
    let nodes = MemoryStore::new();
    let mut node = Node::new(Uuid::from_u128(1), "my-ipmi");
    node.driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
    nodes.insert(node)?;
    nodes.insert(Node::new(Uuid::from_u128(2), "my-ipmi"))?;

    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
    let pages = http::protocol(Router::new().route("/v1/nodes/{node}", get(show_node)));
    let pages = pages.with_state(dispatcher.clone());
    let app = http::router(dispatcher, http::AllowAll).merge(pages);
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:6385".into());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
