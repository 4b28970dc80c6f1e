//! B68: what shutting down finds, and how it tells.

use std::pin::pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};
use vendor_passthru::{LockStore, Shutdown};

use crate::faults::Point;
use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, at_once, begin};

/// Ends, or does not.
#[derive(Clone)]
struct Vendor {
    gate: Gate,
    seen: Seen,
    /// Told when a method keeps its thread.
    blocks: Sender<()>,
    /// Lets that thread go.
    unblock: Arc<Mutex<Receiver<()>>>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "shutting-down", drivers = ["shutting-down"], new = Vendor::unconnected)]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn hold(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn hold_later(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn hold_shared(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn read(&self, _task: &Task<Shared>) -> Result<()> {
        self.seen.note("read");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], async_call = false)]
    async fn driver_read(&self, _context: &Context) -> Result<()> {
        self.seen.note("read");
        Ok(())
    }

    /// Keeps the thread of the runtime, which no `async fn` should.
    #[passthru(methods = ["POST"])]
    async fn keeps_its_thread(&self, _task: &mut Task) -> Result<()> {
        let _ = self.blocks.send(());
        let _ = self.unblock.lock().map(|unblock| unblock.recv_timeout(Duration::from_mins(1)));
        self.seen.note("done");
        Ok(())
    }
}

impl Vendor {
    fn unconnected() -> Self {
        Self::connected().0
    }

    /// A vendor, what tells that a method keeps its thread, and what lets it go.
    fn connected() -> (Self, Receiver<()>, Sender<()>) {
        let (blocks, blocked) = channel();
        let (unblock, unblocked) = channel();
        let unblocked = Arc::new(Mutex::new(unblocked));
        let (gate, seen) = (Gate::default(), Seen::default());
        (Self { gate, seen, blocks, unblock: unblocked }, blocked, unblock)
    }
}

fn figures(shutdown: Shutdown) -> (usize, usize, usize) {
    (shutdown.finished, shutdown.interrupted, shutdown.stuck)
}

/// The call runs on a thread of its own, so that the time of the test can pass without it.
#[tokio::test(start_paused = true)]
async fn b68_a_method_that_keeps_its_thread_is_stuck_and_hinders_nobody() {
    let (vendor, blocked, unblock) = Vendor::connected();
    let api = Api::configured(vendor.clone(), |builder| {
        builder.shutdown_limit(Duration::from_secs(2)).cancellation_grace(Duration::from_secs(1))
    });
    let client = api.client.clone();
    let other = thread::spawn(move || {
        Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let path = format!("/v1/nodes/{NODE}/vendor_passthru/keeps_its_thread");
            client.send("POST", &path, "").await.status
        })
    });
    blocked.recv().unwrap();

    for _ in 0..2 {
        assert_eq!(api.node("POST", "hold_shared", "").await.status, 202);
        vendor.gate.reached().await;
    }
    vendor.gate.open(1);
    // The limit, the grace, and the time for last words.
    let shutdown = after(2 + 1 + 5, api.dispatcher.shutdown()).await;
    assert_eq!(figures(shutdown), (1, 1, 1));
    assert_fault(&at_once(api.node("POST", "hold", "")).await, 503, "shutting down");
    assert!(api.is_locked().await);
    assert!(vendor.seen.all().is_empty());

    unblock.send(()).unwrap();
    assert_eq!(other.join().unwrap(), 202);
    assert_eq!(vendor.seen.all(), ["done"]);
}

#[tokio::test(start_paused = true)]
async fn b68_a_call_whose_store_never_comes_back_is_stuck() {
    for point in [Point::RecordFailure, Point::Release] {
        let vendor = Vendor::unconnected();
        let (api, store) =
            Api::faulty(vendor.clone(), |builder| builder.shutdown_limit(Duration::from_secs(2)));
        assert_eq!(api.node("POST", "hold_shared", "").await.status, 202);
        vendor.gate.reached().await;
        assert_eq!(api.node("POST", "hold_later", "").await.status, 202);
        vendor.gate.reached().await;
        let _closed = store.stop(point);
        vendor.gate.open(1);
        // The limit, the grace of the method and of the shutdown, and the time for last words.
        let shutdown = after(2 + 5 + 5, api.dispatcher.shutdown()).await;
        assert_eq!(figures(shutdown), (1, 0, 1), "{point:?}");
        assert!(api.store.reservation(NODE).await.unwrap().is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn b68_every_call_is_in_one_of_the_figures() {
    let vendor = Vendor::unconnected();
    let api = Api::configured(vendor.clone(), |builder| {
        builder.shutdown_limit(Duration::from_secs(2)).call_timeout(Duration::from_hours(1))
    });
    let holder = api.start("hold", "");
    vendor.gate.reached().await;
    let patient = api.dispatcher.with_node_locked_retry(100, Duration::from_secs(1));
    let mut waiters = Vec::new();
    for _ in 0..2 {
        let patient = patient.clone();
        waiters.push(tokio::spawn(async move {
            let context = Context::new();
            patient.node_passthru(&context, NODE, "hold", HttpMethod::Post, "").await.map(drop)
        }));
    }
    for _ in 0..3 {
        assert_eq!(api.node("POST", "hold_shared", "").await.status, 202);
        vendor.gate.reached().await;
    }
    assert_eq!(api.dispatcher.locks().waiting, 2);
    let shutdown = after(2 + 5, api.dispatcher.shutdown()).await;
    assert_eq!(figures(shutdown), (0, 6, 0));
    for waiter in waiters {
        let error = waiter.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::ShuttingDown), "{error:?}");
        assert_eq!((error.status().as_u16(), error.retry_after()), (503, None));
    }
    assert_eq!(holder.await.unwrap().status, 500);
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
}

/// A call that was let in, but not found before the conductor could wait no longer.
#[tokio::test(start_paused = true)]
async fn b68_a_call_that_comes_to_run_too_late_does_not_begin() {
    for (method, point) in [
        ("read", Point::Find),
        ("hold", Point::Find),
        ("read", Point::Reservations),
        ("driver_read", Point::Reservations),
    ] {
        let vendor = Vendor::unconnected();
        let (api, store) =
            Api::faulty(vendor.clone(), |builder| builder.shutdown_limit(Duration::ZERO));
        let slow = store.stop(point);
        let dispatcher = api.dispatcher.clone();
        let call = tokio::spawn(async move {
            let context = Context::new();
            let call = if method == "driver_read" {
                let driver = "shutting-down";
                dispatcher.driver_passthru(&context, driver, method, HttpMethod::Post, "").await
            } else {
                dispatcher.node_passthru(&context, NODE, method, HttpMethod::Post, "").await
            };
            call.map(drop)
        });
        slow.reached().await;
        let mut shutdown = pin!(api.dispatcher.shutdown());
        begin(shutdown.as_mut()).await;
        tokio::time::advance(Duration::from_millis(10)).await;
        begin(shutdown.as_mut()).await;
        slow.open(9);
        assert_eq!(figures(shutdown.await), (0, 1, 0), "{method} {point:?}");
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::ShuttingDown), "{method} {point:?}: {error:?}");
        assert!(vendor.seen.all().is_empty(), "{method} {point:?}");
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b68_a_conductor_without_calls_shuts_down_at_once() {
    let api = Api::new(Vendor::unconnected());
    for _ in 0..2 {
        assert_eq!(figures(at_once(api.dispatcher.shutdown()).await), (0, 0, 0));
    }
}

/// The operator of a conductor reads there why its clients get a 503.
#[tokio::test(start_paused = true)]
async fn b68_a_call_that_comes_too_late_is_logged() {
    let conductor = TestConductor::new(Vendor::unconnected());
    conductor.dispatcher().shutdown().await;
    let called = conductor.call(HttpMethod::Post, "hold", json!({})).await;
    assert_eq!(called.status(), 503);
    let logged = |line: &String| line.contains("error=the conductor is shutting down");
    assert!(conductor.log().iter().any(logged), "{:#?}", conductor.log());
}
