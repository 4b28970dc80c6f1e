//! B56 and B68: how a method is told that it is to come to an end, and what it can do then.

use std::time::Duration;

use tokio::time::{advance, sleep};
use vendor_passthru::prelude::*;
use vendor_passthru::{Cancellation, DispatcherBuilder, LockStore};

use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, assert_recorded, until};

/// Hears of its end in every way there is.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {
    async fn validate(&self, task: &Task<Validating>, call: &Call) -> Result<()> {
        if call.method().name.starts_with("checked") {
            self.gate.pass().await;
            task.cancelled().await;
            self.seen.note(format!("validation cancelled: {}", task.is_cancelled()));
        }
        Ok(())
    }
}

#[vendor_interface(name = "cancelling", drivers = ["cancelling"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn waits(&self, task: &mut Task) -> Result<bool> {
        self.gate.pass().await;
        task.cancelled().await;
        Ok(task.is_cancelled())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn waits_shared(&self, task: &Task<Shared>) -> Result<bool> {
        self.gate.pass().await;
        task.cancelled().await;
        Ok(task.is_cancelled())
    }

    /// Passes it on to a task of its own.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn spawns(&self, task: &mut Task) -> Result<bool> {
        let cancellation = task.cancellation();
        let spawned = tokio::spawn({
            let gate = self.gate.clone();
            async move {
                gate.pass().await;
                cancellation.cancelled().await;
                cancellation.is_cancelled()
            }
        });
        Ok(spawned.await.unwrap_or_default())
    }

    /// What it waits for ends, and then does not.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn runs_until(&self, task: &mut Task) -> Result<(Option<u8>, Option<u8>, Option<u8>)> {
        let cancellation = task.cancellation();
        let first = cancellation.run_until_cancelled(async { 1 }).await;
        let _dropped = Note(self.seen.clone(), "dropped");
        let second = cancellation.run_until_cancelled(async {
            let _dropped = Note(self.seen.clone(), "dropped first");
            self.gate.pass().await;
            std::future::pending().await
        });
        let second = second.await;
        let third = cancellation.run_until_cancelled(std::future::pending()).await;
        Ok((first, second, third))
    }

    #[driver_passthru(methods = ["POST"], method = "waits", async_call = false)]
    async fn driver_waits(&self, context: &Context) -> Result<bool> {
        self.gate.pass().await;
        context.cancellation().cancelled().await;
        Ok(context.cancellation().is_cancelled())
    }

    /// Takes this many seconds to come to an end.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn ends_in(&self, task: &mut Task, seconds: u64) -> Result<u64> {
        self.gate.pass().await;
        let _end = Note(self.seen.clone(), "end");
        task.cancelled().await;
        sleep(Duration::from_secs(seconds)).await;
        self.seen.note("done");
        Ok(seconds)
    }

    #[passthru(methods = ["POST"])]
    async fn ends_later(&self, task: &mut Task, seconds: u64) -> Result<()> {
        self.gate.pass().await;
        let _end = Note(self.seen.clone(), "end");
        task.cancelled().await;
        sleep(Duration::from_secs(seconds)).await;
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fails_then(&self, task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        task.cancelled().await;
        Err(VendorPassthruException::new("stopped").with_status(418).into())
    }

    /// Tells how saving and upgrading went after it was cancelled.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn saves_then(&self, task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        task.cancelled().await;
        task.node_mut().name = Some("saved".to_owned());
        self.seen.note(outcome(&task.save().await));
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrades_then(&self, task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        task.cancelled().await;
        self.seen.note(outcome(&task.upgrade_lock().await));
        Ok(())
    }

    /// Waits for a lock that it gets when it is to end.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrades(&self, task: &Task<Shared>) -> Result<()> {
        self.seen.note(outcome(&task.upgrade_lock().await));
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn checked(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("ran");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    fn checked_blocking(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("ran");
        Ok(())
    }

    /// Tells whether it was ever cancelled, at its end and after it.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn ordinary(&self, task: &mut Task) -> Result<bool> {
        self.note_afterwards(task.cancellation());
        Ok(task.is_cancelled())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn ordinary_blocking(&self, task: &mut Task) -> Result<bool> {
        self.note_afterwards(task.cancellation());
        Ok(task.is_cancelled())
    }

    #[driver_passthru(methods = ["POST"], method = "ordinary", async_call = false)]
    async fn driver_ordinary(&self, context: &Context) -> Result<bool> {
        self.note_afterwards(context.cancellation());
        Ok(context.cancellation().is_cancelled())
    }
}

impl Vendor {
    fn note_afterwards(&self, cancellation: Cancellation) {
        let seen = self.seen.clone();
        tokio::spawn(async move {
            cancellation.cancelled().await;
            seen.note("cancelled");
        });
    }
}

fn outcome<T>(result: &Result<T>) -> String {
    match result {
        Ok(_) => "succeeded".to_owned(),
        Err(Error::Interrupted { method, .. }) => format!("interrupted {method}"),
        Err(error) => error.to_string(),
    }
}

/// Notes that it was dropped.
struct Note(Seen, &'static str);

impl Drop for Note {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn with(configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder) -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::configured(vendor, configure))
}

/// A conductor whose calls are cancelled after two seconds.
fn limited() -> (Vendor, Api) {
    with(|builder| builder.run_limit(seconds(2)))
}

fn interrupted(method: &str, why: &str) -> String {
    format!(
        "the vendor method `{method}` was interrupted: {why}; what it had begun may or may not \
         have happened"
    )
}

#[tokio::test(start_paused = true)]
async fn b56_a_method_hears_of_its_end_in_whichever_way_it_listens() {
    let (vendor, api) = limited();
    vendor.gate.open(9);
    for reply in [
        after(2, api.node("POST", "waits", "")).await,
        after(2, api.node("POST", "waits_shared", "")).await,
        after(2, api.node("POST", "spawns", "")).await,
        after(2, api.driver("cancelling", "POST", "waits", "")).await,
    ] {
        // It ended by itself: what it says counts.
        assert_eq!((reply.status.as_u16(), reply.json()), (200, true.into()));
        api.assert_idle().await;
    }
    assert_eq!(api.last_error(), None);
}

#[tokio::test(start_paused = true)]
async fn b56_a_future_runs_until_its_method_is_cancelled() {
    let (vendor, api) = limited();
    vendor.gate.open(1);
    let reply = after(2, api.node("POST", "runs_until", "")).await;
    assert_eq!(reply.json(), serde_json::json!([1, null, null]));
    assert_eq!(vendor.seen.all(), ["dropped first", "dropped"]);
}

#[tokio::test]
async fn b56_outside_of_a_call_nothing_is_cancelled() {
    for cancellation in [Cancellation::default(), Context::new().cancellation()] {
        assert!(!cancellation.is_cancelled());
        assert_eq!(cancellation.run_until_cancelled(async { 1 }).await, Some(1));
    }
}

#[tokio::test(start_paused = true)]
async fn b56_a_call_that_ends_by_itself_is_never_cancelled() {
    let (vendor, api) = with(|builder| builder.run_limit(seconds(2)).call_timeout(seconds(1)));
    for reply in [
        api.node("POST", "ordinary", "").await,
        api.node("POST", "ordinary_blocking", "").await,
        api.driver("cancelling", "POST", "ordinary", "").await,
    ] {
        assert_eq!((reply.status.as_u16(), reply.json()), (200, false.into()));
    }
    api.dispatcher.shutdown().await;
    advance(seconds(7200)).await;
    assert!(vendor.seen.all().is_empty());
}

/// Neither a caller that goes away nor one whose patience ends cancels its call.
#[tokio::test(start_paused = true)]
async fn b66_a_caller_that_is_gone_cancels_nothing() {
    for goes_away in [true, false] {
        let (vendor, api) = with(|builder| builder.call_timeout(seconds(1)));
        let call = api.start("ends_in", r#"{"seconds": 0}"#);
        vendor.gate.reached().await;
        if goes_away {
            call.abort();
            assert!(call.await.unwrap_err().is_cancelled());
        } else {
            assert_eq!(after(1, call).await.unwrap().status, 504);
        }
        vendor.gate.open(1);
        // Not yet the hour that a method has.
        sleep(seconds(3590)).await;
        assert!(vendor.seen.all().is_empty());
        assert!(api.is_locked().await);
    }
}

#[tokio::test(start_paused = true)]
async fn b68_a_method_that_ends_within_the_grace_has_finished() {
    let (vendor, api) = with(|builder| builder.shutdown_limit(seconds(2)));
    let other = api.add_node("cancelling", |_| {});
    let call = api.start("ends_in", r#"{"seconds": 4}"#);
    let body = r#"{"seconds": 4}"#;
    let accepted = api.client.send("POST", &format!("{other}/ends_later"), body).await;
    assert_eq!(accepted.status, 202);
    for _ in 0..2 {
        vendor.gate.reached().await;
    }
    vendor.gate.open(2);
    let shutdown = after(6, api.dispatcher.shutdown()).await;
    assert_eq!((shutdown.finished, shutdown.interrupted, shutdown.stuck), (2, 0, 0));
    let reply = call.await.unwrap();
    assert_eq!((reply.status.as_u16(), reply.json()), (200, 4.into()));
    assert_eq!(vendor.seen.all(), ["done", "end", "done", "end"]);
    assert!(api.store.nodes().iter().all(|node| node.last_error.is_none()));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_a_method_that_takes_longer_than_the_grace_is_dropped() {
    for (grace, default) in [(5, true), (1, false), (20, false)] {
        let (vendor, api) = with(|builder| {
            let builder = builder.shutdown_limit(seconds(2));
            if default { builder } else { builder.cancellation_grace(seconds(grace)) }
        });
        let other = api.add_node("cancelling", |_| {});
        let body = r#"{"seconds": 30}"#;
        let call = api.start("ends_in", body);
        let accepted = api.client.send("POST", &format!("{other}/ends_later"), body).await;
        for _ in 0..2 {
            vendor.gate.reached().await;
        }
        vendor.gate.open(2);
        let shutdown = after(2 + grace, api.dispatcher.shutdown()).await;
        assert_eq!((shutdown.finished, shutdown.interrupted, shutdown.stuck), (0, 2, 0));
        let why = "the conductor shut down";
        assert_fault(&call.await.unwrap(), 500, &interrupted("ends_in", why));
        assert_eq!(vendor.seen.all(), ["end", "end"]);
        let nodes = api.store.nodes();
        let recorded = nodes.iter().find(|node| node.uuid() != NODE).unwrap().last_error.clone();
        let request = accepted.header("openstack-request-id");
        assert_recorded(recorded, "ends_later", request, &interrupted("ends_later", why));
        assert!(nodes.iter().any(|node| node.uuid() == NODE && node.last_error.is_none()));
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b54_a_method_without_any_grace_is_dropped_at_once() {
    let (vendor, api) =
        with(|builder| builder.run_limit(seconds(2)).cancellation_grace(Duration::ZERO));
    vendor.gate.open(1);
    let reply = after(2, api.node("POST", "ends_in", r#"{"seconds": 1}"#)).await;
    assert_fault(&reply, 504, &interrupted("ends_in", "it ran longer than 2 s"));
    assert_eq!(vendor.seen.all(), ["end"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_what_a_cancelled_method_fails_with_is_an_interruption() {
    let (vendor, api) = limited();
    vendor.gate.open(1);
    let reply = after(2, api.node("POST", "fails_then", "")).await;
    assert_fault(&reply, 504, &interrupted("fails_then", "it ran longer than 2 s"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_after_its_cancellation_a_method_stores_and_reserves_nothing() {
    let (vendor, api) = limited();
    vendor.gate.open(2);
    let before = api.store.nodes();
    for method in ["saves_then", "upgrades_then"] {
        assert_eq!(after(2, api.node("POST", method, "")).await.status, 200);
        api.assert_idle().await;
    }
    assert_eq!(vendor.seen.all(), ["interrupted saves_then", "interrupted upgrades_then"]);
    assert_eq!(api.store.nodes(), before);
}

#[tokio::test(start_paused = true)]
async fn b56_an_upgrade_that_comes_after_the_cancellation_is_refused() {
    let (vendor, api) = limited();
    let patient = api.dispatcher.with_node_locked_retry(100, seconds(1));
    let fence = api.lock_for_somebody_else().await;
    let call = tokio::spawn(async move {
        let context = Context::new();
        let call = patient.node_passthru(&context, NODE, "upgrades", HttpMethod::Post, "");
        call.await.map(drop)
    });
    until(|| api.dispatcher.locks().waiting == 1).await;
    // Well within the grace.
    sleep(seconds(4)).await;
    api.store.release(NODE, fence).await.unwrap();
    call.await.unwrap().unwrap();
    assert_eq!(vendor.seen.all(), ["interrupted upgrades"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_what_is_cancelled_while_it_is_validated_never_runs() {
    for method in ["checked", "checked_blocking"] {
        let (vendor, api) = limited();
        vendor.gate.open(1);
        let reply = after(2, api.node("POST", method, "")).await;
        assert_fault(&reply, 504, &interrupted(method, "it ran longer than 2 s"));
        assert_eq!(vendor.seen.all(), ["validation cancelled: true"]);
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
}
