//! Vendor-specific methods of bare-metal drivers, on a conductor's HTTP API.
//!
//! The author of a driver writes one Rust method and one attribute; a conductor that embeds this
//! crate serves it at the URLs of [OpenStack Ironic's vendor passthru][ironic], with Ironic's words
//! and status codes, so that Ironic's own clients can call it.
//!
//! # A driver
//!
//! ```
//! use vendor_passthru::prelude::*;
//!
//! /// Vendor methods of the `example` driver.
//! #[derive(Default)]
//! pub struct ExampleVendor;
//!
//! impl VendorInterface for ExampleVendor {}
//!
//! #[vendor_interface(name = "example", drivers = ["example"])]
//! impl ExampleVendor {
//!     /// Authentication types the BMC supports.
//!     #[driver_passthru(methods = ["GET"], async_call = false)]
//!     async fn authentication_types(&self, _context: &Context) -> Result<[&'static str; 2]> {
//!         Ok(["NONE", "MD5"])
//!     }
//!
//!     /// Send raw bytes to the BMC.
//!     #[passthru(methods = ["POST"])]
//!     async fn send_raw(&self, task: &mut Task, raw_bytes: Vec<u8>) -> Result<()> {
//!         let address = task.node().driver_info.get("example_address");
//!         tracing::info!(?address, ?raw_bytes, "sent");
//!         Ok(())
//!     }
//! }
//! ```
//!
//! [`macro@vendor_interface`], [`macro@passthru`] and [`macro@driver_passthru`] list the keys of
//! the attributes, [`VendorInterface`] the hooks, [`Task`] what a method does with its node,
//! [`VendorPassthruException`] how it fails. The `testing` module (feature `testing`) calls methods
//! without a server.
//!
//! A mistake is one compiler error at the wrong tokens: [Compiler errors and what they
//! mean](_compiler_errors) has all of them, each with its mend.
//!
//! # A conductor
//!
//! [`Registry::collect`] finds every driver that is linked in, a [`Dispatcher`] runs the calls, and
//! `http::router` (feature `http`) is the API. A conductor with a database of its own implements
//! [`NodeStore`] and [`LockStore`]; [`MemoryStore`] is there for everyone else.
//!
//! # What is promised
//!
//! At most one call at a time holds a node's exclusive lock, it is given back however the call ends,
//! and no failure is silent. [What is promised, and what is not](_promises), each sentence with the
//! tests that show it.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `http` | the HTTP API as an `axum::Router` |
//! | `testing` | the driver author's test kit, and the suites that a conductor's own store has to pass |
//!
//! [ironic]: https://docs.openstack.org/ironic/latest/contributor/vendor-passthru.html

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod arguments;
mod body;
mod call;
mod caller;
mod cancellation;
mod conductor;
mod context;
mod dispatcher;
mod driver_info;
mod error;
mod failure;
#[cfg(feature = "http")]
pub mod http;
mod http_method;
mod interface;
mod interruption;
pub mod lenient;
mod limits;
mod listing;
mod lock_store;
mod locks;
mod memory;
pub mod metadata;
mod node;
mod node_call;
mod node_store;
pub mod prelude;
mod properties;
mod registry;
mod run;
mod running;
mod running_call;
mod runs_on;
mod shards;
pub mod signature;
mod spread;
mod sync;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod value;
mod vendor_interface;
mod vendor_methods;
mod workers;

pub mod _compiler_errors;
pub mod _promises;

#[doc(hidden)]
pub mod __private;

pub use ::http::StatusCode;
pub use answer::{Answer, Attachment};
pub use arguments::{InvalidArgument, InvalidArguments};
pub use async_trait::async_trait;
pub use bytes::Bytes;
pub use call::Call;
pub use cancellation::Cancellation;
pub use context::Context;
pub use dispatcher::{Dispatcher, DispatcherBuilder, SettingsError, Shutdown};
pub use driver_info::{DriverInfo, InvalidDriverInfo};
pub use error::{Error, Result, VendorPassthruException};
pub use failure::Failure;
pub use http_method::{HttpMethod, UnknownHttpMethod};
pub use interruption::Interruption;
pub use listing::MethodListing;
pub use lock_store::{Attempt, Holder, LockStore, Reservation};
pub use locks::LockFigures;
pub use memory::{MemoryStore, Taken};
pub use node::{Node, NodeIdent};
pub use node_store::{NodeStore, StoreError};
pub use properties::{Properties, Property};
pub use registry::{Registry, RegistryBuilder, RegistryError};
pub use task::{Exclusive, Shared, Task, Upgraded, Validating};
pub use uuid::Uuid;
pub use value::Refused;
pub use vendor_interface::VendorInterface;
pub use vendor_methods::{VendorMethod, VendorMethods};
pub use vendor_passthru_macros::{driver_passthru, passthru, vendor_interface};
pub use workers::{Worker, WorkerFigures};
