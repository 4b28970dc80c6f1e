//! A conductor around one interface and one node, called over HTTP.

use vendor_passthru::{
    Dispatcher, DispatcherBuilder, MemoryStore, Node, Registry, Uuid, VendorMethods, http,
};
use vendor_passthru_tests::{Client, Reply};

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
        let mut node = Node::new(NODE, driver);
        node.name = Some("node".to_owned());
        store.insert(node).unwrap();
        let builder = configure(Dispatcher::builder(registry).nodes(store.clone()));
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
