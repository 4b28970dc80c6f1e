//! Two interfaces of one type, each with an impl of its own.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::json;
use vendor_passthru::{Answer, Dispatcher, MemoryStore, Node, Registry, Uuid};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "first", drivers = ["two"], default)]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn name(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("first")
    }
}

#[vendor_interface(name = "second", drivers = ["two"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, method = "name")]
    async fn second_name(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("second")
    }
}

/// Calls `name` on a node with this vendor interface.
async fn assert_name(interface: Option<&str>, name: &str) {
    let nodes = MemoryStore::new();
    let mut node = Node::new(Uuid::nil(), "two");
    node.vendor_interface = interface.map(str::to_owned);
    nodes.insert(node).unwrap();
    let registry = Registry::collect().unwrap();
    let dispatcher = Dispatcher::builder(registry).nodes(nodes).build().unwrap();
    let context = Context::new();
    let call = dispatcher.node_passthru(&context, Uuid::nil(), "name", HttpMethod::Get, "{}");
    assert_eq!(call.await.unwrap(), Answer::Json(json!(name).to_string().into()));
}

#[tokio::test]
async fn each_interface_of_a_type_is_served_under_its_name() {
    assert_name(None, "first").await;
    assert_name(Some("first"), "first").await;
    assert_name(Some("second"), "second").await;
}
