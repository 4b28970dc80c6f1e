//! One node that many callers want at once, each again and again: through the dispatcher, whose
//! every call holds the node's exclusive lock, and through a bare mutex.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use vendor_passthru::prelude::*;
use vendor_passthru::{
    Attempt, Bytes, Dispatcher, Holder, LockStore, MemoryStore, NodeIdent, NodeStore, Registry,
    Reservation, StoreError, Uuid, async_trait,
};

use crate::Failure;

pub(crate) const CALLERS: usize = 64;

const NODE: Uuid = Uuid::from_u128(1);

/// What is called where the node changes hands, and around that.
#[derive(Clone, Copy)]
pub(crate) struct Stamps {
    /// A caller asks for the node.
    pub(crate) asks: fn(),
    /// It has asked, and waits.
    pub(crate) asked: fn(),
    /// A holder begins to let it go.
    pub(crate) let_go: fn(),
    /// The next holder has it.
    pub(crate) has_it: fn(),
}

impl Stamps {
    pub(crate) const NONE: Self = Self { asks: || {}, asked: || {}, let_go: || {}, has_it: || {} };
}

/// Between what the node changes hands.
#[derive(Clone, Copy)]
pub(crate) enum Between {
    /// The release of a reservation and the next reservation.
    Reservations,
    /// The end of a method and the beginning of the next.
    Methods,
}

/// Each caller's calls, one after the other, through one dispatcher.
pub(crate) async fn dispatched(
    calls_of_each: usize,
    stamps: Stamps,
    between: Between,
) -> Result<(), Failure> {
    let (of_the_lock, of_the_method) = match between {
        Between::Reservations => (stamps, Stamps::NONE),
        Between::Methods => (Stamps::NONE, stamps),
    };
    let store = MemoryStore::new();
    store.insert(Node::new(NODE, "hot"))?;
    let registry = Registry::builder().interface(Hot(of_the_method)).build()?;
    let dispatcher = Dispatcher::builder(registry)
        .nodes(Stamped { store, stamps: of_the_lock })
        // Whoever waits, waits long enough.
        .node_locked_retry(1, Duration::from_hours(1))
        .build()?;
    let body = Bytes::from(json!({ "raw_bytes": "0x06 0x01" }).to_string());
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (dispatcher, body) = (dispatcher.clone(), body.clone());
        callers.spawn(async move {
            let context = Context::new();
            for _ in 0..calls_of_each {
                let (post, body) = (HttpMethod::Post, body.clone());
                let call = dispatcher.node_passthru(&context, NODE, "send_raw", post, body);
                asking(call, stamps).await?;
            }
            Ok(())
        });
    }
    callers.join_all().await.into_iter().collect::<Result<()>>()?;
    Ok(())
}

/// The same with a mutex of tokio's.
pub(crate) async fn bare(calls_of_each: usize, stamps: Stamps) {
    let node = Arc::new(Mutex::new(()));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let node = Arc::clone(&node);
        callers.spawn(async move {
            for _ in 0..calls_of_each {
                let held = asking(node.lock(), stamps).await;
                (stamps.has_it)();
                until_the_others_wait().await;
                (stamps.let_go)();
                drop(held);
            }
        });
    }
    callers.join_all().await;
}

/// A call up to where it waits is no part of a hand-over, also where the one who lets go asks again
/// at once, before anybody else has his turn.
async fn asking<T>(call: impl Future<Output = T>, stamps: Stamps) -> T {
    let (mut call, mut asks) = (pin!(call), true);
    poll_fn(|cx| {
        if !std::mem::take(&mut asks) {
            return call.as_mut().poll(cx);
        }
        (stamps.asks)();
        let poll = call.as_mut().poll(cx);
        (stamps.asked)();
        poll
    })
    .await
}

/// Without this nobody would ever wait on a single thread: what never awaits is over before anybody
/// else comes.
async fn until_the_others_wait() {
    tokio::task::yield_now().await;
}

struct Hot(Stamps);

impl VendorInterface for Hot {}

#[vendor_interface(name = "hot", drivers = ["hot"], new = Hot::unstamped)]
impl Hot {
    fn unstamped() -> Self {
        Self(Stamps::NONE)
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task, raw_bytes: String) -> Result<bool> {
        (self.0.has_it)();
        until_the_others_wait().await;
        (self.0.let_go)();
        Ok(!raw_bytes.is_empty())
    }
}

/// A store in memory that says when its one node changes hands.
struct Stamped {
    store: MemoryStore,
    stamps: Stamps,
}

#[async_trait]
impl LockStore for Stamped {
    async fn try_acquire(
        &self,
        node: Uuid,
        holder: &Holder,
    ) -> std::result::Result<Attempt, StoreError> {
        let attempt = self.store.try_acquire(node, holder).await;
        (self.stamps.has_it)();
        attempt
    }

    fn try_acquire_now(
        &self,
        node: Uuid,
        holder: &Holder,
    ) -> Option<std::result::Result<Attempt, StoreError>> {
        let attempt = self.store.try_acquire_now(node, holder);
        (self.stamps.has_it)();
        attempt
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        self.store.wait_ended(node, fence).await;
    }

    async fn release(&self, node: Uuid, fence: u64) -> std::result::Result<bool, StoreError> {
        (self.stamps.let_go)();
        self.store.release(node, fence).await
    }

    fn release_now(&self, node: Uuid, fence: u64) -> Option<std::result::Result<bool, StoreError>> {
        (self.stamps.let_go)();
        self.store.release_now(node, fence)
    }

    async fn reservation(
        &self,
        node: Uuid,
    ) -> std::result::Result<Option<Reservation>, StoreError> {
        self.store.reservation(node).await
    }

    async fn reservations(&self) -> std::result::Result<Vec<(Uuid, Reservation)>, StoreError> {
        self.store.reservations().await
    }
}

#[async_trait]
impl NodeStore for Stamped {
    async fn find(
        &self,
        ident: NodeIdent<'_>,
    ) -> std::result::Result<Option<Arc<Node>>, StoreError> {
        self.store.find(ident).await
    }

    fn find_now(
        &self,
        ident: NodeIdent<'_>,
    ) -> Option<std::result::Result<Option<Arc<Node>>, StoreError>> {
        self.store.find_now(ident)
    }

    async fn save(&self, node: &Node, fence: u64) -> std::result::Result<(), StoreError> {
        self.store.save(node, fence).await
    }

    async fn record_failure(
        &self,
        node: Uuid,
        last_error: &str,
    ) -> std::result::Result<(), StoreError> {
        self.store.record_failure(node, last_error).await
    }
}
