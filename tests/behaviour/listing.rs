//! B44 to B47: the methods there are, as a client reads them.

use vendor_passthru::prelude::*;
use vendor_passthru::{LockStore, NodeStore, Registry};

use crate::support::{Api, NODE, assert_fault, at_once};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

// Out of order on purpose: a listing is sorted by name.
#[vendor_interface(name = "listing", drivers = ["listing", "listing-too"], default)]
impl Vendor {
    /// Change the boot order.
    #[passthru(methods = ["PUT", "POST"])]
    async fn set_boot(&self, _task: &mut Task, _order: Vec<String>) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["GET"], method = "firmware-log", async_call = false, attach = true)]
    async fn log(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("log")
    }

    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn sensors(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }

    /// Versions of the tools.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["DELETE", "POST"])]
    async fn cache(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

#[derive(Default)]
struct Other;

impl VendorInterface for Other {}

#[vendor_interface(name = "listing-other", drivers = ["listing"])]
impl Other {
    #[passthru(methods = ["POST"])]
    async fn blink(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

const NODE_METHODS: &str = concat!(
    r#"{"firmware-log":{"http_methods":["GET"],"async":false,"description":"","attach":true,"#,
    r#""require_exclusive_lock":true},"#,
    r#""sensors":{"http_methods":["GET"],"async":false,"description":"","attach":false,"#,
    r#""require_exclusive_lock":false},"#,
    r#""set_boot":{"http_methods":["PUT","POST"],"async":true,"#,
    r#""description":"Change the boot order.","attach":false,"require_exclusive_lock":true}}"#,
);

const DRIVER_METHODS: &str = concat!(
    r#"{"cache":{"http_methods":["DELETE","POST"],"async":true,"description":"","attach":false},"#,
    r#""versions":{"http_methods":["GET"],"async":false,"#,
    r#""description":"Versions of the tools.","attach":false}}"#,
);

/// A conductor with both interfaces.
fn api() -> Api {
    let registry = Registry::builder().interface(Other).interface(Vendor).build().unwrap();
    Api::of(registry, "listing", |builder| builder)
}

/// The listing at `path`, as it was sent.
async fn listed(api: &Api, path: &str) -> String {
    let reply = api.client.send("GET", &format!("{path}/methods"), "").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    String::from_utf8(reply.body.to_vec()).unwrap()
}

#[tokio::test]
async fn b44_the_methods_of_a_node_sorted_by_name() {
    let api = api();
    for ident in [NODE.to_string(), "node".to_owned()] {
        let path = format!("/v1/nodes/{ident}/vendor_passthru");
        assert_eq!(listed(&api, &path).await, NODE_METHODS);
    }
}

#[tokio::test]
async fn b44_a_slash_at_the_end_changes_nothing() {
    let reply = api().node("GET", "methods/", "").await;
    assert_eq!(&reply.body[..], NODE_METHODS.as_bytes());
}

#[tokio::test]
async fn b44_nothing_but_a_get_of_that_path_lists() {
    let api = api();
    for (verb, method) in [("POST", "methods"), ("DELETE", "methods"), ("GET", "?method=methods")] {
        let reply = api.node(verb, method, "").await;
        assert_fault(&reply, 400, "no vendor method `methods`");
        let reply = api.driver("listing", verb, method, "").await;
        assert_fault(&reply, 400, "no vendor method `methods`");
    }
}

#[tokio::test]
async fn b45_the_methods_of_a_driver_say_nothing_of_locks() {
    let api = api();
    for driver in ["listing", "listing-too"] {
        let path = format!("/v1/drivers/{driver}/vendor_passthru");
        assert_eq!(listed(&api, &path).await, DRIVER_METHODS);
    }
}

#[tokio::test(start_paused = true)]
async fn b46_a_locked_node_is_listed_at_once() {
    let api = api();
    api.lock_for_somebody_else().await;
    let path = format!("/v1/nodes/{NODE}/vendor_passthru");
    assert_eq!(at_once(listed(&api, &path)).await, NODE_METHODS);
}

#[tokio::test]
async fn b47_nodes_of_one_driver_have_the_list_of_their_own_interface() {
    let api = api();
    let other =
        api.add_node("listing", |node| node.vendor_interface = Some("listing-other".into()));
    let default = api.add_node("listing", |_| {});
    for _ in 0..2 {
        assert_eq!(listed(&api, &default).await, NODE_METHODS);
        assert!(listed(&api, &other).await.starts_with(r#"{"blink":"#));
    }
}

#[tokio::test]
async fn b47_a_node_that_changes_its_interface_changes_its_list() {
    let api = api();
    let path = format!("/v1/nodes/{NODE}/vendor_passthru");
    assert_eq!(listed(&api, &path).await, NODE_METHODS);

    let fence = api.lock_for_somebody_else().await;
    let mut node = (*api.store.nodes()[0]).clone();
    node.vendor_interface = Some("listing-other".to_owned());
    api.store.save(&node, fence).await.unwrap();
    api.store.release(NODE, fence).await.unwrap();
    assert!(listed(&api, &path).await.starts_with(r#"{"blink":"#));
}
