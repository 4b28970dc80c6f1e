//! B67 and B54: how long a call is waited for, how long it may run, and what it leaves behind
//! when that is over.

use std::future::pending;
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::advance;
use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, DispatcherBuilder};

use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, assert_recorded, at_once, until};

/// Takes as long as a test wants.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "limits", drivers = ["limits"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn wait(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, call_timeout = Duration::from_secs(7))]
    async fn wait_seven(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[driver_passthru(
        methods = ["POST"],
        method = "wait_seven",
        async_call = false,
        call_timeout = Duration::from_secs(7),
    )]
    async fn driver_wait_seven(&self, _context: &Context) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    fn fail_blocking(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass_blocking();
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        panic!("late")
    }

    #[driver_passthru(methods = ["POST"], method = "fail", async_call = false)]
    async fn driver_fail(&self, _context: &Context) -> Result<()> {
        self.gate.pass().await;
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn endless(&self, _task: &mut Task) -> Result<()> {
        pending().await
    }

    #[passthru(methods = ["POST"])]
    async fn endless_later(&self, _task: &mut Task) -> Result<()> {
        pending().await
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn endless_shared(&self, _task: &Task<Shared>) -> Result<()> {
        pending().await
    }

    #[driver_passthru(methods = ["POST"], method = "endless_later")]
    async fn driver_endless_later(&self, _context: &Context) -> Result<()> {
        pending().await
    }

    #[passthru(methods = ["POST"], async_call = false, run_limit = Duration::from_millis(7500))]
    async fn endless_seven(&self, _task: &mut Task) -> Result<()> {
        pending().await
    }

    #[passthru(methods = ["POST"], run_limit = Duration::from_millis(7500))]
    async fn endless_seven_later(&self, _task: &mut Task) -> Result<()> {
        pending().await
    }

    #[driver_passthru(
        methods = ["POST"],
        method = "endless_seven",
        async_call = false,
        run_limit = Duration::from_millis(7500),
    )]
    async fn driver_endless_seven(&self, _context: &Context) -> Result<()> {
        pending().await
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn blocking(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    fn blocking_later(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        self.seen.note("done");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "blocking_later")]
    fn driver_blocking_later(&self, _context: &Context) -> Result<()> {
        self.gate.pass_blocking();
        self.seen.note("done");
        Ok(())
    }

    /// Asks whether it is to end.
    #[passthru(methods = ["POST"], async_call = false)]
    fn asks(&self, task: &mut Task) -> Result<&'static str> {
        self.gate.pass_blocking();
        while !task.is_cancelled() {
            thread::yield_now();
        }
        Ok("ended early")
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn quick(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn refused() -> Error {
    VendorPassthruException::new("the BMC refused").with_status(418).into()
}

/// How long, in seconds, a cancelled method may take to return.
const GRACE: u64 = 5;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn with(configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder) -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::configured(vendor, configure))
}

fn interrupted(method: &str, limit: &str) -> String {
    format!(
        "the vendor method `{method}` was interrupted: it ran longer than {limit} s; what it had \
         begun may or may not have happened"
    )
}

/// Lets a call run into this limit, and its grace pass; for those with a thread, during which time
/// does not pass by itself.
async fn run_out(limit: Duration) {
    advance(limit).await;
    // The grace begins when the call is told of its end.
    for _ in 0..10 {
        yield_now().await;
    }
    advance(seconds(GRACE)).await;
}

#[tokio::test(start_paused = true)]
async fn b67_the_caller_comes_before_the_method_and_that_before_the_conductor() {
    let (_, api) = with(|builder| builder.call_timeout(seconds(11)).run_limit(seconds(1000)));
    let (short, long) = (seconds(3), seconds(20));
    let conductors = api.dispatcher.clone();
    for (dispatcher, method, waits) in [
        (conductors.clone(), "wait", 11),
        (conductors.clone(), "wait_seven", 7),
        (conductors.with_call_timeout(short), "wait", 3),
        (conductors.with_call_timeout(short), "wait_seven", 3),
        (conductors.with_call_timeout(long), "wait", 20),
        (conductors.with_call_timeout(long), "wait_seven", 20),
        (conductors.with_call_timeout(long).with_call_timeout(short), "wait", 3),
        (conductors.with_call_timeout(short).with_node_locked_retry(0, short), "wait", 3),
    ] {
        let node = api.add_node("limits", |_| {});
        let node = node.split('/').nth(3).unwrap();
        let error = after(waits, call(&dispatcher, node, method)).await.unwrap_err();
        assert_eq!(error.status(), 504);
        let says = format!("`{method}` did not answer within {waits} s; it is still running");
        assert!(error.to_string().contains(&says), "{error}");
    }
    let reply = after(7, api.driver("limits", "POST", "wait_seven", "")).await;
    assert_fault(&reply, 504, "did not answer within 7 s");
    assert_eq!(api.dispatcher.locks().held, 8);
}

async fn call(
    dispatcher: &Dispatcher,
    node: &str,
    method: &str,
) -> Result<vendor_passthru::Answer> {
    dispatcher.node_passthru(&Context::new(), node, method, HttpMethod::Post, "").await
}

#[tokio::test(start_paused = true)]
async fn b67_a_failure_after_the_504_is_recorded() {
    let (vendor, api) = with(|builder| builder);
    for (method, says) in
        [("fail", "the BMC refused"), ("panic", "the vendor method `panic` panicked")]
    {
        let late = after(60, api.node("POST", method, "")).await;
        assert_fault(&late, 504, "it is still running");
        assert!(api.is_locked().await);
        let next = api.queue("wait", "").await;
        vendor.gate.open(2);
        assert_eq!(next.await.unwrap().status, 200);
        let call = late.header("openstack-request-id");
        assert_recorded(api.last_error(), method, call, says);
        api.assert_idle().await;
    }
    let late = after(60, api.driver("limits", "POST", "fail", "")).await;
    assert_fault(&late, 504, "it is still running");
    assert!(api.dispatcher.failures().is_empty());
    vendor.gate.open(1);
    api.dispatcher.shutdown().await;
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].method, failures[0].node), ("fail", None));
    assert_eq!(failures[0].message, "the BMC refused");
    assert_eq!(failures[0].request_id, late.header("openstack-request-id"));
}

#[tokio::test(start_paused = true)]
async fn b67_a_failure_of_a_plain_function_after_the_504_is_recorded() {
    let (vendor, api) = with(|builder| builder.call_timeout(seconds(9)));
    let call = api.start("fail_blocking", "");
    vendor.gate.reached().await;
    advance(seconds(9)).await;
    let late = call.await.unwrap();
    assert_fault(&late, 504, "it is still running");
    assert_eq!(api.last_error(), None);
    vendor.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.finished, 1);
    let call = late.header("openstack-request-id");
    assert_recorded(api.last_error(), "fail_blocking", call, "the BMC refused");
}

#[tokio::test(start_paused = true)]
async fn b54_what_never_ends_is_interrupted_after_an_hour() {
    let (_, api) = with(|builder| builder);
    let late = after(60, api.node("POST", "endless", "")).await;
    assert_fault(&late, 504, "did not answer within 60 s; it is still running");
    advance(seconds(3600 - 60)).await;
    assert!(api.is_locked().await);
    assert_eq!(api.last_error(), None);
    assert_eq!(after(GRACE, api.dispatcher.shutdown()).await.interrupted, 0);
    let call = late.header("openstack-request-id");
    assert_recorded(api.last_error(), "endless", call, &interrupted("endless", "3600"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_method_that_runs_too_long_is_interrupted_and_its_caller_told() {
    for limit in [seconds(2), seconds(50)] {
        let (_, api) = with(|builder| builder.run_limit(limit));
        let text = limit.as_secs().to_string();
        let reply = after(limit.as_secs() + GRACE, api.node("POST", "endless", "")).await;
        assert_fault(&reply, 504, &interrupted("endless", &text));
        api.assert_idle().await;

        // The method's own limit is the one that counts, longer or shorter.
        let reply = after(7 + GRACE, api.node("POST", "endless_seven", "")).await;
        assert_fault(&reply, 504, &interrupted("endless_seven", "7.5"));
        let reply = after(7 + GRACE, api.driver("limits", "POST", "endless_seven", "")).await;
        assert_fault(&reply, 504, &interrupted("endless_seven", "7.5"));

        assert_eq!(api.last_error(), None);
        assert!(api.dispatcher.failures().is_empty());
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b54_a_method_that_runs_too_long_in_the_background_is_recorded() {
    for (method, limit, text) in [
        ("endless_later", seconds(2), "2"),
        ("endless_shared", seconds(2), "2"),
        ("endless_seven_later", seconds(7), "7.5"),
    ] {
        let (_, api) = with(|builder| builder.run_limit(seconds(2)));
        let accepted = at_once(api.node("POST", method, "")).await;
        assert_eq!(accepted.status, 202);
        assert_eq!(api.dispatcher.workers().running, 1);
        let shutdown = after(limit.as_secs() + GRACE, api.dispatcher.shutdown()).await;
        assert_eq!((shutdown.interrupted, shutdown.stuck), (0, 0));
        let call = accepted.header("openstack-request-id");
        assert_recorded(api.last_error(), method, call, &interrupted(method, text));
        assert!(api.dispatcher.failures().is_empty());
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b54_a_driver_method_that_runs_too_long_in_the_background_is_recorded() {
    let (_, api) = with(|builder| builder.run_limit(seconds(2)));
    let accepted = api.driver("limits", "POST", "endless_later", "").await;
    assert_eq!(accepted.status, 202);
    after(2 + GRACE, api.dispatcher.shutdown()).await;
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].method, failures[0].node), ("endless_later", None));
    assert_eq!(failures[0].message, interrupted("endless_later", "2"));
    assert_eq!(failures[0].request_id, accepted.header("openstack-request-id"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_waiting_for_the_lock_is_not_part_of_the_run() {
    let (vendor, api) = with(|builder| builder.run_limit(seconds(2)));
    let fence = api.lock_for_somebody_else().await;
    let waiter = api.queue("wait", "").await;
    advance(Duration::from_millis(2500)).await;
    vendor.gate.open(1);
    vendor_passthru::LockStore::release(&api.store, NODE, fence).await.unwrap();
    assert_eq!(waiter.await.unwrap().status, 200);
    assert_eq!(vendor.seen.all(), ["done"]);
}

#[tokio::test(start_paused = true)]
async fn b54_a_plain_function_that_runs_too_long_keeps_its_node_until_its_thread_ends() {
    let (vendor, api) = with(|builder| builder.run_limit(seconds(2)));
    let call = api.start("blocking", "");
    vendor.gate.reached().await;
    run_out(seconds(2)).await;
    assert_fault(&call.await.unwrap(), 504, &interrupted("blocking", "2"));
    let locks = api.dispatcher.locks();
    assert_eq!((locks.held, locks.waiting, api.is_locked().await), (1, 0, true));
    let next = api.queue("endless_seven", "").await;
    assert!(vendor.seen.all().is_empty());
    // Until the thread has ended, no time passes by itself.
    vendor.gate.open(1);
    assert_fault(&next.await.unwrap(), 504, &interrupted("endless_seven", "7.5"));
    assert_eq!(vendor.seen.all(), ["done"]);
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_plain_function_that_runs_too_long_keeps_its_worker_until_its_thread_ends() {
    let (vendor, api) = with(|builder| builder.run_limit(seconds(2)));
    let accepted = api.node("POST", "blocking_later", "").await;
    let driver_accepted = api.driver("limits", "POST", "blocking_later", "").await;
    for _ in 0..2 {
        vendor.gate.reached().await;
    }
    run_out(seconds(2)).await;
    until(|| api.last_error().is_some() && !api.dispatcher.failures().is_empty()).await;
    let call = accepted.header("openstack-request-id");
    let says = interrupted("blocking_later", "2");
    assert_recorded(api.last_error(), "blocking_later", call, &says);
    let failures = api.dispatcher.failures();
    assert_eq!((failures.len(), &failures[0].message), (1, &says));
    assert_eq!(failures[0].request_id, driver_accepted.header("openstack-request-id"));
    assert_eq!(api.dispatcher.workers().running, 2);
    assert!(api.is_locked().await);
    vendor.gate.open(2);
    api.dispatcher.shutdown().await;
    assert_eq!(vendor.seen.all(), ["done", "done"]);
    assert_recorded(api.last_error(), "blocking_later", call, &says);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_shutting_down_frees_what_a_plain_function_keeps_beyond_its_run_limit() {
    let (vendor, api) =
        with(|builder| builder.run_limit(seconds(2)).shutdown_limit(Duration::ZERO));
    let call = api.start("blocking", "");
    vendor.gate.reached().await;
    run_out(seconds(2)).await;
    assert_eq!(call.await.unwrap().status, 504);
    assert!(api.is_locked().await);
    let shutdown = api.dispatcher.shutdown().await;
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
    assert_eq!((shutdown.finished, shutdown.interrupted, shutdown.stuck), (0, 1, 0));
    vendor.gate.open(1);
}

#[tokio::test(start_paused = true)]
async fn b54_a_plain_function_that_asks_ends_early() {
    let (vendor, api) = with(|builder| builder.run_limit(seconds(2)));
    let call = api.start("asks", "");
    vendor.gate.reached().await;
    vendor.gate.open(1);
    advance(seconds(2)).await;
    let reply = call.await.unwrap();
    assert_eq!((reply.status.as_u16(), reply.json()), (200, "ended early".into()));
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

/// A runtime whose one thread for plain functions is taken, and what gives it back.
fn with_one_thread(test: impl AsyncFnOnce(Gate)) {
    let mut runtime = Builder::new_current_thread();
    let runtime = runtime.max_blocking_threads(1).enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let busy = Gate::default();
        let taken = spawn_blocking({
            let busy = busy.clone();
            move || busy.pass_blocking()
        });
        busy.reached().await;
        test(busy).await;
        taken.await.unwrap();
    });
}

#[test]
fn b54_a_plain_function_that_is_cancelled_before_it_has_a_thread_never_runs() {
    with_one_thread(async |busy| {
        let (vendor, api) = with(|builder| builder.run_limit(seconds(2)));
        let call = api.start("blocking", "");
        until(|| api.dispatcher.locks().held == 1).await;
        run_out(seconds(2)).await;
        assert_fault(&call.await.unwrap(), 504, &interrupted("blocking", "2"));
        vendor.gate.open(1);
        busy.open(1);
        spawn_blocking(|| ()).await.unwrap();
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
        assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
        assert!(vendor.seen.all().is_empty());
        api.assert_idle().await;
    });
}

#[test]
fn b54_a_plain_function_without_a_thread_frees_its_node_when_it_is_cancelled() {
    with_one_thread(async |busy| {
        let (_, api) = with(|builder| builder.run_limit(seconds(2)));
        let accepted = api.node("POST", "blocking_later", "").await;
        assert_eq!(accepted.status, 202);
        run_out(seconds(2)).await;
        until(|| api.last_error().is_some()).await;
        let call = accepted.header("openstack-request-id");
        let says = interrupted("blocking_later", "2");
        assert_recorded(api.last_error(), "blocking_later", call, &says);
        let idle = until_idle(&api).await;
        busy.open(1);
        assert!(idle, "it waits for a thread that it does not need");
    });
}

async fn until_idle(api: &Api) -> bool {
    for _ in 0..100 {
        if api.dispatcher.workers().running == 0 && !api.is_locked().await {
            return true;
        }
        yield_now().await;
    }
    false
}
