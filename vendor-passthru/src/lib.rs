//! Puts a vendor-specific method of a bare-metal driver on your conductor's HTTP API, by one Rust
//! method and one attribute.
//!
//! It does the job of [OpenStack Ironic's vendor passthru][ironic] for conductors written in Rust:
//! the same words, URLs and status codes, so that Ironic's own clients call it.
//!
//! # A driver
//!
//! ```
//! use vendor_passthru::prelude::*;
//!
//! /// Vendor methods of the `my` driver.
//! #[derive(Default)]
//! pub struct MyVendor;
//!
//! impl VendorInterface for MyVendor {}
//!
//! #[vendor_interface(name = "my", drivers = ["my"])]
//! impl MyVendor {
//!     /// Versions of the firmware that the driver knows.
//!     #[driver_passthru(methods = ["GET"], async_call = false)]
//!     async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
//!         Ok(vec!["1.0", "1.1"])
//!     }
//!
//!     /// Send raw bytes to the BMC.
//!     #[passthru(methods = ["POST"])]
//!     async fn send_raw(&self, task: &mut Task, raw_bytes: String) -> Result<()> {
//!         let address = task.node().driver_info.get("my_address");
//!         println!("{raw_bytes} to {address:?}"); // the BMC is asked here
//!         Ok(())
//!     }
//! }
//! ```
//!
//! # What just happened
//!
//! [`macro@vendor_interface`] left the code as it is, made of each attribute a constant with what the
//! method is, and put the interface on a list that the linker collects. From now on
//!
//! * `versions` answers a GET of the *driver* with JSON. It needs no node.
//! * `send_raw` answers a POST to a *node* with 202, and runs in the background. It takes `raw_bytes`
//!   out of the JSON object in the request; what is missing, unknown or of another type is a 400 before
//!   anything runs. While it runs, its [`Task`] holds the node's exclusive lock: any other exclusive call
//!   waits, and gets a 409 after three seconds. The lock is given back however the method ends, and an
//!   error stands in the node's `last_error`.
//! * `GET ../vendor_passthru/methods` lists both, with the first lines of their comments.
//!
//! A mistake is one error of the compiler's at the wrong words; [Compiler errors and what they
//! mean](_compiler_errors) has all of them.
//!
//! # In a conductor
//!
//! A conductor names the crates of its drivers, which links them, and serves what they put on the list.
//! The router is behind the feature `http`:
//!
#![cfg_attr(feature = "http", doc = "```standalone_crate,no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
//! # #[cfg(any())]
//! use my_driver as _; // a crate that is never named is not linked
//! use vendor_passthru::{Dispatcher, MemoryStore, Node, Registry, Uuid, http};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let nodes = MemoryStore::new();
//!     nodes.insert(Node::new(Uuid::new_v4(), "my"))?;
//!     let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
//!     let app = http::router(dispatcher, http::AllowAll);
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:6385").await?;
//!     axum::serve(listener, app).await?;
//!     Ok(())
//! }
//! ```
//!
//! [`Registry::collect`] takes what is on the list, a [`Dispatcher`] runs the calls, and a
//! [`NodeStore`] and a [`LockStore`] are where nodes and their locks are kept: [`MemoryStore`] here, a
//! database in a conductor that shares its nodes with others.
//!
//! # Calling it
//!
//! ```console
//! $ curl 127.0.0.1:6385/v1/drivers/my/vendor_passthru/versions
//! ["1.0","1.1"]
//! $ curl -X POST 127.0.0.1:6385/v1/nodes/$NODE/vendor_passthru/send_raw -d '{"raw_bytes": "0x06"}'
//! $ baremetal node passthru call $NODE send_raw --arg raw_bytes=0x06
//! ```
//!
//! # Where to go next
//!
//! | you | read |
//! |---|---|
//! | write a **driver** | the [tutorial](_tutorial), ten steps from an empty folder to a tested IPMI driver; the [cookbook](_cookbook); the keys of [`macro@passthru`] and [`macro@driver_passthru`]; [`VendorInterface`], [`Task`], [`Error`] |
//! | build a **conductor** | the [concepts](_concepts); [`Dispatcher`] and its [builder](DispatcherBuilder); [a conductor with its own database](_cookbook); what is [promised](_promises), with the tests that show it |
//! | **operate** one | the [limits](_limits) and what clients see when one is reached; the [questions](_faq) |
//! | come from **Ironic** | [porting](_porting): a table and an example, from a decorator to an attribute |
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | (none) | macros, registry, dispatcher, locks, workers, nodes in memory |
//! | `http` | `http::router`, the API as an `axum::Router` |
//! | `testing` | `TestConductor`, the driver author's test kit, and the suites that a conductor's own store has to pass |
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
#[doc(alias = "async")]
#[doc(alias = "send_raw")]
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
pub mod _concepts;
pub mod _cookbook;
pub mod _faq;
pub mod _limits;
pub mod _porting;
pub mod _promises;
pub mod _tutorial;

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
