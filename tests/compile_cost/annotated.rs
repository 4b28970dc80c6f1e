//! Methods published by our attributes.

use std::ops::Range;

use crate::generated::each;

const HEAD: &str = "
use vendor_passthru::prelude::*;

#[derive(serde::Serialize)]
pub struct Sent {
    pub ok: bool,
}

#[derive(Default)]
pub struct Vendor;

impl VendorInterface for Vendor {}
";

const METHOD: &str = r#"
    /// Method NUMBER of the vendor.
    #[passthru(methods = ["POST"], async_call = false)]
    pub async fn method_NUMBER(&self, task: &mut Task, name: String, count: u32) -> Result<Sent> {
        let _ = task;
        Ok(Sent { ok: name.len() == count as usize })
    }
"#;

pub(crate) const PROGRAM: &str = r#"
use DRIVER as _;
use vendor_passthru::{Answer, Context, Dispatcher, HttpMethod, MemoryStore, Node, Registry, Uuid};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::new();
    store.insert(Node::new(Uuid::nil(), "vendor"))?;
    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(store).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let arguments: Vec<String> = std::env::args().collect();
    let [_, name, body] = arguments.as_slice() else { return Err("a name and a body".into()) };
    let (context, body) = (Context::new(), body.clone().into_bytes());
    let call = dispatcher.node_passthru(&context, Uuid::nil(), name, HttpMethod::Post, body);
    if let Answer::Json(json) = runtime.block_on(call)? {
        println!("{}", String::from_utf8_lossy(&json));
    }
    Ok(())
}
"#;

pub(crate) fn library(methods: Range<u32>) -> String {
    let methods = each(methods, METHOD);
    let attribute = r#"#[vendor_interface(name = "vendor", drivers = ["vendor"])]"#;
    format!("{HEAD}\n{attribute}\nimpl Vendor {{{methods}}}\n")
}
