//! # Compiler errors and what they mean
//!
//! To find a message, search this page for a part of it that has no names of yours: here the method
//! is called `send_raw`, the type that it belongs to `Vendor`. A path may be longer or shorter than
//! in your message: the compiler writes `vendor_passthru::Task` where another crate has a `Task`.
//!
//! Each entry is one mistake: what the compiler answers, why the mistake is refused, and the code
//! before (`-`) and after it is mended (`+`). All of it is made from tests, so the messages are
//! those of the compiler in `rust-toolchain.toml`, word for word, and every mend compiles.
//!
#![doc = include_str!("_compiler_errors.md")]
