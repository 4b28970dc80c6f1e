//! The calls that are counted: one argument in, a small object out, on a thousand nodes in memory.

use serde::Serialize;
use tokio::runtime::Builder;
use vendor_passthru::prelude::*;
use vendor_passthru::{Bytes, Dispatcher, MemoryStore, Registry, Uuid};

use crate::Failure;

const NODES: u128 = 1000;

/// What is called, and how.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Shared,
    Exclusive,
    Driver,
    Asynchronous,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Shared, Self::Exclusive, Self::Driver, Self::Asynchronous];

    /// The name of the method.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Exclusive => "exclusive",
            Self::Driver => "driver",
            Self::Asynchronous => "asynchronous",
        }
    }
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[derive(Serialize)]
struct Sent {
    ok: bool,
}

#[vendor_interface(name = "cost", drivers = ["cost"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, _task: &Task<Shared>, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn exclusive(&self, _task: &mut Task, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[driver_passthru(methods = ["POST"], async_call = false)]
    async fn driver(&self, _context: &Context, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[passthru(methods = ["POST"])]
    async fn asynchronous(&self, _task: &mut Task, raw_bytes: String) -> Result<()> {
        drop(raw_bytes);
        Ok(())
    }
}

pub(crate) fn part(name: &str, size: usize) -> Option<Result<(), Failure>> {
    let kind = Kind::ALL.into_iter().find(|known| known.name() == name)?;
    Some(make(kind, size as u128))
}

/// Makes so many calls, each on the next node, and each after the end of the last.
fn make(kind: Kind, times: u128) -> Result<(), Failure> {
    let store = MemoryStore::new();
    for node in 0..NODES {
        store.insert(Node::new(Uuid::from_u128(node), "cost"))?;
    }
    // Not all that is linked in: that is ten thousand methods.
    let registry = Registry::builder().interface(Vendor).build()?;
    let dispatcher = Dispatcher::builder(registry).nodes(store).build()?;
    // In a task, as a conductor's calls are.
    let calls = async move {
        let context = Context::new();
        let body = Bytes::from_static(br#"{"raw_bytes": "0x06 0x01"}"#);
        for call in 0..NODES + times {
            let (name, post, body) = (kind.name(), HttpMethod::Post, body.clone());
            if let Kind::Driver = kind {
                dispatcher.driver_passthru(&context, "cost", name, post, body).await?;
            } else {
                let node = Uuid::from_u128(call % NODES);
                dispatcher.node_passthru(&context, node, name, post, body).await?;
            }
            if let Kind::Asynchronous = kind {
                // What runs in the background has its turn.
                tokio::task::yield_now().await;
            }
        }
        Ok::<_, Error>(())
    };
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(runtime.spawn(calls))??)
}
