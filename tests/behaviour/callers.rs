//! B66, B54 and B55: callers that go away, at any moment and with all of their runtime, and callers
//! that never had one.

use std::pin::{Pin, pin};
use std::task::{Context as Polling, Poll, Waker};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, yield_now};
use vendor_passthru::prelude::*;
use vendor_passthru::{Answer, Dispatcher, LockStore};
use vendor_passthru_tests::Reply;

use crate::faults::FaultyStore;
use crate::support::{Api, Gate, NODE, Seen, assert_recorded};

/// Notes where its methods begin and end.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    validating: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        self.check(call).await
    }

    async fn driver_validate(&self, _context: &Context, call: &Call) -> Result<()> {
        self.check(call).await
    }
}

impl Vendor {
    async fn check(&self, call: &Call) -> Result<()> {
        if call.method().name.starts_with("refuse") {
            self.validating.pass().await;
            return Err(Error::InvalidParameterValue("not today".to_owned()));
        }
        if call.method().name != "quick" {
            yield_now().await;
        }
        Ok(())
    }

    async fn run(&self) {
        self.seen.note("begin");
        yield_now().await;
        self.gate.pass().await;
        self.seen.note("end");
    }
}

#[vendor_interface(name = "callers", drivers = ["callers"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn sync(&self, task: &mut Task) -> Result<()> {
        self.run().await;
        task.save().await
    }

    #[passthru(methods = ["POST"])]
    async fn background(&self, task: &mut Task) -> Result<()> {
        self.run().await;
        task.save().await
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, _task: &Task<Shared>) -> Result<()> {
        self.run().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade(&self, task: &Task<Shared>) -> Result<()> {
        self.seen.note("begin");
        let mut task = task.upgrade_lock().await?;
        self.gate.pass().await;
        task.save().await?;
        self.seen.note("end");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "sync", async_call = false)]
    async fn driver_sync(&self, _context: &Context) -> Result<()> {
        self.run().await;
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "background")]
    async fn driver_background(&self, _context: &Context) -> Result<()> {
        self.run().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn fail_blocking(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        panic!("unheard")
    }

    #[driver_passthru(methods = ["POST"], method = "fail", async_call = false)]
    async fn driver_fail(&self, _context: &Context) -> Result<()> {
        self.gate.pass().await;
        Err(refused())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn refuse(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("begin");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn refuse_later(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("begin");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "refuse_later")]
    async fn driver_refuse(&self, _context: &Context) -> Result<()> {
        self.seen.note("begin");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "quick", async_call = false)]
    async fn driver_quick(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

fn refused() -> Error {
    VendorPassthruException::new("the BMC refused").with_status(418).into()
}

fn new() -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::new(vendor))
}

type CallFuture<'a> = Pin<Box<dyn Future<Output = Result<Answer>> + Send + 'a>>;

/// Calls a method of the node, or with `driver.` before its name, of the driver.
fn call<'a>(dispatcher: &'a Dispatcher, context: &'a Context, method: &'a str) -> CallFuture<'a> {
    let verb = HttpMethod::Post;
    match method.strip_prefix("driver.") {
        Some(method) => Box::pin(dispatcher.driver_passthru(context, "callers", method, verb, "")),
        None => Box::pin(dispatcher.node_passthru(context, NODE, method, verb, "")),
    }
}

/// Starts this call, lets it come to where it stops, and drops it there.
async fn call_and_leave(api: &Api, method: &str, stops: &Gate) -> Context {
    let context = Context::new();
    let dispatcher = api.dispatcher.clone();
    let mut call = call(&dispatcher, &context, method);
    tokio::select! {
        biased;
        () = stops.reached() => {}
        answer = &mut call => assert!(answer.is_err(), "it was answered before it stopped"),
    }
    drop(call);
    context
}

#[tokio::test(start_paused = true)]
async fn b66_a_failure_that_its_caller_did_not_wait_for_is_recorded() {
    let (vendor, api) = new();
    for (method, says) in [
        ("fail", "the BMC refused"),
        ("fail_blocking", "the BMC refused"),
        ("panic", "the vendor method `panic` panicked"),
    ] {
        let context = call_and_leave(&api, method, &vendor.gate).await;
        assert!(api.is_locked().await);
        vendor.gate.open(1);
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
        assert_recorded(api.last_error(), method, context.request_id(), says);
    }
    let context = call_and_leave(&api, "driver.fail", &vendor.gate).await;
    vendor.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.finished, 1);
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].method, failures[0].node), ("fail", None));
    assert_eq!(failures[0].message, "the BMC refused");
    assert_eq!(failures[0].request_id, context.request_id());
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b66_a_refusal_that_its_caller_did_not_wait_for_is_recorded() {
    for method in ["refuse", "refuse_later", "driver.refuse_later"] {
        let (vendor, api) = new();
        let context = call_and_leave(&api, method, &vendor.validating).await;
        vendor.validating.open(1);
        assert_eq!(api.dispatcher.shutdown().await.finished, 1);
        if method.starts_with("driver.") {
            let failures = api.dispatcher.failures();
            assert_eq!(failures.len(), 1);
            assert_eq!(failures[0].message, "not today");
            assert_eq!(failures[0].request_id, context.request_id());
        } else {
            assert_recorded(api.last_error(), method, context.request_id(), "not today");
        }
        assert!(vendor.seen.all().is_empty());
        api.assert_idle().await;
    }
}

/// Polls a call this many times, each time letting everything else go on for a while, and tells
/// whether it ended.
async fn poll(mut call: CallFuture<'_>, polls: usize, pause: usize) -> bool {
    let mut polling = Polling::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(answer) = call.as_mut().poll(&mut polling) {
            answer.unwrap();
            return true;
        }
        for _ in 0..pause {
            yield_now().await;
        }
    }
    false
}

/// A call of this method whose future is polled so often and then dropped leaves nothing behind;
/// tells whether it ended by then.
async fn leaves_nothing(method: &str, polls: usize, pause: usize, locked: bool) -> bool {
    let vendor = Vendor::default();
    let (api, store) = Api::faulty(vendor.clone(), |builder| builder);
    store.yields();
    let context = Context::new();
    let holder = if locked { Some(holder(&vendor, &api).await) } else { None };
    // The method itself is to run on alone.
    let open = usize::from(!locked);
    vendor.gate.open(open);
    let call = call(&api.dispatcher, &context, method);
    let ended = poll(call, polls, pause).await;
    vendor.gate.open(2 - open);
    if let Some(holder) = holder {
        assert_eq!(holder.await.unwrap().status, 200);
    }

    let shutdown = api.dispatcher.shutdown().await;
    assert_eq!((shutdown.interrupted, shutdown.stuck), (0, 0), "{method} {polls} {pause}");
    let seen = vendor.seen.all();
    let count = |what: &str| seen.iter().filter(|seen| *seen == what).count();
    let (begun, holders) = (count("begin"), usize::from(locked));
    assert_eq!(begun, count("end"), "{method} {polls} {pause}: {seen:?}");
    assert!((holders..=holders + 1).contains(&begun), "{method} {polls} {pause}: {seen:?}");
    assert!(begun > holders || !ended, "{method} {polls} {pause}: {seen:?}");
    assert_eq!(api.store.reservation(NODE).await.unwrap(), None, "{method} {polls} {pause}");
    api.assert_idle().await;
    assert_eq!(api.last_error(), None, "{method} {polls} {pause}");
    assert!(api.dispatcher.failures().is_empty());
    ended
}

/// A call that holds the node until the gate is opened.
async fn holder(vendor: &Vendor, api: &Api) -> JoinHandle<Reply> {
    let holder = api.start("sync", "");
    vendor.gate.reached().await;
    holder
}

#[tokio::test(start_paused = true)]
async fn b66_a_caller_may_go_away_at_any_moment() {
    for method in ["sync", "background", "shared", "upgrade", "driver.sync", "driver.background"] {
        // Before anything else can go on.
        for polls in 0..10 {
            assert!(!leaves_nothing(method, polls, 0, false).await);
        }
        for pause in 1..4 {
            let mut polls = 0;
            while !leaves_nothing(method, polls, pause, false).await {
                polls += 1;
                assert!(polls < 1000, "{method} never ends");
            }
            assert!(polls > 1, "{method} was never interrupted");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b66_a_caller_may_go_away_at_any_moment_while_it_waits_for_the_node() {
    for method in ["sync", "background", "upgrade"] {
        for pause in 0..4 {
            for polls in 0..40 {
                let ended = leaves_nothing(method, polls, pause, true).await;
                assert!(!ended, "{method} did not wait");
            }
        }
    }
}

/// A runtime of one thread, whose time is paused.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
}

#[test]
fn b55_what_ended_with_its_runtime_is_cleared_and_recorded_by_the_next_one() {
    for method in ["sync", "background", "upgrade"] {
        let vendor = Vendor::default();
        let context = Context::new();
        let first = runtime();
        let api = first.block_on(async {
            let api = Api::configured(vendor.clone(), |builder| builder.conductor("rack-1"));
            let (dispatcher, context) = (api.dispatcher.clone(), context.clone());
            let method = method.to_owned();
            tokio::spawn(async move { call(&dispatcher, &context, &method).await.map(drop) });
            vendor.gate.reached().await;
            api
        });
        drop(first);
        assert_eq!(api.dispatcher.workers().running, 0);
        assert_eq!(api.dispatcher.locks().held, 0);
        runtime().block_on(async {
            let left = api.store.reservation(NODE).await.unwrap().unwrap();
            assert_eq!(&*left.holder.call, context.request_id());
            let next = api.beside(Vendor::default(), |builder| builder.conductor("rack-1"));
            assert_eq!(next.node("POST", "quick", "").await.status, 200);
            let says = "interrupted: the conductor ended while it ran; what it had begun may or \
                        may not have happened";
            assert_recorded(next.last_error(), method, context.request_id(), says);
            assert_eq!(api.store.reservation(NODE).await.unwrap(), None);
            next.assert_idle().await;
        });
        assert_eq!(vendor.seen.all(), ["begin"]);
    }
}

/// The runtime of a call ends while its store is asked: whatever that leaves behind, the next life
/// of the conductor is not hindered by it.
#[test]
fn b55_a_runtime_may_end_at_any_moment() {
    for method in ["sync", "background", "upgrade"] {
        for polls in 0..30 {
            let vendor = Vendor::default();
            vendor.gate.open(1);
            let first = runtime();
            let (api, store): (Api, FaultyStore) = first.block_on(async {
                let (api, store) = Api::faulty(vendor.clone(), |b| b.conductor("rack-1"));
                store.yields();
                let context = Context::new();
                poll(call(&api.dispatcher, &context, method), polls, 1).await;
                (api, store)
            });
            drop(first);
            assert_eq!(api.dispatcher.workers().running, 0);
            let locks = api.dispatcher.locks();
            assert_eq!((locks.held, locks.waiting), (0, 0), "{method} {polls}");
            runtime().block_on(async {
                let left = store.memory.reservation(NODE).await.unwrap();
                let next = api.beside(Vendor::default(), |builder| builder.conductor("rack-1"));
                assert_eq!(next.node("POST", "quick", "").await.status, 200);
                assert_eq!(next.last_error().is_some(), left.is_some(), "{method} {polls}");
                next.assert_idle().await;
            });
        }
    }
}

/// Polls to the end what nothing wakes.
fn block<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut polling = Polling::from_waker(Waker::noop());
    for _ in 0..1000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut polling) {
            return value;
        }
    }
    unreachable!("it never ends")
}

const WAITING: [&str; 6] =
    ["sync", "background", "shared", "upgrade", "driver.sync", "driver.background"];

#[test]
fn b54_a_call_outside_of_a_runtime_is_an_error() {
    let (vendor, api) = new();
    for method in WAITING {
        let context = Context::new();
        let error = block(call(&api.dispatcher, &context, method)).unwrap_err();
        assert!(matches!(error, Error::Internal(_)), "{method}: {error:?}");
        assert_eq!(error.status(), 500);
    }
    block(api.assert_idle());
    assert!(vendor.seen.all().is_empty());
    assert_eq!(api.last_error(), None);
    assert!(api.dispatcher.failures().is_empty());
}

#[tokio::test]
async fn b66_what_waits_for_nothing_has_its_answer_at_once() {
    let (_, api) = new();
    for method in ["quick", "driver.quick"] {
        let context = Context::new();
        let mut call = pin!(call(&api.dispatcher, &context, method));
        let answer = std::future::poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await;
        assert!(matches!(answer, Poll::Ready(Ok(Answer::Json(_)))), "{method}: {answer:?}");
        api.assert_idle().await;
    }
}

/// What waits for nothing needs no runtime; the rest has none to go on in.
#[test]
fn b54_a_call_that_waits_in_a_runtime_that_has_shut_down_is_an_error() {
    let (_, api) = new();
    let ended = runtime();
    let handle = ended.handle().clone();
    drop(ended);
    let entered = handle.enter();
    for method in WAITING {
        let context = Context::new();
        let error = block(call(&api.dispatcher, &context, method)).unwrap_err();
        assert!(matches!(error, Error::Internal(_)), "{method}: {error:?}");
    }
    drop(entered);
    runtime().block_on(async {
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
        api.assert_idle().await;
    });
}

/// After a runtime that it did not survive, a dispatcher goes on in another one.
#[test]
fn b54_a_dispatcher_may_go_on_in_another_runtime() {
    let (vendor, api) = new();
    runtime().block_on(async {
        api.start("sync", "");
        vendor.gate.reached().await;
    });
    runtime().block_on(async {
        assert!(api.is_locked().await);
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
        api.assert_idle().await;
        let shutdown = tokio::time::timeout(Duration::from_secs(1), api.dispatcher.shutdown());
        assert_eq!(shutdown.await.unwrap().stuck, 0);
    });
    assert_eq!(vendor.seen.all(), ["begin"]);
}
