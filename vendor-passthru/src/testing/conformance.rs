//! What every [`NodeStore`] and [`LockStore`] has to hold, as rules that any store is put through.
//!
//! A store that is written for a conductor's own database is a [`Subject`]: something that adds
//! nodes to it and removes them. Its tests then are two lines, [`lock_store`] and [`node_store`]:
//!
//! ```
//! use std::sync::Arc;
//! use vendor_passthru::testing::conformance::{self, Subject};
//! use vendor_passthru::{MemoryStore, Node, Uuid};
//!
//! struct InMemory(Arc<MemoryStore>);
//!
//! impl Subject for InMemory {
//!     type Store = MemoryStore;
//!
//!     fn store(&self) -> Arc<MemoryStore> {
//!         Arc::clone(&self.0)
//!     }
//!
//!     async fn add(&self, node: Node) {
//!         self.0.insert(node).unwrap();
//!     }
//!
//!     async fn remove(&self, node: Uuid) {
//!         self.0.remove(node);
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let subject = InMemory(Arc::default());
//! conformance::lock_store(&subject).await;
//! conformance::node_store(&subject).await;
//! # }
//! ```
//!
//! The rules run one after another, on a tokio runtime of either flavour with its timers enabled;
//! one of several threads finds more of what goes wrong when two calls meet. Time must not be
//! paused, unless nothing but tokio is waited for. A rule never waits for time to pass, it waits
//! for what has to happen, and fails when that has not happened after 10 s.
//!
//! Every rule makes its own nodes, under random UUIDs and names, so a store may hold others, and
//! several tests may share one. It removes them in the end, except those of a rule that failed.

mod lock_store;
mod node_store;
mod trial;

use std::sync::Arc;

pub use self::lock_store::lock_store;
pub use self::node_store::node_store;
use crate::{LockStore, Node, NodeStore, Uuid};

/// A store that is put to the test, and how nodes get into it and out of it.
///
/// What cannot be done, it does not report: it panics.
pub trait Subject: Sync {
    /// The store's type.
    type Store: NodeStore + LockStore;

    /// The store. Asked for twice by each rule, for two conductors: where those would have a
    /// connection or a cache each, every answer should have its own too, on the same nodes.
    fn store(&self) -> Arc<Self::Store>;

    /// Adds a node, also one with the UUID or the name of a node that was removed.
    fn add(&self, node: Node) -> impl Future<Output = ()> + Send;

    /// Removes a node, also one that is reserved. Without such a node it does nothing.
    fn remove(&self, node: Uuid) -> impl Future<Output = ()> + Send;
}

/// A suite is a public function that tries its rules in turn, and lists them in its documentation.
macro_rules! suite {
    ($(#[$attribute:meta])+ $suite:ident: $($rule:ident $text:literal)+) => {
        $(#[$attribute])+
        ///
        /// # Rules
        ///
        $(#[doc = concat!("* `", stringify!($rule), "`: ", $text)])+
        ///
        /// # Panics
        ///
        /// At the first rule that is broken, with its name, what was expected and what was found.
        pub async fn $suite(subject: &impl $crate::testing::conformance::Subject) {
            $(
                let rule = Rule { name: stringify!($rule), text: $text };
                let trial = Trial::new(subject, rule);
                $rule(&trial).await;
                trial.end().await;
            )+
        }
    };
}
use suite;
