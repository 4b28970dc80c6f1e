//! A driver author's test kit: a conductor around one interface and one node, without a server.
//!
//! ```
//! use vendor_passthru::metadata::Lock;
//! use vendor_passthru::prelude::*;
//! use vendor_passthru::testing::{TestConductor, json};
//!
//! #[derive(Default)]
//! struct Vendor;
//!
//! impl VendorInterface for Vendor {}
//!
//! #[vendor_interface(name = "example", drivers = ["example"])]
//! impl Vendor {
//!     #[passthru(methods = ["POST"])]
//!     async fn send_raw(&self, _task: &mut Task, raw_bytes: String) -> Result<()> {
//!         Err(VendorPassthruException::new(format!("the BMC refused {raw_bytes}")).into())
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let conductor = TestConductor::new(Vendor);
//! let called = conductor.call(HttpMethod::Post, "send_raw", json!({"raw_bytes": "0x01"})).await;
//! assert_eq!(called.status(), 202);
//! assert_eq!(called.lock(), Some(Lock::Exclusive));
//!
//! conductor.finished().await;
//! assert!(conductor.last_error().unwrap().ends_with("the BMC refused 0x01"));
//! # }
//! ```

pub mod conformance;
mod log;
mod store;

use std::sync::{Arc, LazyLock};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
pub use serde_json::json;
use tracing::dispatcher::DefaultGuard;
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Span};

use self::log::Log;
use self::store::TestStore;
use crate::limits::Limits;
use crate::metadata::{Lock, MethodMetadata, Target};
use crate::running::{On, Running};
use crate::running_call::RunningCall;
use crate::{
    Answer, Bytes, Call, Context, Dispatcher, DispatcherBuilder, Error, Exclusive, Failure, Holder,
    HttpMethod, LockStore, Node, NodeIdent, Registry, Result, Shared, Task, Uuid, VendorMethods,
    task,
};

/// The method that a task made for a unit test belongs to.
static UNIT_TEST: MethodMetadata = MethodMetadata {
    name: "unit_test",
    purpose: "unit test",
    http_methods: &[HttpMethod::Post],
    async_call: false,
    description: "",
    attach: false,
    target: Target::Node(Lock::Exclusive),
    call_timeout: None,
    run_limit: None,
    overrides: false,
    arguments: None,
};

/// Beside a single subscriber, whichever thread comes first to a place that logs decides for all
/// threads whether it does, and that may be a thread of a test without a log. Beside this second
/// one `tracing` asks every subscriber there is.
static SECOND_SUBSCRIBER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::new()));

/// A conductor with one vendor interface, one node called `node`, and everything it did to be
/// looked at.
///
/// It takes the log of the thread it is made on, so it wants the runtime that `#[tokio::test]`
/// makes: one of a single thread.
pub struct TestConductor {
    dispatcher: Dispatcher,
    store: TestStore,
    node: Uuid,
    driver: String,
    log: Log,
    /// Takes the log of this thread as long as it lives.
    _logging: DefaultGuard,
}

impl TestConductor {
    /// A conductor around this instance, and a node of its first driver.
    ///
    /// # Panics
    ///
    /// When the registry refuses the interface.
    pub fn new<M>(interface: impl VendorMethods<M>) -> Self {
        Self::with_node(interface, |_| {})
    }

    /// The same with a node that has been changed, such as by adding `driver_info`.
    ///
    /// # Panics
    ///
    /// When the registry refuses the interface.
    pub fn with_node<M>(interface: impl VendorMethods<M>, change: impl FnOnce(&mut Node)) -> Self {
        Self::configured(interface, change, |settings| settings)
    }

    /// A conductor around this instance, and a node with this `driver_info`, a JSON object.
    ///
    /// # Panics
    ///
    /// When the registry refuses the interface, or `driver_info` is no object.
    #[expect(clippy::panic, reason = "a test may fail so")]
    pub fn with_driver_info<M>(interface: impl VendorMethods<M>, driver_info: Value) -> Self {
        let Value::Object(driver_info) = driver_info else { panic!("{driver_info} is no object") };
        Self::with_node(interface, |node| node.driver_info = driver_info)
    }

    /// The same with other settings of the conductor, such as a short time to shut down in.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use vendor_passthru::prelude::*;
    /// use vendor_passthru::testing::{TestConductor, json};
    ///
    /// # #[derive(Default)]
    /// # struct Vendor;
    /// # impl VendorInterface for Vendor {}
    /// #[vendor_interface(name = "example", drivers = ["example"])]
    /// impl Vendor {
    ///     #[passthru(methods = ["POST"])]
    ///     async fn erase(&self, task: &mut Task) -> Result<()> {
    ///         task.cancelled().await; // a BMC that is never done
    ///         Ok(())
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let conductor = TestConductor::configured(
    ///     Vendor,
    ///     |node| node.name = Some("rack1-u7".into()),
    ///     |settings| settings.shutdown_limit(Duration::ZERO), // what runs is cancelled at once
    /// );
    /// conductor.call(HttpMethod::Post, "erase", json!({})).await;
    /// conductor.dispatcher().shutdown().await;
    /// assert!(!conductor.is_locked().await);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the registry refuses the interface, or the settings contradict each other.
    #[expect(clippy::expect_used, reason = "a test may fail so")]
    pub fn configured<T: VendorMethods<M>, M>(
        interface: T,
        change: impl FnOnce(&mut Node),
        settings: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder,
    ) -> Self {
        let driver = T::METADATA.drivers.first().copied().unwrap_or_default();
        let registry =
            Registry::builder().interface(interface).default_interface(driver, T::METADATA.name);
        let registry = registry.build().expect("the registry takes the interface");
        let mut node = Node::new(Uuid::new_v4(), driver);
        node.name = Some("node".to_owned());
        node.vendor_interface = Some(T::METADATA.name.to_owned());
        change(&mut node);
        let (uuid, driver) = (node.uuid(), node.driver.clone());
        let store = TestStore::with(node);
        let dispatcher = settings(Dispatcher::builder(registry).nodes(store.clone())).build();
        let dispatcher = dispatcher.expect("settings that go together");
        LazyLock::force(&SECOND_SUBSCRIBER);
        let log = Log::default();
        let logging = tracing::subscriber::set_default(log.clone());
        Self { dispatcher, store, node: uuid, driver, log, _logging: logging }
    }

    /// Calls a node method with these arguments, a JSON object.
    ///
    /// # Panics
    ///
    /// When the arguments cannot be written as JSON.
    pub async fn call(
        &self,
        http_method: HttpMethod,
        method: &str,
        arguments: impl Serialize,
    ) -> Called {
        let (context, body) = (Context::new(), json(&arguments));
        let call = self.dispatcher.node_passthru(&context, self.node, method, http_method, body);
        Called { result: call.await, of_node: Some((self.store.clone(), context)) }
    }

    /// Calls a driver method with these arguments, a JSON object.
    ///
    /// # Panics
    ///
    /// When the arguments cannot be written as JSON.
    pub async fn call_driver(
        &self,
        http_method: HttpMethod,
        method: &str,
        arguments: impl Serialize,
    ) -> Called {
        let (context, body) = (Context::new(), json(&arguments));
        let driver = &self.driver;
        let call = self.dispatcher.driver_passthru(&context, driver, method, http_method, body);
        Called { result: call.await, of_node: None }
    }

    /// Waits until nothing runs any more, asynchronous calls included.
    pub async fn finished(&self) {
        self.dispatcher.settled().await;
    }

    /// The node as it is stored now.
    ///
    /// # Panics
    ///
    /// When it was deleted.
    #[expect(clippy::expect_used, reason = "a test may fail so")]
    pub async fn node(&self) -> Arc<Node> {
        self.dispatcher.node(self.node).await.expect("the node exists")
    }

    /// What is recorded on the node.
    #[must_use]
    pub fn last_error(&self) -> Option<String> {
        let nodes = self.store.memory.nodes();
        nodes.first().and_then(|node| node.last_error.clone())
    }

    /// The failures that the node does not tell of: those of driver methods.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        self.dispatcher.failures()
    }

    /// Everything that was logged, spans included, a line each.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.log.lines()
    }

    /// Whether someone holds the node's exclusive lock now.
    ///
    /// # Panics
    ///
    /// Never: the store is in memory.
    pub async fn is_locked(&self) -> bool {
        matches!(self.dispatcher.reservation(self.node).await, Ok(Some(_)))
    }

    /// Locks the node for somebody else, as long as the test lasts.
    pub async fn lock_for_somebody_else(&self) {
        let holder = Holder::new("somebody else", Uuid::nil(), "req-else", "another call");
        // The only answer that is no lock is that someone has it already.
        let _ = self.store.memory.try_acquire(self.node, &holder).await;
    }

    /// A task under the exclusive lock, for calling a method directly; the lock ends with it.
    ///
    /// # Errors
    ///
    /// [`Error::NodeLocked`] when someone else holds the node.
    pub async fn task(&self) -> Result<Task<Exclusive>> {
        task::upgraded(&self.shared_task().await?).await
    }

    /// A task under the shared lock, for calling a method directly.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`] when the node was deleted.
    pub async fn shared_task(&self) -> Result<Task<Shared>> {
        let node = self.dispatcher.node(NodeIdent::Uuid(self.node)).await?;
        let call = Call::new(&UNIT_TEST, HttpMethod::Post, Bytes::new());
        let conductor = self.dispatcher.of_conductor();
        let (context, limits) = (Context::new(), Limits::default());
        let on = On::Node(node);
        let running = Running::new(conductor, call, &context, &Span::none(), limits, on);
        task::started(task::validating(RunningCall::new(Arc::new(running)))?)
    }

    /// The dispatcher, for everything else.
    #[must_use]
    pub fn dispatcher(&self) -> &Dispatcher {
        &self.dispatcher
    }
}

#[expect(clippy::expect_used, reason = "a test may fail so")]
fn json(arguments: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(arguments).expect("arguments that can be written as JSON")
}

impl std::fmt::Debug for TestConductor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestConductor").field("node", &self.node).finish_non_exhaustive()
    }
}

/// What became of a call.
#[derive(Debug)]
pub struct Called {
    result: Result<Answer>,
    of_node: Option<(TestStore, Context)>,
}

impl Called {
    /// The HTTP status: 202, 200, or that of the error.
    #[must_use]
    pub fn status(&self) -> u16 {
        match &self.result {
            Ok(answer) => answer.status().as_u16(),
            Err(error) => error.status().as_u16(),
        }
    }

    /// The value of a synchronous method.
    ///
    /// # Panics
    ///
    /// When the call failed, was asynchronous, or has a value of another type.
    #[must_use]
    #[expect(clippy::expect_used, clippy::panic, reason = "a test may fail so")]
    pub fn value<T: DeserializeOwned>(&self) -> T {
        match &self.result {
            Ok(Answer::Json(json)) => serde_json::from_slice(json).expect("a value of this type"),
            other => panic!("expected a value, found {other:?}"),
        }
    }

    /// What the call was answered with.
    ///
    /// # Errors
    ///
    /// The call's own.
    pub fn result(&self) -> Result<&Answer, &Error> {
        self.result.as_ref()
    }

    /// What a client reads of the error; empty for a call that did not fail.
    #[must_use]
    pub fn message(&self) -> String {
        self.result.as_ref().err().map(ToString::to_string).unwrap_or_default()
    }

    /// The strongest lock that the call has held so far; `None` for a driver method and for a
    /// call that was refused before it ran.
    #[must_use]
    pub fn lock(&self) -> Option<Lock> {
        let (store, context) = self.of_node.as_ref()?;
        if store.was_reserved_by(context.request_id()) {
            return Some(Lock::Exclusive);
        }
        self.result.is_ok().then_some(Lock::Shared)
    }
}
