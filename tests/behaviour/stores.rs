//! B40, B54 and B62: a store that fails costs the call that needs it, and neither its node nor
//! the next one.

use std::time::Duration;

use tokio::time::advance;
use vendor_passthru::LockStore;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::TestConductor;
use vendor_passthru_tests::Reply;

use crate::faults::{FaultyStore, Point, SECRET};
use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, at_once, until};

/// Needs its store.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "stores", drivers = ["stores"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn hold(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        self.seen.note("held");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn save(&self, task: &mut Task) -> Result<()> {
        task.node_mut().name = Some("saved".to_owned());
        let saved = task.save().await;
        self.seen.note(format!("saved: {}", saved.is_ok()));
        saved
    }

    /// Saves, and when that fails tries again.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn save_again(&self, task: &mut Task) -> Result<()> {
        task.node_mut().name = Some("saved".to_owned());
        if task.save().await.is_err() {
            task.save().await?;
        }
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade(&self, task: &Task<Shared>) -> Result<()> {
        task.upgrade_lock().await?.save().await
    }

    #[passthru(methods = ["POST"])]
    async fn fail(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("the BMC refused").into())
    }

    #[passthru(methods = ["POST"])]
    async fn fail_slowly(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Err(VendorPassthruException::new("the BMC refused").into())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("quick");
        Ok(())
    }
}

fn new() -> (Vendor, Api, FaultyStore) {
    let vendor = Vendor::default();
    let (api, store) = Api::faulty(vendor.clone(), |builder| builder);
    (vendor, api, store)
}

#[track_caller]
fn assert_internal(reply: &Reply) {
    assert_fault(reply, 500, "internal error");
    assert!(!reply.faultstring().contains(SECRET));
}

#[tokio::test(start_paused = true)]
async fn b54_a_save_that_fails_is_the_methods_error() {
    let (vendor, api, store) = new();
    let before = api.store.nodes();
    store.fail(Point::Save, 2);
    assert_internal(&api.node("POST", "save", "").await);
    assert_internal(&api.node("POST", "upgrade", "").await);
    assert_eq!(vendor.seen.all(), ["saved: false"]);
    assert_eq!(api.store.nodes(), before);
    api.assert_idle().await;

    store.fail(Point::Save, 1);
    assert_eq!(api.node("POST", "save_again", "").await.status, 200);
    assert_eq!(api.store.nodes()[0].name.as_deref(), Some("saved"));
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b62_a_failure_that_cannot_be_recorded_on_its_node_is_kept() {
    let conductor = TestConductor::new(Vendor::default());
    let (_, api, store) = new();
    store.fail(Point::RecordFailure, 1);
    let accepted = api.node("POST", "fail", "").await;
    assert_eq!(accepted.status, 202);
    assert_eq!(api.node("POST", "quick", "").await.status, 200);
    assert_eq!(api.last_error(), None);
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].method, failures[0].node), ("fail", Some(NODE)));
    assert_eq!(failures[0].message, "the BMC refused");
    assert_eq!(failures[0].request_id, accepted.header("openstack-request-id"));
    let logged = |line: &String| {
        line.starts_with("ERROR")
            && line.contains("could not be recorded")
            && line.contains(SECRET)
            && line.contains(&failures[0].to_string())
            && line.contains(&NODE.to_string())
    };
    assert!(conductor.log().iter().any(logged), "{:#?}", conductor.log());
    api.assert_idle().await;

    // The next one is on the node again.
    assert_eq!(api.node("POST", "fail", "").await.status, 202);
    api.dispatcher.shutdown().await;
    assert!(api.last_error().is_some());
    assert_eq!(api.dispatcher.failures().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn b62_a_failure_whose_node_was_deleted_is_kept() {
    let (vendor, api, _) = new();
    let accepted = api.node("POST", "fail_slowly", "").await;
    assert_eq!(accepted.status, 202);
    vendor.gate.reached().await;
    api.store.remove(NODE);
    vendor.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.finished, 1);
    let failures = api.dispatcher.failures();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].method, failures[0].node), ("fail_slowly", Some(NODE)));
    assert_eq!(failures[0].request_id, accepted.header("openstack-request-id"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_release_that_fails_is_tried_again() {
    let (vendor, api, store) = new();
    let holder = api.start("hold", "");
    vendor.gate.reached().await;
    store.fail(Point::Release, 5);
    vendor.gate.open(1);
    // The call itself has its answer.
    assert_eq!(at_once(holder).await.unwrap().status, 200);
    assert_eq!((api.dispatcher.locks().held, api.is_locked().await), (1, true));
    let waiter = after(3, api.node("POST", "quick", "")).await;
    assert_fault(&waiter, 409, "for vendor method `hold`");
    assert_eq!(waiter.header("retry-after"), "1");
    assert_eq!(vendor.seen.all(), ["held"]);

    let next = api.queue("quick", "").await;
    assert_eq!(next.await.unwrap().status, 200);
    let tries = store.seconds(Point::Release);
    assert_eq!(tries.len(), 7, "{tries:?}");
    assert_eq!(vendor.seen.all(), ["held", "quick"]);
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

/// What cannot be done within the caller is tried again, as anything is that a call waits for.
#[tokio::test(start_paused = true)]
async fn b54_a_store_that_answers_at_once_may_fail_as_well() {
    for point in [Point::TryAcquire, Point::Acquired, Point::Release] {
        let (vendor, api, store) = new();
        store.answers_at_once();
        store.fail(point, 1);
        assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200, "{point:?}");
        assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200, "{point:?}");
        assert_eq!(vendor.seen.all(), ["quick", "quick"]);
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
}

/// A database that is down is not asked twice in a moment.
#[tokio::test(start_paused = true)]
async fn b54_a_release_that_fails_is_tried_again_each_second() {
    let (_, api, store) = new();
    store.fail(Point::Release, 2);
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
    assert_eq!(api.node("POST", "quick", "").await.status, 200);
    assert_eq!(store.seconds(Point::Release)[..3], [0, 1, 2]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_shutting_down_waits_for_a_release_that_fails_at_first() {
    let (_, api, store) = new();
    store.fail(Point::Release, 3);
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
    assert!(api.is_locked().await);
    let shutdown = api.dispatcher.shutdown().await;
    assert_eq!((shutdown.interrupted, shutdown.stuck), (0, 0));
    assert_eq!(api.store.reservation(NODE).await.unwrap(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_node_that_was_reserved_by_a_store_that_failed_is_the_next_callers() {
    for method in ["quick", "upgrade"] {
        let (vendor, api, store) = new();
        store.fail(Point::Acquired, 1);
        assert_internal(&at_once(api.node("POST", method, "")).await);
        assert!(vendor.seen.all().is_empty());
        let locks = api.dispatcher.locks();
        assert_eq!((locks.held, locks.waiting), (0, 0));
        assert!(api.is_locked().await);
        assert_eq!(at_once(api.node("POST", method, "")).await.status, 200);
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b54_a_store_that_cannot_be_asked_for_the_lock_is_a_500() {
    let (vendor, api, store) = new();
    store.fail(Point::TryAcquire, 1);
    assert_internal(&at_once(api.node("POST", "quick", "")).await);
    api.assert_idle().await;
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
    assert_eq!(vendor.seen.all(), ["quick"]);
}

/// The node is read anew under its lock.
#[tokio::test(start_paused = true)]
async fn b54_a_node_that_cannot_be_read_under_its_lock_is_released() {
    let (vendor, api, store) = new();
    let fence = api.lock_for_somebody_else().await;
    let waiter = api.queue("quick", "").await;
    store.fail(Point::Find, 1);
    api.store.release(NODE, fence).await.unwrap();
    assert_internal(&at_once(waiter).await.unwrap());
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
}

/// Waiters are told of the store's failure, not of a lock that nobody can see.
#[tokio::test(start_paused = true)]
async fn b54_a_waiter_whose_time_is_over_while_the_store_is_down_is_a_500() {
    let (vendor, api, store) = new();
    let holder = api.start("hold", "");
    vendor.gate.reached().await;
    let waiter = api.queue("quick", "").await;
    store.fail(Point::Reservation, 1);
    assert_internal(&after(3, waiter).await.unwrap());
    until(|| api.dispatcher.locks().waiting == 0).await;
    advance(Duration::from_secs(1)).await;
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
    api.assert_idle().await;
}

/// Looking it up for ever would help nobody.
#[tokio::test(start_paused = true)]
async fn b52_a_node_that_changes_again_and_again_is_409_in_the_end() {
    let (vendor, api, store) = new();
    store.is_restless("stores");
    let reply = api.node("POST", "quick", "").await;
    assert_fault(&reply, 409, "driver or vendor interface of node");
    assert_eq!(store.count(Point::TryAcquire), 10);
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
}

/// However often a call may have to wait for its lock, its caller does not wait for ever.
#[tokio::test(start_paused = true)]
async fn b67_a_caller_is_504_although_the_store_never_comes_back() {
    let (vendor, api, store) = new();
    let gate = store.stop(Point::TryAcquire);
    let reply = after(60 + 31, api.node("POST", "quick", "")).await;
    assert_fault(&reply, 504, "did not answer within 60 s");
    gate.open(1);
    until(|| api.dispatcher.locks().waiting == 0).await;
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
}
