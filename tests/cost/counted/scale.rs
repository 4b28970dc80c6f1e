//! What a call costs among many methods and nodes, against the same call among few.

use tokio::runtime::{Builder, Runtime};
use vendor_passthru::prelude::*;
use vendor_passthru::{Bytes, Dispatcher, MemoryStore, Registry, RegistryBuilder, Uuid};

use crate::counted::{TIMES, instructions_within};
use crate::many::{self, DRIVERS, METHODS_OF_EACH};
use crate::{Failure, Figure, ratio};

/// How many nodes and drivers there are, and methods of each interface.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    drivers: usize,
    methods_of_each: usize,
}

const FEW: Size = Size { nodes: 10, drivers: 10, methods_of_each: 10 };
const MANY: Size = Size { nodes: 1_000_000, drivers: DRIVERS, methods_of_each: METHODS_OF_EACH };

pub(crate) fn figures() -> Result<Vec<Figure>, Failure> {
    let [many, few] = ["many", "few"].map(|part| instructions_within("counted_calls", part, TIMES));
    Ok(vec![Figure {
        what: "a call among 10,000 methods and 1,000,000 nodes, to one among 10",
        found: ratio(many?, few?),
        at_most: 1.15,
    }])
}

pub(crate) fn part(name: &str, size: usize) -> Option<Result<(), Failure>> {
    match name {
        "few" => Some(make(FEW, many::ten(), size)),
        "many" => Some(make(MANY, Registry::builder().collected(), size)),
        _ => None,
    }
}

/// Makes so many calls, after as many that nobody counts.
fn make(size: Size, registry: RegistryBuilder, times: usize) -> Result<(), Failure> {
    let store = MemoryStore::new();
    for node in 0..size.nodes {
        store.insert(Node::new(uuid(node), many::driver_name(node % size.drivers)))?;
    }
    let dispatcher = Dispatcher::builder(registry.build()?).nodes(store).build()?;
    let runtime = Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(calls(size, &dispatcher, times))?;
    counted_calls(&runtime, calls(size, &dispatcher, times))?;
    // A million nodes are left to the operating system.
    std::mem::forget(dispatcher);
    Ok(())
}

/// Callgrind counts what is done in here.
#[inline(never)]
fn counted_calls(runtime: &Runtime, calls: impl Future<Output = Result<()>>) -> Result<()> {
    runtime.block_on(calls)
}

async fn calls(size: Size, dispatcher: &Dispatcher, times: usize) -> Result<()> {
    let context = Context::new();
    let body = Bytes::from_static(br#"{"raw_bytes": "0x06 0x01"}"#);
    for call in 0..times {
        // Far from the last one, so that nothing of it helps.
        let node = call * 7919 % size.nodes;
        let interface = many::interface_of(node % size.drivers);
        let method = many::method_name(interface, call * 31 % size.methods_of_each);
        let (post, body) = (HttpMethod::Post, body.clone());
        dispatcher.node_passthru(&context, uuid(node), method, post, body).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

fn uuid(node: usize) -> Uuid {
    Uuid::from_u128(node as u128)
}
