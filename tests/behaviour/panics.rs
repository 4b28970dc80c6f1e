//! B43, B54 and B62: a panic of an author's code, wherever it comes from, is that call's failure
//! and nobody else's.

use std::error::Error as StdError;
use std::fmt;
use std::panic::panic_any;
use std::time::Duration;

use serde::Deserialize;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};
use vendor_passthru::{DispatcherBuilder, Registry};

use crate::support::{Api, Gate, NODE, Seen, assert_fault, assert_recorded, until};

/// Panics in every way there is.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        assert!(!call.method().name.starts_with("invalid"));
        Ok(())
    }

    async fn driver_validate(&self, _context: &Context, call: &Call) -> Result<()> {
        assert!(!call.method().name.starts_with("invalid"));
        Ok(())
    }
}

#[vendor_interface(name = "panics", drivers = ["panics"], default)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn invalid(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("ran");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    fn invalid_blocking(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("ran");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "invalid")]
    async fn driver_invalid(&self, _context: &Context) -> Result<()> {
        self.seen.note("ran");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "panic")]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn driver_panic(&self, _context: &Context) -> Result<()> {
        panic!("in the background")
    }

    /// Holds something that panics when it is dropped, at the end or earlier.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn hold(&self, _task: &mut Task) -> Result<()> {
        let _bomb = Bomb;
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn hold_later(&self, _task: &mut Task) -> Result<()> {
        let _bomb = Bomb;
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn hold_blocking(&self, _task: &mut Task) -> Result<()> {
        let _bomb = Bomb;
        self.gate.pass_blocking();
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "hold_later")]
    async fn driver_hold_later(&self, _context: &Context) -> Result<()> {
        let _bomb = Bomb;
        self.gate.pass().await;
        Ok(())
    }

    /// Panics when its argument is dropped.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn take(&self, _task: &mut Task, _bomb: Bomb) -> Result<()> {
        self.seen.note("took");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn change(&self, task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        task.node_mut().vendor_interface = Some("panics-other".to_owned());
        task.save().await
    }

    /// Panics with something whose drop panics.
    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn payload(&self, _task: &mut Task) -> Result<()> {
        panic_any(Bomb)
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn payload_blocking(&self, _task: &mut Task) -> Result<()> {
        panic_any(Bomb)
    }

    #[passthru(methods = ["POST"])]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn payload_later(&self, _task: &mut Task) -> Result<()> {
        panic_any(Bomb)
    }

    #[passthru(methods = ["POST"])]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn payload_blocking_later(&self, _task: &mut Task) -> Result<()> {
        panic_any(Bomb)
    }

    /// Fails for a reason that panics when it is asked for.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn reason(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("refused").with_source(Unspeakable).into())
    }

    #[passthru(methods = ["POST"])]
    async fn reason_later(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("refused").with_source(Unspeakable).into())
    }

    /// The same when it is cancelled.
    #[passthru(methods = ["POST"])]
    async fn reason_of_end(&self, task: &mut Task) -> Result<()> {
        task.cancelled().await;
        Err(VendorPassthruException::new("stopped").with_source(Unspeakable).into())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

/// The interface that a node of `Vendor` is given meanwhile.
#[derive(Default)]
struct Other;

impl VendorInterface for Other {}

#[vendor_interface(name = "panics-other", drivers = ["panics"])]
impl Other {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn take(&self, _task: &mut Task, bomb: u8) -> Result<u8> {
        Ok(bomb)
    }
}

/// Panics when it is dropped.
#[derive(Deserialize)]
#[serde(from = "u8")]
struct Bomb;

impl From<u8> for Bomb {
    fn from(_: u8) -> Self {
        Self
    }
}

impl Drop for Bomb {
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn drop(&mut self) {
        panic!("in drop")
    }
}

/// Panics when it is to say what it is.
#[derive(Debug)]
struct Unspeakable;

impl fmt::Display for Unspeakable {
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("in Display")
    }
}

impl StdError for Unspeakable {}

fn new() -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::new(vendor))
}

fn panicked(method: &str) -> String {
    format!("the vendor method `{method}` panicked")
}

fn interrupted(method: &str, why: &str) -> String {
    format!(
        "the vendor method `{method}` was interrupted: {why}; what it had begun may or may not \
         have happened"
    )
}

#[tokio::test(start_paused = true)]
async fn b43_a_panic_in_validation_is_500_before_any_202() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| builder.workers(1));
    // With no worker free, one that is taken is a 503.
    let worker = api.dispatcher.take_worker().unwrap();
    for (method, reply) in [
        ("invalid", api.node("POST", "invalid", "").await),
        ("invalid_blocking", api.node("POST", "invalid_blocking", "").await),
        ("invalid", api.driver("panics", "POST", "invalid", "").await),
    ] {
        assert_fault(&reply, 500, &panicked(method));
    }
    drop(worker);
    api.assert_idle().await;
    assert!(vendor.seen.all().is_empty());
    assert_eq!(api.last_error(), None);
    assert!(api.dispatcher.failures().is_empty());
}

#[tokio::test]
async fn b54_a_panic_in_the_drop_of_what_a_method_holds_is_its_failure() {
    let (vendor, api) = new();
    vendor.gate.open(4);
    for method in ["hold", "hold_blocking"] {
        assert_fault(&api.node("POST", method, "").await, 500, &panicked(method));
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
    let reply = api.node("POST", "take", r#"{"bomb": 1}"#).await;
    assert_fault(&reply, 500, &panicked("take"));
    assert_eq!(vendor.seen.all(), ["took"]);

    let accepted = api.node("POST", "hold_later", "").await;
    let driver_accepted = api.driver("panics", "POST", "hold_later", "").await;
    assert_eq!((accepted.status.as_u16(), driver_accepted.status.as_u16()), (202, 202));
    let shutdown = api.dispatcher.shutdown().await;
    assert_eq!((shutdown.interrupted, shutdown.stuck), (0, 0));
    let call = accepted.header("openstack-request-id");
    assert_recorded(api.last_error(), "hold_later", call, &panicked("hold_later"));
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].message, panicked("hold_later"));
    assert_eq!(failures[0].request_id, driver_accepted.header("openstack-request-id"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_panic_in_the_drop_of_a_cancelled_method_is_an_interruption() {
    let seconds = Duration::from_secs;
    let by_shutdown: fn(DispatcherBuilder) -> _ = |b| b.call_timeout(Duration::from_hours(1));
    let by_run_limit: fn(DispatcherBuilder) -> _ = |b| b.run_limit(Duration::from_secs(2));
    for (configure, status, why) in [
        (by_shutdown, 500, "the conductor shut down"),
        (by_run_limit, 504, "it ran longer than 2 s"),
    ] {
        let vendor = Vendor::default();
        let api = Api::configured(vendor.clone(), |builder| {
            configure(builder).shutdown_limit(seconds(20))
        });
        let other = api.add_node("panics", |_| {});
        let call = api.start("hold", "");
        let accepted = api.client.send("POST", &format!("{other}/hold_later"), "").await;
        let driver_accepted = api.driver("panics", "POST", "hold_later", "").await;
        for _ in 0..3 {
            vendor.gate.reached().await;
        }
        assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
        assert_fault(&call.await.unwrap(), status, &interrupted("hold", why));
        let nodes = api.store.nodes();
        let recorded = nodes.iter().find(|node| node.uuid() != NODE).unwrap().last_error.clone();
        let says = interrupted("hold_later", why);
        assert_recorded(recorded, "hold_later", accepted.header("openstack-request-id"), &says);
        let failures = api.dispatcher.failures();
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].message, says);
        assert_eq!(failures[0].request_id, driver_accepted.header("openstack-request-id"));
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b54_a_panic_in_the_drop_of_an_argument_that_no_method_took_changes_nothing() {
    let (vendor, api) = new();
    let body = r#"{"bomb": 1}"#;
    api.lock_for_somebody_else().await;
    assert_fault(&api.node("POST", "take", body).await, 409, "somebody else");

    let gone = api.queue("take", body).await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    until(|| api.dispatcher.locks().waiting == 0).await;

    let deleted = api.queue("take", body).await;
    api.store.remove(NODE);
    assert_fault(&deleted.await.unwrap(), 404, "could not be found");
    assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_panic_in_the_drop_of_an_argument_does_not_hinder_shutting_down() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |b| b.shutdown_limit(Duration::ZERO));
    api.lock_for_somebody_else().await;
    let waiter = api.queue("take", r#"{"bomb": 1}"#).await;
    let shutdown = api.dispatcher.shutdown().await;
    assert_eq!((shutdown.finished, shutdown.interrupted, shutdown.stuck), (0, 1, 0));
    assert_fault(&waiter.await.unwrap(), 503, "the conductor is shutting down");
    assert!(vendor.seen.all().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b54_a_panic_in_the_drop_of_an_argument_does_not_hinder_another_lookup() {
    let vendor = Vendor::default();
    let registry = Registry::builder().interface(vendor.clone()).interface(Other);
    let api = Api::of(registry.build().unwrap(), "panics", |builder| builder);
    let changer = api.start("change", "");
    vendor.gate.reached().await;
    let waiter = api.queue("take", r#"{"bomb": 1}"#).await;
    vendor.gate.open(1);
    assert_eq!(changer.await.unwrap().status, 200);
    let reply = waiter.await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.faultstring());
    assert_eq!(reply.json(), 1);
    api.assert_idle().await;
}

#[tokio::test]
async fn b43_what_a_method_panics_with_may_panic_in_turn() {
    let (_, api) = new();
    for method in ["payload", "payload_blocking"] {
        assert_fault(&api.node("POST", method, "").await, 500, &panicked(method));
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
    for method in ["payload_later", "payload_blocking_later"] {
        let accepted = api.node("POST", method, "").await;
        assert_eq!(accepted.status, 202);
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
        let call = accepted.header("openstack-request-id");
        assert_recorded(api.last_error(), method, call, &panicked(method));
        api.assert_idle().await;
    }
}

/// The log asks for the source of an error, which is its author's code too.
#[tokio::test(start_paused = true)]
async fn b43_a_source_that_panics_does_not_hide_the_failure() {
    let conductor = TestConductor::new(Vendor::default());
    let called = conductor.call(HttpMethod::Post, "reason", json!({})).await;
    assert_eq!((called.status(), called.message().as_str()), (500, "refused"));
    let called = conductor.call(HttpMethod::Post, "reason_later", json!({})).await;
    assert_eq!(called.status(), 202);
    conductor.finished().await;
    let recorded = conductor.last_error().unwrap_or_default();
    assert!(recorded.ends_with(": refused"), "{recorded:?}");
    assert!(!conductor.is_locked().await);
}

#[tokio::test(start_paused = true)]
async fn b43_a_source_that_panics_does_not_hide_an_interruption() {
    let conductor = TestConductor::new(Vendor::default());
    let called = conductor.call(HttpMethod::Post, "reason_of_end", json!({})).await;
    assert_eq!(called.status(), 202);
    assert_eq!(conductor.dispatcher().shutdown().await.interrupted, 1);
    let recorded = conductor.last_error().unwrap_or_default();
    let says = interrupted("reason_of_end", "the conductor shut down");
    assert!(recorded.ends_with(&says), "{recorded:?}");
    assert!(!conductor.is_locked().await);
}
