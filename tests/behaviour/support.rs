//! A conductor around one interface and one node, called over HTTP.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, timeout};
use vendor_passthru::{
    Attempt, Dispatcher, DispatcherBuilder, Holder, LockStore, MemoryStore, Node, Registry, Uuid,
    VendorMethods, http,
};
use vendor_passthru_tests::{Client, Reply};

use crate::faults::FaultyStore;

/// The UUID of the one node, and its path.
pub(crate) const NODE: Uuid = Uuid::from_u128(0x1be2_6c0b_03f2_4d2e_ae87_c02d_7f33_c123);

/// A conductor, its store, and a client of its HTTP API.
pub(crate) struct Api {
    pub(crate) dispatcher: Dispatcher,
    pub(crate) store: MemoryStore,
    pub(crate) client: Client,
}

impl Api {
    /// A conductor with this interface and a node `node` of its first driver.
    pub(crate) fn new<M>(interface: impl VendorMethods<M>) -> Self {
        Self::configured(interface, |builder| builder)
    }

    /// The same with other settings.
    pub(crate) fn configured<T: VendorMethods<M>, M>(
        interface: T,
        configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder,
    ) -> Self {
        let registry = Registry::builder().interface(interface).build().unwrap();
        Self::of(registry, T::METADATA.drivers[0], configure)
    }

    /// A conductor with this registry, and a node `node` of this driver.
    pub(crate) fn of(
        registry: Registry,
        driver: &str,
        configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder,
    ) -> Self {
        let store = MemoryStore::new();
        insert_node(&store, driver);
        let builder = Dispatcher::builder(registry).nodes(store.clone());
        Self::over(store, configure(builder))
    }

    /// A conductor with this interface and a node `node` of its first driver, over a store that
    /// fails where a test tells it to.
    pub(crate) fn faulty<T: VendorMethods<M>, M>(
        interface: T,
        configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder,
    ) -> (Self, FaultyStore) {
        let registry = Registry::builder().interface(interface).build().unwrap();
        let store = FaultyStore::default();
        insert_node(&store.memory, T::METADATA.drivers[0]);
        let builder = Dispatcher::builder(registry).nodes(store.clone());
        (Self::over(store.memory.clone(), configure(builder)), store)
    }

    /// Another conductor with this interface over the nodes of this one.
    pub(crate) fn beside<T: VendorMethods<M>, M>(
        &self,
        interface: T,
        configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder,
    ) -> Self {
        let registry = Registry::builder().interface(interface).build().unwrap();
        let builder = Dispatcher::builder(registry).nodes(self.store.clone());
        Self::over(self.store.clone(), configure(builder))
    }

    fn over(store: MemoryStore, builder: DispatcherBuilder) -> Self {
        let dispatcher = builder.build().unwrap();
        let client = Client::new(http::router(dispatcher.clone(), http::AllowAll));
        Self { dispatcher, store, client }
    }

    /// Calls `verb N/method` with this body.
    pub(crate) async fn node(&self, verb: &str, method: &str, body: &'static str) -> Reply {
        self.client.send(verb, &format!("/v1/nodes/{NODE}/vendor_passthru/{method}"), body).await
    }

    /// Calls `verb D/method` with this body.
    pub(crate) async fn driver(
        &self,
        driver: &str,
        verb: &str,
        method: &str,
        body: &'static str,
    ) -> Reply {
        self.client
            .send(verb, &format!("/v1/drivers/{driver}/vendor_passthru/{method}"), body)
            .await
    }

    /// The node's `last_error` as it is stored now.
    pub(crate) fn last_error(&self) -> Option<String> {
        self.store.nodes()[0].last_error.clone()
    }
}

impl Api {
    /// Adds a node of this driver, changed so; its path, to which a method is appended.
    pub(crate) fn add_node(&self, driver: &str, change: impl FnOnce(&mut Node)) -> String {
        let mut node = Node::new(Uuid::new_v4(), driver);
        change(&mut node);
        let path = format!("/v1/nodes/{}/vendor_passthru", node.uuid());
        self.store.insert(node).unwrap();
        path
    }

    /// Locks the node for somebody else, once it is free; the fence by which it can be released.
    pub(crate) async fn lock_for_somebody_else(&self) -> u64 {
        let holder = Holder::new("somebody else", Uuid::nil(), "req-else", "another call");
        loop {
            match self.store.try_acquire(NODE, &holder).await.unwrap() {
                Attempt::Acquired { fence } => return fence,
                Attempt::Held(by) => self.store.wait_ended(NODE, by.fence).await,
            }
        }
    }
}

fn insert_node(store: &MemoryStore, driver: &str) {
    let mut node = Node::new(NODE, driver);
    node.name = Some("node".to_owned());
    store.insert(node).unwrap();
}

/// What completes without any time passing, for tests that start with a paused clock.
pub(crate) async fn at_once<T>(future: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let value = future.await;
    assert_eq!(started.elapsed(), Duration::ZERO);
    value
}

/// What completes after this many seconds of a paused clock; parts of a second do not count.
pub(crate) async fn after<T>(seconds: u64, future: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let value = future.await;
    assert_eq!(started.elapsed().as_secs(), seconds);
    value
}

/// Fails unless this is what a failure in the background leaves behind.
#[track_caller]
pub(crate) fn assert_recorded(last_error: Option<String>, method: &str, call: &str, says: &str) {
    let last_error = last_error.unwrap_or_default();
    let start = format!("vendor method `{method}` failed at ");
    let rest = last_error.strip_prefix(&start).unwrap_or_default();
    let (time, rest) = rest.split_at_checked(20).unwrap_or_default();
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00Z", "{last_error:?}");
    assert_eq!(rest, format!(" ({call}): {says}"));
}

/// Asserts that this is an error of this status, in Ironic's envelope, whose text has this in it.
#[track_caller]
pub(crate) fn assert_fault(reply: &Reply, status: u16, says: &str) {
    let fault = reply.fault();
    assert_eq!(reply.status, status, "{fault}");
    assert_eq!(reply.header("content-type"), "application/json");
    let code = if status < 500 { "Client" } else { "Server" };
    let text = reply.faultstring();
    assert_eq!(fault, json!({"faultcode": code, "faultstring": text, "debuginfo": null}));
    assert!(text.contains(says), "{text:?} does not say {says:?}");
}

impl Api {
    /// Starts `POST N/method` with this body; the call goes on beside the test.
    pub(crate) fn start(&self, method: &str, body: &'static str) -> JoinHandle<Reply> {
        let client = self.client.clone();
        let path = format!("/v1/nodes/{NODE}/vendor_passthru/{method}");
        tokio::spawn(async move { client.send("POST", &path, body).await })
    }

    /// Starts a call and waits until it waits for its lock.
    pub(crate) async fn queue(&self, method: &str, body: &'static str) -> JoinHandle<Reply> {
        let waiting = self.dispatcher.locks().waiting;
        let call = self.start(method, body);
        until(|| self.dispatcher.locks().waiting > waiting).await;
        call
    }

    /// Whether somebody holds the node's exclusive lock.
    pub(crate) async fn is_locked(&self) -> bool {
        self.dispatcher.reservation(NODE).await.unwrap().is_some()
    }

    /// Fails unless every lock and every worker has been given back.
    pub(crate) async fn assert_idle(&self) {
        let (locks, workers) = (self.dispatcher.locks(), self.dispatcher.workers());
        let held = self.is_locked().await;
        assert_eq!((locks.held, locks.waiting, workers.running, held), (0, 0, 0, false));
    }
}

/// Lets a future go as far as it can go now; that must not be its end.
pub(crate) async fn begin<T>(mut future: Pin<&mut impl Future<Output = T>>) {
    assert!(poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_pending())).await);
}

/// Lets everything else of the test's thread run until this holds.
pub(crate) async fn until(holds: impl Fn() -> bool) {
    // Far more than it takes; what never comes fails the test instead of stopping it for good.
    for _ in 0..1000 {
        if holds() {
            return;
        }
        yield_now().await;
    }
    assert!(holds(), "it never came");
}

/// Stops vendor methods on their way: each tells that it has come, and goes on when it is let.
#[derive(Clone)]
pub(crate) struct Gate {
    came: Arc<Semaphore>,
    open: Arc<Semaphore>,
}

impl Gate {
    /// For a method: tells that it has come, and waits to be let on.
    pub(crate) async fn pass(&self) {
        self.came.add_permits(1);
        self.open.acquire().await.unwrap().forget();
    }

    /// The same for a plain function. The runtime of a test that failed takes the timer along, and
    /// so ends the function, which it would otherwise wait for.
    pub(crate) fn pass_blocking(&self) {
        Handle::current().block_on(timeout(Duration::from_mins(1), self.pass())).unwrap();
    }

    /// For a test: waits until a method has come, each counted once.
    pub(crate) async fn reached(&self) {
        // A method that never comes fails the test instead of stopping it for good.
        let came = timeout(Duration::from_mins(1), self.came.acquire());
        came.await.unwrap().unwrap().forget();
    }

    /// For a test: lets this many methods on.
    pub(crate) fn open(&self, methods: usize) {
        self.open.add_permits(methods);
    }
}

impl Default for Gate {
    fn default() -> Self {
        let closed = || Arc::new(Semaphore::new(0));
        Self { came: closed(), open: closed() }
    }
}

/// What vendor methods saw, in order.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub(crate) fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}
