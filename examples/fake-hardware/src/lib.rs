//! The `fake` vendor interface of Ironic's `fake-hardware`: same names, verbs, modes and results,
//! and a few methods more for tests of conductors and clients.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};
use vendor_passthru::prelude::*;

/// Vendor methods that need no hardware.
#[derive(Debug, Default)]
pub struct FakeVendor;

impl VendorInterface for FakeVendor {
    fn get_properties(&self) -> Properties {
        Properties::new().optional("B1", "B1 description.").optional("B2", "B2 description.")
    }

    /// As in Ironic, the three methods with a `bar` refuse an empty one.
    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        let method = call.method().name;
        if !matches!(method, "second_method" | "third_method_sync" | "fourth_method_shared_lock") {
            return Ok(());
        }
        if call.argument::<String>("bar")?.is_empty() {
            let message = format!("Parameter 'bar' not passed to method '{method}'.");
            return Err(Error::MissingParameterValue(message));
        }
        Ok(())
    }
}

#[vendor_interface(name = "fake", drivers = ["fake-hardware"])]
impl FakeVendor {
    /// Test if the value of bar is kazoo
    #[passthru(methods = ["POST"])]
    async fn second_method(&self, _task: &mut Task, bar: String) -> Result<()> {
        tracing::debug!(is_kazoo = bar == "kazoo", "an asynchronous method has nobody to tell");
        Ok(())
    }

    /// Test if the value of bar is meow
    #[passthru(methods = ["POST"], async_call = false)]
    async fn third_method_sync(&self, _task: &mut Task, bar: String) -> Result<bool> {
        Ok(bar == "meow")
    }

    /// Test if the value of bar is woof
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn fourth_method_shared_lock(&self, _task: &Task<Shared>, bar: String) -> Result<()> {
        tracing::debug!(is_woof = bar == "woof", "an asynchronous method has nobody to tell");
        Ok(())
    }

    /// Test pass-through to wait.
    #[passthru(methods = ["POST"])]
    async fn log_passthrough(
        &self,
        _task: &mut Task,
        #[args] arguments: Map<String, Value>,
    ) -> Result<()> {
        tracing::debug!(?arguments, "log_passthrough called");
        Ok(())
    }

    /// Holds the node for some seconds, and answers then.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn sleep_sync(&self, _task: &mut Task, seconds: Seconds) -> Result<()> {
        tokio::time::sleep(seconds.0).await;
        Ok(())
    }

    /// Answers after some seconds, beside other calls on the node.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn sleep_shared(&self, _task: &Task<Shared>, seconds: Seconds) -> Result<()> {
        tokio::time::sleep(seconds.0).await;
        Ok(())
    }

    /// Holds the node for some seconds, in the background.
    #[passthru(methods = ["POST"])]
    async fn sleep_async(&self, _task: &mut Task, seconds: Seconds) -> Result<()> {
        tokio::time::sleep(seconds.0).await;
        Ok(())
    }

    /// Fails with this status and message.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail(&self, _task: &mut Task, status: u16, message: String) -> Result<()> {
        Err(VendorPassthruException::new(message).with_status(status).into())
    }

    /// Fails with this message, in the background.
    #[passthru(methods = ["POST"])]
    async fn fail_async(&self, _task: &mut Task, message: String) -> Result<()> {
        Err(VendorPassthruException::new(message).into())
    }

    /// Panics.
    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic(&self, _task: &mut Task) -> Result<()> {
        panic!("a driver with a defect")
    }

    /// A few bytes that are no JSON.
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn attach(&self, _task: &mut Task) -> Result<Attachment> {
        Ok(Attachment::new("\u{0}fake firmware log\n").with_content_type("text/plain"))
    }

    /// Answers its arguments.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn echo(
        &self,
        _task: &Task<Shared>,
        #[args] arguments: Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        Ok(arguments)
    }
}

/// A time from 0 seconds to a day, as a number.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "f64")]
pub struct Seconds(Duration);

impl TryFrom<f64> for Seconds {
    type Error = &'static str;

    fn try_from(seconds: f64) -> Result<Self, &'static str> {
        if !(0.0..=86_400.0).contains(&seconds) {
            return Err("expected a number of seconds from 0 to 86400");
        }
        Ok(Self(Duration::from_secs_f64(seconds)))
    }
}

#[cfg(test)]
mod tests {
    use vendor_passthru::metadata::Lock;
    use vendor_passthru::testing::{TestConductor, json};

    use super::*;

    #[tokio::test]
    async fn the_methods_of_ironic_compare_bar() {
        let conductor = TestConductor::new(FakeVendor);
        for (bar, same) in [("meow", true), ("woof", false)] {
            let call = conductor.call(HttpMethod::Post, "third_method_sync", json!({"bar": bar}));
            assert_eq!(call.await.value::<bool>(), same);
        }
        for method in ["second_method", "fourth_method_shared_lock"] {
            let called = conductor.call(HttpMethod::Post, method, json!({"bar": "x"})).await;
            assert_eq!(called.status(), 202);
        }
    }

    #[tokio::test]
    async fn an_empty_bar_is_refused_by_validate() {
        let conductor = TestConductor::new(FakeVendor);
        for method in ["second_method", "third_method_sync", "fourth_method_shared_lock"] {
            let called = conductor.call(HttpMethod::Post, method, json!({"bar": ""})).await;
            assert_eq!(called.status(), 400);
            assert!(called.message().contains(method), "{}", called.message());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn sleeping_holds_the_node_only_under_the_exclusive_lock() {
        let conductor = TestConductor::new(FakeVendor);
        for (method, lock) in [
            ("sleep_sync", Lock::Exclusive),
            ("sleep_async", Lock::Exclusive),
            ("sleep_shared", Lock::Shared),
        ] {
            let called = conductor.call(HttpMethod::Post, method, json!({"seconds": 0.5})).await;
            assert_eq!(called.lock(), Some(lock), "{method}");
        }
        let called = conductor.call(HttpMethod::Post, "sleep_sync", json!({"seconds": -1})).await;
        assert_eq!(called.status(), 400);
    }

    #[tokio::test]
    async fn failures_are_answered_or_recorded() {
        let conductor = TestConductor::new(FakeVendor);
        let arguments = json!({"status": 418, "message": "no coffee"});
        let called = conductor.call(HttpMethod::Post, "fail", arguments).await;
        assert_eq!((called.status(), called.message().as_str()), (418, "no coffee"));
        assert_eq!(conductor.call(HttpMethod::Post, "panic", json!({})).await.status(), 500);

        conductor.call(HttpMethod::Post, "fail_async", json!({"message": "no tea"})).await;
        conductor.finished().await;
        assert!(conductor.last_error().unwrap().ends_with("no tea"));
    }

    #[tokio::test]
    async fn echo_and_attach_answer_what_they_have() {
        let conductor = TestConductor::new(FakeVendor);
        let arguments = json!({"any": [1, {"thing": null}], "method": "x"});
        let called = conductor.call(HttpMethod::Post, "echo", &arguments).await;
        assert_eq!(called.value::<Value>(), arguments);
        let called = conductor.call(HttpMethod::Get, "attach", json!({})).await;
        let Ok(vendor_passthru::Answer::Attachment(attachment)) = called.result() else {
            panic!("expected an attachment, found {called:?}");
        };
        assert_eq!(attachment.bytes(), "\0fake firmware log\n");
    }
}
