use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use my_driver as _; // a driver crate that is never named is not linked
use serde_json::{Value, json};
use vendor_passthru::{
    Dispatcher, MemoryStore, Node, Properties, Registry, StatusCode, Uuid, http,
};

/// A node, with the one field that this tutorial looks at.
async fn show_node(
    State(dispatcher): State<Dispatcher>,
    Path(node): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let node = dispatcher.node(node.as_str()).await.map_err(|error| error.status())?;
    Ok(Json(json!({"uuid": node.uuid(), "last_error": node.last_error})))
}

/// The properties that a driver reads from its nodes.
async fn driver_properties(
    State(dispatcher): State<Dispatcher>,
    Path(driver): Path<String>,
) -> Result<Json<Properties>, StatusCode> {
    dispatcher.registry().properties(&driver).map(Json).map_err(|error| error.status())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().init();
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:6385".into());
    let bmc_port: u16 = arguments.next().unwrap_or("9001".into()).parse()?;

    let nodes = MemoryStore::new();
    let mut node = Node::new(Uuid::from_u128(1), "my-ipmi");
    node.name = Some("rack1-u7".into());
    node.driver_info.insert("ipmi_address".into(), "127.0.0.1".into());
    node.driver_info.insert("ipmi_port".into(), bmc_port.into());
    node.driver_info.insert("ipmi_username".into(), "operator".into());
    node.driver_info.insert("ipmi_password".into(), "not-a-secret".into());
    nodes.insert(node)?;

    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
    let pages = Router::new()
        .route("/v1/nodes/{node}", get(show_node))
        .route("/v1/drivers/{driver}/properties", get(driver_properties));
    let pages = http::protocol(pages).with_state(dispatcher.clone());
    let app = http::router(dispatcher, http::AllowAll).merge(pages);
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
