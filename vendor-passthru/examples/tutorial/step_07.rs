use std::net::IpAddr;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, MemoryStore, Registry, StatusCode, Uuid, http};

/// Vendor methods of the driver `my-ipmi`.
#[derive(Default)]
struct MyVendor;

impl VendorInterface for MyVendor {
    fn get_properties(&self) -> Properties {
        properties()
    }

    async fn validate(&self, task: &Task<Validating>, _call: &Call) -> Result<()> {
        Bmc::of(task.node()).map(drop)
    }
}

#[vendor_interface(name = "my-ipmi", drivers = ["my-ipmi"])]
impl MyVendor {
    /// Versions of IPMI that the driver speaks.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
        Ok(vec!["1.5", "2.0"])
    }

    /// The light that shows where the machine is.
    #[passthru(methods = ["PUT", "DELETE"], async_call = false)]
    async fn light(
        &self,
        task: &mut Task,
        http_method: HttpMethod,
        #[arg(default = 15)] seconds: u8,
    ) -> Result<String> {
        let bmc = Bmc::of(task.node())?;
        let seconds = if http_method == HttpMethod::Put { seconds } else { 0 };
        Ok(format!("{}: the light is on for {seconds} s", bmc.address())) // the BMC will be asked here
    }

    /// Restart the BMC.
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("the BMC did not come back").into())
    }

    /// Version of the BMC's firmware.
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn firmware(&self, task: &Task<Shared>) -> Result<String> {
        Ok(format!("{}: version 9.08", Bmc::of(task.node())?.address()))
    }

    /// Write new firmware to the BMC.
    #[passthru(methods = ["POST"])]
    async fn update(&self, _task: &mut Task) -> Result<()> {
        tokio::time::sleep(Duration::from_mins(1)).await; // a BMC takes its time
        Ok(())
    }
}

fn properties() -> Properties {
    Properties::new()
        .required("ipmi_address", "Address of the BMC.")
        .optional("ipmi_port", "UDP port of the BMC, 623 by default.")
}

/// How to reach a BMC.
struct Bmc {
    address: IpAddr,
    port: u16,
}

impl Bmc {
    fn of(node: &Node) -> Result<Self> {
        let properties = properties();
        let mut info = properties.read_from(&node.driver_info);
        let address = info.take("ipmi_address");
        let port = info.take_or("ipmi_port", || 623);
        info.finish()?; // all that is wrong, at once
        Ok(Self { address: address?, port: port? })
    }

    fn address(&self) -> String {
        format!("{} port {}", self.address, self.port)
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
    let nodes = MemoryStore::new();
    let mut node = Node::new(Uuid::from_u128(1), "my-ipmi");
    node.driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
    nodes.insert(node)?;
    let mut node = Node::new(Uuid::from_u128(2), "my-ipmi");
    node.driver_info.insert("ipmi_adress".into(), "192.0.2.8".into());
    node.driver_info.insert("ipmi_port".into(), 70_000.into());
    nodes.insert(node)?;

    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
    let pages = Router::new()
        .route("/v1/nodes/{node}", get(show_node))
        .route("/v1/drivers/{driver}/properties", get(driver_properties));
    let pages = http::protocol(pages).with_state(dispatcher.clone());
    let app = http::router(dispatcher, http::AllowAll).merge(pages);
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:6385".into());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
