//! A driver with every key there is, under the harshest lints: whatever they say, they say it of
//! its author's code alone.

#![deny(warnings, missing_docs, unreachable_pub, unused, future_incompatible, rust_2018_idioms)]
#![deny(let_underscore, keyword_idents, nonstandard_style, rust_2024_compatibility)]
#![deny(missing_debug_implementations, missing_copy_implementations, single_use_lifetimes)]
#![deny(trivial_casts, trivial_numeric_casts, unit_bindings, variant_size_differences)]
#![deny(unused_import_braces, unused_lifetimes, unused_qualifications, unused_results)]
#![deny(macro_use_extern_crate, meta_variable_misuse, redundant_lifetimes, non_ascii_idents)]
#![deny(explicit_outlives_requirements, unnameable_types, absolute_paths_not_starting_with_crate)]
#![deny(ambiguous_negative_literals, closure_returning_async_block, deprecated_in_future)]
#![deny(deref_into_dyn_supertrait, ffi_unwind_calls, impl_trait_redundant_captures)]
#![deny(redundant_imports, unstable_features, unused_crate_dependencies, unused_extern_crates)]
#![deny(unused_macro_rules)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo, clippy::restriction)]
#![forbid(unsafe_code)]
#![expect(clippy::cargo_common_metadata, reason = "it is never published")]
#![expect(clippy::multiple_crate_versions, reason = "not this crate's to say")]
#![expect(clippy::blanket_clippy_restriction_lints, reason = "any of them may look at our code")]
#![cfg_attr(
    not(test),
    expect(clippy::missing_docs_in_private_items, reason = "the author's own way")
)]
#![expect(
    clippy::arbitrary_source_item_ordering,
    clippy::implicit_return,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::question_mark_used,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "the author's own ways, which contradict other lints here"
)]

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use vendor_passthru::prelude::*;

/// How long resetting the BMC may take.
const LONG: Duration = Duration::from_mins(10);

/// A vendor interface with state.
#[derive(Debug)]
pub struct Sandbox {
    name: String,
    version: u32,
}

impl VendorInterface for Sandbox {
    fn get_properties(&self) -> Properties {
        Properties::new().optional("sandbox_address", "Address of the BMC.")
    }
}

/// What a sensor reads.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reading {
    celsius: u8,
}

/// What was asked for, as one value.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Request {
    sensor: u8,
}

#[vendor_interface(
    name = "sandbox",
    drivers = ["sandbox", "sandbox-2"],
    default = true,
    new = Self::open,
    crate = ::vendor_passthru
)]
impl Sandbox {
    /// What a registry makes.
    #[must_use]
    pub fn open() -> Self {
        Self { name: "sandbox".to_owned(), version: 1 }
    }

    /// Sends raw bytes to the BMC.
    ///
    /// # Errors
    ///
    /// When there are none.
    #[passthru(
        methods = ["POST", "PUT", "PATCH"],
        method = "send-raw",
        async_call = true,
        call_timeout = Duration::from_secs(5),
        run_limit = LONG,
    )]
    pub async fn send_raw(
        &self,
        task: &mut Task,
        #[arg(name = "rawBytes", secret)] raw_bytes: Vec<u8>,
        #[arg(default)] retry: bool,
        #[arg(default = 3, secret = true)] attempts: u8,
        timeout: Option<u32>,
    ) -> Result<()> {
        task.node_mut().instance_info.clear();
        if raw_bytes.is_empty() {
            let message = format!("no bytes to send {attempts} times ({retry}, {timeout:?})");
            return Err(VendorPassthruException::new(message).with_status(502).into());
        }
        task.save().await
    }

    /// Reads a sensor.
    ///
    /// # Errors
    ///
    /// None.
    #[passthru(
        methods = ["GET"],
        async_call = false,
        require_exclusive_lock = false
    )]
    pub async fn read(
        &self,
        task: &Task<Shared>,
        #[args] request: Request,
        http_method: HttpMethod,
    ) -> Result<Vec<Reading>> {
        let celsius = u8::try_from(self.name().await.len()).unwrap_or_default();
        if task.node().driver_info.is_empty() && http_method == HttpMethod::Post {
            return Ok(Vec::new());
        }
        Ok(vec![Reading { celsius: celsius.saturating_add(request.sensor) }])
    }

    #[passthru(
        methods = ["GET"],
        description = "The BMC's own log.",
        async_call = false,
        attach = true,
        require_exclusive_lock = true
    )]
    fn log(&self, task: &Task) -> Result<Attachment> {
        let name =
            task.node().name.as_ref().ok_or_else(|| VendorPassthruException::new("no name"))?;
        Ok(Attachment::new(format!("{name}: {}", self.name)).with_content_type("text/plain"))
    }

    #[driver_passthru(methods = ["DELETE"], async = false)]
    fn version(&self, context: &Context) -> Result<u32, VendorPassthruException> {
        if context.has_role("nobody") {
            return Err(VendorPassthruException::new("nobody may ask"));
        }
        Ok(self.version)
    }

    #[driver_passthru(methods = ["POST"], run_limit = LONG)]
    async fn reset(&self, _context: &Context) -> Result {
        let _name = self.name().await;
        Ok(())
    }

    /// All that its shape prescribes and its body has no use for.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn into_idle(
        &self,
        _task: &mut Task,
        names: Vec<String>,
        number: Option<u8>,
    ) -> Result<bool> {
        Ok(names.is_empty() && number.is_none())
    }

    /// The same once more, whose author expects what is said of it.
    #[passthru(methods = ["POST"])]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "it does nothing yet")]
    fn expecting(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    async fn name(&self) -> &str {
        ready(self.name.as_str()).await
    }
}

/// The sandbox once more, with other methods.
#[derive(Debug)]
pub struct Extending {
    sandbox: Arc<Sandbox>,
}

impl VendorInterface for Extending {}

impl Default for Extending {
    fn default() -> Self {
        Self { sandbox: Arc::new(Sandbox::open()) }
    }
}

#[vendor_interface(
    name = "extending",
    drivers = ["extending"],
    extends = self.sandbox,
    removes = ["into_idle"]
)]
impl Extending {
    #[driver_passthru(methods = ["DELETE"], async_call = false, overrides)]
    fn version(&self, context: &Context) -> Result<u32, VendorPassthruException> {
        Ok(self.sandbox.version(context)?.saturating_add(1))
    }
}

#[cfg(test)]
#[expect(
    clippy::default_numeric_fallback,
    clippy::std_instead_of_alloc,
    reason = "a test is short"
)]
mod tests {
    use std::collections::BTreeMap;

    use vendor_passthru::prelude::*;
    use vendor_passthru::testing::{TestConductor, json};

    use super::Sandbox;

    #[tokio::test]
    async fn it_answers() {
        let conductor = TestConductor::new(Sandbox::open());
        let read = conductor.call(HttpMethod::Get, "read", json!({"sensor": 1})).await;
        assert_eq!(read.value::<[BTreeMap<String, u8>; 1]>(), [[("celsius".to_owned(), 8)].into()]);
        let log = conductor.call(HttpMethod::Get, "log", json!({})).await;
        assert_eq!(log.status(), 200);
        let version = conductor.call_driver(HttpMethod::Delete, "version", json!({})).await;
        assert_eq!(version.value::<u32>(), 1);
        let sent = conductor.call(HttpMethod::Put, "send-raw", json!({"rawBytes": []})).await;
        assert_eq!(sent.status(), 202);
        let idle = conductor.call(HttpMethod::Post, "into_idle", json!({"names": []})).await;
        assert!(idle.value::<bool>());
        let reset = conductor.call_driver(HttpMethod::Post, "reset", json!({})).await;
        assert_eq!(reset.status(), 202);
        conductor.finished().await;
        let failed = conductor.last_error();
        assert!(failed.is_some_and(|error| error.contains("no bytes to send 3 times")));
    }
}
