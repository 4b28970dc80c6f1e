use std::io;
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

    /// Have the BMC test itself.
    #[passthru(methods = ["POST"], async_call = false, call_timeout = Duration::from_secs(1))]
    async fn selftest(&self, _task: &mut Task) -> Result<&'static str, BmcError> {
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok("passed")
    }

    /// Version of the BMC's firmware.
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn firmware(&self, _task: &Task<Shared>) -> Result<String, BmcError> {
        Err(BmcError::NoAnswer(io::Error::other("no route to host")))
    }

    /// Write new firmware to the BMC.
    #[passthru(methods = ["POST"], run_limit = Duration::from_secs(1))]
    async fn update(&self, task: &mut Task) -> Result<(), BmcError> {
        let written = tokio::time::sleep(Duration::from_mins(1)); // a BMC takes its time
        match task.cancellation().run_until_cancelled(written).await {
            Some(()) => Ok(()),
            None => Err(BmcError::Aborted), // the BMC would be told to stop here
        }
    }
}

/// What goes wrong with a BMC.
#[derive(Debug, thiserror::Error)]
enum BmcError {
    #[error("the BMC does not answer")]
    NoAnswer(#[source] io::Error),
    #[error("the update was aborted")]
    Aborted,
}

impl From<BmcError> for Error {
    fn from(error: BmcError) -> Self {
        let status = match error {
            BmcError::NoAnswer(_) => 504,
            BmcError::Aborted => 500,
        };
        VendorPassthruException::of(error).with_status(status).into()
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

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().init();
    let nodes = MemoryStore::new();
    let mut node = Node::new(Uuid::from_u128(1), "my-ipmi");
    node.driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
    nodes.insert(node)?;

    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
    let pages = http::protocol(Router::new().route("/v1/nodes/{node}", get(show_node)));
    let pages = pages.with_state(dispatcher.clone());
    let app = http::router(dispatcher, http::AllowAll).merge(pages);
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:6385".into());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
