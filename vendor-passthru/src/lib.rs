//! Vendor-specific methods of bare-metal drivers, on a conductor's HTTP API.
//!
//! The author of a driver writes one Rust method and one attribute; a conductor that embeds this
//! crate serves it at the URLs of OpenStack Ironic's vendor passthru, so that Ironic's own clients
//! can call it.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod arguments;
mod body;
mod call;
mod conductor;
mod context;
mod dispatcher;
mod error;
mod failure;
#[cfg(feature = "http")]
pub mod http;
mod http_method;
mod interface;
mod listing;
mod lock_store;
mod locks;
mod memory;
pub mod metadata;
mod node;
mod node_store;
pub mod prelude;
mod properties;
mod registry;
mod running;
mod shards;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod vendor_interface;
mod vendor_methods;
mod workers;

#[doc(hidden)]
pub mod __private;

pub use ::http::StatusCode;
pub use answer::{Answer, Attachment};
pub use arguments::{InvalidArgument, InvalidArguments};
pub use async_trait::async_trait;
pub use bytes::Bytes;
pub use call::Call;
pub use context::Context;
pub use dispatcher::{Dispatcher, DispatcherBuilder, SettingsError, Shutdown};
pub use error::{Error, Result, VendorPassthruException};
pub use failure::Failure;
pub use http_method::{HttpMethod, UnknownHttpMethod};
pub use listing::MethodListing;
pub use lock_store::{Attempt, Holder, LockStore, Reservation};
pub use locks::LockFigures;
pub use memory::{MemoryStore, Taken};
pub use node::{Node, NodeIdent};
pub use node_store::{NodeStore, StoreError};
pub use properties::{Properties, Property};
pub use registry::{Registry, RegistryBuilder, RegistryError};
pub use task::{Exclusive, Shared, Task, Validating};
pub use uuid::Uuid;
pub use vendor_interface::VendorInterface;
pub use vendor_methods::{VendorMethod, VendorMethods};
pub use vendor_passthru_macros::{driver_passthru, passthru, vendor_interface};
pub use workers::{Worker, WorkerFigures};
