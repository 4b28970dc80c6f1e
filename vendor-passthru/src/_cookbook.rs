//! # Cookbook
//!
//! One problem a page: what it is, a whole program that solves it, why it is done so, and what to watch
//! for. Each program runs as a test of this documentation.
//!
//! For authors of drivers:
//!
//! * [Attach bytes](attach_bytes): a file is answered as it is, with its content type.
//! * [Progress of long work](progress): a method runs for hours, another one tells how far it is.
//! * [A read beside a writer](shared_read): a `GET` that works on a locked node.
//! * [A library that blocks](blocking_library): plain `fn` methods, and what can cancel them.
//! * [An error of your own, with its status](error_with_status): what the client reads, and the log.
//! * [Helper functions under a lock](helpers_under_a_lock): the compiler knows which need one.
//! * [Methods that interfaces share](sharing_methods): extend, override, remove.
//! * [A test without a server](test_without_server): what a client and an operator would see.
//!
//! For authors of conductors:
//!
//! * [An instance with a configuration](configured_instance): settings of a driver that is linked in.
//! * [A conductor with its own database](own_database): a store, and the suites that try it.
//!
//! Most programs have the features `testing` of this crate and `macros`, `rt` and `test-util` of tokio:
//!
//! ```console
//! $ cargo add --dev vendor-passthru -F testing
//! $ cargo add --dev tokio -F macros,rt,test-util
//! ```

pub mod attach_bytes;
pub mod blocking_library;
pub mod configured_instance;
pub mod error_with_status;
pub mod helpers_under_a_lock;
pub mod own_database;
pub mod progress;
pub mod shared_read;
pub mod sharing_methods;
pub mod test_without_server;
