//! B49 to B57: whose reservation it is, how long it is waited for, and how it ends other than by
//! its own call.

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::advance;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::TestConductor;
use vendor_passthru::{
    Answer, Attempt, Dispatcher, Holder, LockStore, Node, NodeStore, Reservation, Uuid,
};

use crate::faults::{FaultyStore, Point, SECRET};
use crate::support::{
    Api, Gate, NODE, Seen, after, assert_fault, assert_recorded, at_once, begin, until,
};

/// Holds its node, and notes what it is told.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
    /// The dispatcher that calls it.
    dispatcher: Arc<OnceLock<Dispatcher>>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "reservations", drivers = ["reservations"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn hold(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn hold_blocking(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("quick");
        Ok(())
    }

    /// Calls a method of its own node.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn call_again(&self, task: &mut Task) -> Result<()> {
        let dispatcher = self.dispatcher.get().cloned();
        let dispatcher = dispatcher.ok_or_else(|| VendorPassthruException::new("not linked"))?;
        let node = task.node().uuid();
        let call = dispatcher.node_passthru(task.context(), node, "quick", HttpMethod::Post, "");
        call.await.map(drop)
    }

    /// Ends when it is told to, and tries to save even so.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn obey(&self, task: &mut Task) -> Result<()> {
        self.obey_and_save(task).await;
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn obey_later(&self, task: &mut Task) -> Result<()> {
        self.obey_and_save(task).await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn obey_upgraded(&self, task: &Task<Shared>) -> Result<()> {
        let mut task = task.upgrade_lock().await?;
        self.obey_and_save(&mut task).await;
        Ok(())
    }

    /// Ends as Ironic's clients know calls that are to be repeated.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn obey_with_409(&self, task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        task.cancelled().await;
        Err(VendorPassthruException::new("try again").with_status(409).into())
    }

    #[passthru(methods = ["POST"])]
    async fn hold_later(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail_with_409(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Err(VendorPassthruException::new("try again").with_status(409).into())
    }

    /// Never ends, whatever it is told.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn ignore(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        std::future::pending().await
    }

    /// Saves as soon as it is let, without asking.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn save(&self, task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        task.node_mut().name = Some("saved".to_owned());
        task.save().await
    }

    /// Reads as long as it is let, and says whether it was told to end.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn read(&self, task: &Task<Shared>) -> Result<bool> {
        self.gate.pass().await;
        Ok(task.is_cancelled())
    }

    #[driver_passthru(methods = ["POST"], method = "quick", async_call = false)]
    async fn driver_quick(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

impl Vendor {
    async fn obey_and_save(&self, task: &mut Task) {
        self.gate.pass().await;
        task.cancelled().await;
        task.node_mut().name = Some("saved".to_owned());
        let saved = task.save().await;
        let refused = matches!(saved, Err(Error::Interrupted { .. }));
        self.seen.note(format!("told to end: {}, refused: {refused}", task.is_cancelled()));
    }
}

/// The name of the conductor.
const NAME: &str = "rack-1";

const TOLD: &str = "told to end: true, refused: true";

const LEFT: &str = "interrupted: the conductor ended while it ran; what it had begun may or may \
                    not have happened";

fn new() -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::configured(vendor, |builder| builder.conductor(NAME)))
}

fn faulty() -> (Vendor, Api, FaultyStore) {
    let vendor = Vendor::default();
    let (api, store) = Api::faulty(vendor.clone(), |builder| builder.conductor(NAME));
    (vendor, api, store)
}

async fn call(dispatcher: &Dispatcher, method: &str) -> Result<Answer> {
    dispatcher.node_passthru(&Context::new(), NODE, method, HttpMethod::Post, "").await
}

/// What is said of a call that lost its reservation.
fn lost(method: &str) -> String {
    format!(
        "the vendor method `{method}` was interrupted: it lost the reservation of its node; what \
         it had begun may or may not have happened"
    )
}

async fn held(api: &Api) -> Reservation {
    api.store.reservation(NODE).await.unwrap().unwrap()
}

/// Breaks the reservation of the node.
async fn break_it(api: &Api) -> bool {
    let fence = held(api).await.fence;
    api.dispatcher.break_reservation(&operator(), NODE, fence).await.unwrap()
}

fn operator() -> Context {
    Context::new().with_principal("alice")
}

/// Reserves a node for a call of this conductor in this session.
async fn reserve(api: &Api, node: Uuid, conductor: &str, session: Uuid, call: &str) -> u64 {
    let holder = Holder::new(conductor, session, call, "vendor method `flash`");
    match api.store.try_acquire(node, &holder).await.unwrap() {
        Attempt::Acquired { fence } => fence,
        Attempt::Held(by) => unreachable!("held by {by}"),
    }
}

/// Adds a node of this name.
fn node(api: &Api, name: &str) -> Uuid {
    let uuid = Uuid::new_v4();
    let mut node = Node::new(uuid, "reservations");
    node.name = Some(name.to_owned());
    api.store.insert(node).unwrap();
    uuid
}

fn last_error(api: &Api, node: Uuid) -> Option<String> {
    let nodes = api.store.nodes();
    nodes.iter().find(|one| one.uuid() == node).unwrap().last_error.clone()
}

#[tokio::test(start_paused = true)]
async fn b49_a_method_cannot_call_an_exclusive_method_of_its_own_node() {
    let (vendor, api) = new();
    vendor.dispatcher.set(api.dispatcher.clone()).unwrap();
    let reply = after(3, api.node("POST", "call_again", "")).await;
    assert_fault(&reply, 409, "for vendor method `call_again`");
    assert!(vendor.seen.all().is_empty());
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_a_caller_says_how_long_it_waits() {
    let (vendor, api) = new();
    let fence = api.lock_for_somebody_else().await;
    for (attempts, interval, waits) in [(0, 1000, 0), (0, 60_000, 0), (5, 2000, 10), (1, 500, 0)] {
        let interval = Duration::from_millis(interval);
        let dispatcher = api.dispatcher.with_node_locked_retry(attempts, interval);
        for method in ["quick", "obey_upgraded"] {
            let error = after(waits, call(&dispatcher, method)).await.unwrap_err();
            assert_eq!(error.status(), 409, "{error}");
            assert_eq!(error.retry_after(), Some(interval));
        }
    }
    assert_eq!(after(3, call(&api.dispatcher, "quick")).await.unwrap_err().status(), 409);
    assert!(vendor.seen.all().is_empty());

    api.store.release(NODE, fence).await.unwrap();
    let impatient = api.dispatcher.with_node_locked_retry(0, Duration::ZERO);
    call(&impatient, "quick").await.unwrap();
    assert_eq!(vendor.seen.all(), ["quick"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_a_caller_may_wait_for_ever() {
    let (vendor, api) = new();
    let fence = api.lock_for_somebody_else().await;
    let patient = api.dispatcher.with_node_locked_retry(u32::MAX, Duration::MAX);
    let waiter = tokio::spawn(async move { call(&patient, "quick").await.map(drop) });
    until(|| api.dispatcher.locks().waiting == 1).await;
    advance(Duration::from_hours(24 * 365)).await;
    assert!(!waiter.is_finished());
    api.store.release(NODE, fence).await.unwrap();
    waiter.await.unwrap().unwrap();
    assert_eq!(vendor.seen.all(), ["quick"]);

    // A reply has to name a time in which to try again, whatever it is.
    let fence = api.lock_for_somebody_else().await;
    let impatient = api.dispatcher.with_node_locked_retry(0, Duration::MAX);
    assert_eq!(at_once(call(&impatient, "quick")).await.unwrap_err().status(), 409);
    api.store.release(NODE, fence).await.unwrap();
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b55_what_an_earlier_life_left_is_cleared_and_recorded() {
    let (_, api) = new();
    reserve(&api, NODE, NAME, Uuid::new_v4(), "req-earlier").await;
    api.store.record_failure(NODE, "stale").await.unwrap();
    api.dispatcher.recover().await.unwrap();
    api.assert_idle().await;
    assert_recorded(api.last_error(), "flash", "req-earlier", LEFT);
    assert!(api.dispatcher.failures().is_empty());
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn b55_the_first_call_clears_by_itself() {
    for of_driver in [false, true] {
        let (_, api) = new();
        reserve(&api, NODE, NAME, Uuid::new_v4(), "req-earlier").await;
        let reply = if of_driver {
            api.driver("reservations", "POST", "quick", "").await
        } else {
            at_once(api.node("POST", "quick", "")).await
        };
        assert_eq!(reply.status, 200);
        assert_recorded(api.last_error(), "flash", "req-earlier", LEFT);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b55_only_its_own_earlier_lives_are_cleared() {
    let (vendor, api) = new();
    let others = node(&api, "others");
    let earlier = [node(&api, "first"), node(&api, "second")];
    reserve(&api, others, "rack-2", Uuid::new_v4(), "req-other").await;
    for node in earlier {
        reserve(&api, node, NAME, Uuid::new_v4(), "req-earlier").await;
    }
    let call = api.start("hold", "");
    vendor.gate.reached().await;
    for _ in 0..2 {
        api.dispatcher.recover().await.unwrap();
        let mut left = api.dispatcher.reservations().await.unwrap();
        left.sort_by_key(|(_, held)| held.holder.conductor.to_string());
        let left: Vec<_> = left.iter().map(|(node, _)| *node).collect();
        assert_eq!(left, [NODE, others]);
    }
    for node in earlier {
        assert_recorded(last_error(&api, node), "flash", "req-earlier", LEFT);
    }
    assert_eq!((last_error(&api, NODE), last_error(&api, others)), (None, None));
    vendor.gate.open(1);
    assert_eq!(call.await.unwrap().status, 200);
}

/// Such as the task of a unit test, which no call has cleared the way for.
#[tokio::test(start_paused = true)]
async fn b55_what_this_very_life_holds_is_not_cleared() {
    let conductor = TestConductor::new(Vendor::default());
    let mut task = conductor.task().await.unwrap();
    conductor.dispatcher().recover().await.unwrap();
    assert!(conductor.is_locked().await);
    task.save().await.unwrap();
    assert_eq!(conductor.last_error(), None);
}

/// What is reserved under its name after that is not its business: another conductor of that name
/// would be a mistake of the operator's.
#[tokio::test(start_paused = true)]
async fn b55_clearing_happens_once() {
    let (_, api) = new();
    api.dispatcher.recover().await.unwrap();
    reserve(&api, NODE, NAME, Uuid::new_v4(), "req-later").await;
    api.dispatcher.recover().await.unwrap();
    assert_eq!(after(3, api.node("POST", "quick", "")).await.status, 409);
    assert_eq!(api.last_error(), None);
}

#[tokio::test(start_paused = true)]
async fn b55_two_first_calls_clear_once() {
    let (vendor, api, store) = faulty();
    store.yields();
    reserve(&api, NODE, NAME, Uuid::new_v4(), "req-earlier").await;
    let calls = [api.start("quick", ""), api.start("quick", "")];
    for call in calls {
        assert_eq!(call.await.unwrap().status, 200);
    }
    assert_eq!((store.count(Point::Reservations), store.count(Point::RecordFailure)), (1, 1));
    assert_eq!(store.count(Point::Release), 3);
    assert_eq!(vendor.seen.all().len(), 2);
    assert_recorded(api.last_error(), "flash", "req-earlier", LEFT);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b55_a_first_call_that_goes_away_leaves_the_clearing_to_the_next() {
    let (_, api, store) = faulty();
    store.yields();
    reserve(&api, NODE, NAME, Uuid::new_v4(), "req-earlier").await;
    {
        let mut first = pin!(call(&api.dispatcher, "quick"));
        begin(first.as_mut()).await;
        begin(first.as_mut()).await;
        assert_eq!(store.count(Point::RecordFailure), 1);
    }
    assert!(api.is_locked().await);
    call(&api.dispatcher, "quick").await.unwrap();
    assert_recorded(api.last_error(), "flash", "req-earlier", LEFT);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b55_where_clearing_fails_the_next_call_tries_again() {
    for point in [Point::Reservations, Point::RecordFailure, Point::Release] {
        let (vendor, api, store) = faulty();
        reserve(&api, NODE, NAME, Uuid::new_v4(), "req-earlier").await;
        store.fail(point, 3);
        let refused = at_once(api.node("POST", "quick", "")).await;
        assert_fault(&refused, 500, "internal error");
        assert!(!refused.faultstring().contains(SECRET));
        let refused = at_once(api.driver("reservations", "POST", "quick", "")).await;
        assert_fault(&refused, 500, "internal error");
        assert!(matches!(api.dispatcher.recover().await, Err(Error::Internal(_))));
        assert!(vendor.seen.all().is_empty());
        assert!(api.is_locked().await);
        assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
        assert_recorded(api.last_error(), "flash", "req-earlier", LEFT);
        assert_eq!(vendor.seen.all(), ["quick"]);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b55_a_call_that_fails_because_of_the_clearing_is_logged() {
    let conductor = TestConductor::new(Vendor::default());
    let (_, api, store) = faulty();
    store.fail(Point::Reservations, 2);
    let replies = [
        api.node("POST", "quick", "").await,
        api.driver("reservations", "POST", "quick", "").await,
    ];
    let log = conductor.log();
    for reply in replies {
        assert_eq!(reply.status, 500);
        assert!(log.iter().any(|line| line.contains(reply.header("openstack-request-id"))));
    }
    let logged = |line: &&String| line.starts_with("ERROR") && line.contains(SECRET);
    assert_eq!(log.iter().filter(logged).count(), 2, "{log:#?}");
}

/// A node that was deleted meanwhile has no reservation, and nothing that could be recorded.
#[tokio::test(start_paused = true)]
async fn b55_a_reservation_of_a_node_that_is_gone_hinders_nobody() {
    let (_, api) = new();
    let gone = node(&api, "gone");
    reserve(&api, gone, NAME, Uuid::new_v4(), "req-earlier").await;
    api.store.remove(gone);
    assert_eq!(api.node("POST", "quick", "").await.status, 200);
    assert!(api.dispatcher.failures().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b56_a_method_that_lost_its_reservation_is_told_and_saves_nothing() {
    for method in ["obey", "obey_upgraded"] {
        let (vendor, api) = new();
        let call = api.start(method, "");
        vendor.gate.reached().await;
        let before = api.store.nodes();
        let holder = held(&api).await.holder;
        assert!(break_it(&api).await);
        vendor.gate.open(1);
        let reply = at_once(call).await.unwrap();
        assert_fault(&reply, 500, &lost(method));
        assert_eq!(vendor.seen.all(), [TOLD]);
        assert_eq!(api.store.nodes()[0].name, before[0].name);
        let recorded = api.last_error().unwrap();
        assert!(recorded.contains("may or may not have happened"), "{recorded}");
        assert!(recorded.contains(&*holder.call), "{recorded}");
        api.assert_idle().await;
        assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn b56_an_asynchronous_call_that_lost_its_reservation_is_recorded() {
    let (vendor, api) = new();
    let accepted = api.node("POST", "obey_later", "").await;
    assert_eq!(accepted.status, 202);
    vendor.gate.reached().await;
    // By whoever it was: what that one recorded is not looked at here.
    let fence = held(&api).await.fence;
    assert!(api.store.release(NODE, fence).await.unwrap());
    vendor.gate.open(1);
    assert_eq!(at_once(api.dispatcher.shutdown()).await.interrupted, 0);
    let call = accepted.header("openstack-request-id");
    assert_recorded(api.last_error(), "obey_later", call, &lost("obey_later"));
    assert_eq!(vendor.seen.all(), [TOLD]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_a_lost_reservation_is_never_answered_as_a_call_that_is_to_be_repeated() {
    let (vendor, api) = new();
    vendor.gate.open(1);
    let call = api.start("obey_with_409", "");
    vendor.gate.reached().await;
    assert!(break_it(&api).await);
    assert_fault(&at_once(call).await.unwrap(), 500, &lost("obey_with_409"));
    api.assert_idle().await;
}

/// It comes to its end before anybody could tell it: what it did was done without its lock.
#[tokio::test(start_paused = true)]
async fn b56_a_method_that_ends_before_it_is_told_has_lost_its_reservation_too() {
    for method in ["hold", "hold_later", "fail_with_409"] {
        let (vendor, api) = new();
        let call = api.start(method, "");
        vendor.gate.reached().await;
        let fence = held(&api).await.fence;
        vendor.gate.open(1);
        assert!(api.store.release(NODE, fence).await.unwrap());
        let reply = at_once(call).await.unwrap();
        if method == "hold_later" {
            api.dispatcher.shutdown().await;
            let call = reply.header("openstack-request-id");
            assert_recorded(api.last_error(), method, call, &lost(method));
        } else {
            assert_fault(&reply, 500, &lost(method));
        }
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b56_a_method_that_does_not_obey_is_dropped_after_the_grace() {
    let (vendor, api) = new();
    vendor.gate.open(1);
    let call = api.start("ignore", "");
    vendor.gate.reached().await;
    assert!(break_it(&api).await);
    assert_fault(&after(5, call).await.unwrap(), 500, &lost("ignore"));
    api.assert_idle().await;
}

/// The loss is seen by the store itself, before the method could be told.
#[tokio::test(start_paused = true)]
async fn b56_a_save_without_the_reservation_is_refused_by_its_fence() {
    let (vendor, api) = new();
    let call = api.start("save", "");
    vendor.gate.reached().await;
    let before = api.store.nodes();
    vendor.gate.open(1);
    let fence = held(&api).await.fence;
    assert!(api.store.release(NODE, fence).await.unwrap());
    let reply = call.await.unwrap();
    assert_eq!(reply.status, 500);
    assert_fault(&reply, 500, "was lost, nothing was saved");
    assert_eq!(api.store.nodes(), before);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_a_reservation_that_another_conductor_took_is_lost() {
    let (vendor, api) = new();
    let call = api.start("obey", "");
    vendor.gate.reached().await;
    let fence = held(&api).await.fence;
    assert!(api.store.release(NODE, fence).await.unwrap());
    let others = reserve(&api, NODE, "rack-2", Uuid::new_v4(), "req-other").await;
    vendor.gate.open(1);
    assert_fault(&at_once(call).await.unwrap(), 500, &lost("obey"));
    assert_eq!(vendor.seen.all(), [TOLD]);
    // It is the other's, and stays so.
    assert_eq!(held(&api).await.fence, others);
    assert_eq!(api.dispatcher.locks().held, 0);
}

#[tokio::test(start_paused = true)]
async fn b56_a_store_that_ends_a_wait_too_early_is_asked_again() {
    let (vendor, api, store) = faulty();
    store.fail(Point::WaitEnded, 3);
    let call = api.start("read", "");
    vendor.gate.reached().await;
    vendor.gate.open(1);
    assert_eq!(call.await.unwrap().json(), false);
    let call = api.start("save", "");
    vendor.gate.reached().await;
    assert_eq!(store.count(Point::WaitEnded), 4);
    vendor.gate.open(1);
    assert_eq!(call.await.unwrap().status, 200);
    assert_eq!(api.store.nodes()[0].name.as_deref(), Some("saved"));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_a_store_that_cannot_be_asked_is_no_loss() {
    let (vendor, api, store) = faulty();
    let call = api.start("obey", "");
    vendor.gate.reached().await;
    vendor.gate.open(1);
    store.fail(Point::Reservation, 3);
    assert!(api.store.release(NODE, held(&api).await.fence).await.unwrap());
    // Once it can be asked, three seconds later, the loss is seen.
    assert_fault(&after(3, call).await.unwrap(), 500, &lost("obey"));
    assert_eq!(store.seconds(Point::Reservation), [0, 1, 2, 3]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b56_only_the_holder_is_told() {
    let (vendor, api) = new();
    let reader = api.start("read", "");
    vendor.gate.reached().await;
    let other = api.add_node("reservations", |_| {});
    let client = api.client.clone();
    let other =
        tokio::spawn(async move { client.send("POST", &format!("{other}/hold"), "").await });
    vendor.gate.reached().await;
    let holder = api.start("obey", "");
    vendor.gate.reached().await;
    assert!(break_it(&api).await);
    vendor.gate.open(3);
    assert_eq!(holder.await.unwrap().status, 500);
    assert_eq!(reader.await.unwrap().json(), false);
    assert_eq!(other.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b54_a_method_is_not_told_that_its_node_was_deleted() {
    let (vendor, api) = new();
    let call = api.start("obey", "");
    vendor.gate.reached().await;
    api.store.remove(NODE);
    vendor.gate.open(1);
    for _ in 0..100 {
        yield_now().await;
    }
    assert!(vendor.seen.all().is_empty());
    assert!(!call.is_finished());
}

#[tokio::test(start_paused = true)]
async fn b57_all_reservations_are_listed() {
    let (vendor, api) = new();
    assert!(api.dispatcher.reservations().await.unwrap().is_empty());
    let other = node(&api, "other");
    let fence = reserve(&api, other, "rack-2", Uuid::nil(), "req-other").await;
    let call = api.start("hold", "");
    vendor.gate.reached().await;
    let mut listed = api.dispatcher.reservations().await.unwrap();
    listed.sort_by_key(|(_, held)| held.holder.conductor.to_string());
    assert_eq!(listed[0].0, NODE);
    assert_eq!(listed[0].1.holder.purpose, "vendor method `hold`");
    assert_eq!((listed[1].0, listed[1].1.fence), (other, fence));
    assert_eq!(&*listed[1].1.holder.conductor, "rack-2");
    vendor.gate.open(1);
    let reply = call.await.unwrap();
    assert_eq!(&*listed[0].1.holder.call, reply.header("openstack-request-id"));
    assert_eq!(api.dispatcher.reservations().await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn b57_a_reservation_is_broken_by_its_fence_alone() {
    let (_, api) = new();
    let context = operator();
    let broken = |fence| api.dispatcher.break_reservation(&context, NODE, fence);
    assert!(!broken(0).await.unwrap());
    let earlier = reserve(&api, NODE, "rack-2", Uuid::nil(), "req-earlier").await;
    api.store.release(NODE, earlier).await.unwrap();
    assert!(!broken(earlier).await.unwrap());
    let fence = reserve(&api, NODE, "rack-2", Uuid::nil(), "req-other").await;
    for wrong in [0, earlier, fence + 1, u64::MAX] {
        assert!(!broken(wrong).await.unwrap());
    }
    let unknown = api.dispatcher.break_reservation(&context, Uuid::nil(), fence).await;
    assert!(!unknown.unwrap());
    assert_eq!(held(&api).await.fence, fence);
    assert_eq!(api.last_error(), None);

    assert!(broken(fence).await.unwrap());
    assert!(!api.is_locked().await);
    assert!(!broken(fence).await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn b57_breaking_a_reservation_is_audited() {
    for (context, name) in [(operator(), "alice"), (Context::new(), "an operator")] {
        let conductor = TestConductor::new(Vendor::default());
        conductor.lock_for_somebody_else().await;
        let node = conductor.node().await.uuid();
        let held = conductor.dispatcher().reservation(node).await.unwrap().unwrap();
        let broken = conductor.dispatcher().break_reservation(&context, node, held.fence).await;
        assert!(broken.unwrap());
        assert!(!conductor.is_locked().await);

        let request = context.request_id();
        let why = format!("its reservation was broken by {name} ({request})");
        let logged = |line: &String| {
            line.starts_with("WARN")
                && line.contains(&why)
                && line.contains(&node.to_string())
                && line.contains("conductor somebody else for another call (req-else)")
        };
        assert!(conductor.log().iter().any(logged), "{:#?}", conductor.log());
        let recorded = conductor.last_error().unwrap();
        assert!(recorded.starts_with("another call failed at "), "{recorded}");
        let rest = format!(
            "Z (req-else): interrupted: {why}; what it had begun may or may not have happened"
        );
        assert!(recorded.ends_with(&rest), "{recorded}");
    }
}

#[tokio::test(start_paused = true)]
async fn b57_what_cannot_be_recorded_is_not_broken() {
    let (_, api, store) = faulty();
    let fence = reserve(&api, NODE, "rack-2", Uuid::nil(), "req-other").await;
    for point in [Point::Reservation, Point::RecordFailure, Point::Release] {
        store.fail(point, 1);
        let broken = api.dispatcher.break_reservation(&operator(), NODE, fence).await;
        let error = broken.unwrap_err();
        assert!(matches!(error, Error::Internal(_)), "{error:?}");
        assert_eq!(held(&api).await.fence, fence);
    }
    assert!(api.dispatcher.break_reservation(&operator(), NODE, fence).await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn b57_calls_that_wait_have_their_turn_when_a_reservation_is_broken() {
    let (vendor, api) = new();
    let other = api.beside(vendor.clone(), |builder| builder.conductor("rack-2"));
    let holder = api.start("obey", "");
    vendor.gate.reached().await;
    let waiters = [api.queue("quick", "").await, other.queue("quick", "").await];
    vendor.gate.open(1);
    assert!(break_it(&api).await);
    for waiter in waiters {
        assert_eq!(at_once(waiter).await.unwrap().status, 200);
    }
    assert_fault(&holder.await.unwrap(), 500, &lost("obey"));
    assert_eq!(vendor.seen.all().len(), 3);
    api.assert_idle().await;
    other.assert_idle().await;
}

/// Another conductor has its turn even while the method that lost the node still runs.
#[tokio::test(start_paused = true)]
async fn b57_another_conductor_does_not_wait_for_the_method() {
    let (vendor, api) = new();
    let other = api.beside(vendor.clone(), |builder| builder.conductor("rack-2"));
    let holder = api.start("hold_blocking", "");
    vendor.gate.reached().await;
    assert!(break_it(&other).await);
    assert_eq!(at_once(other.node("POST", "quick", "")).await.status, 200);
    assert!(!holder.is_finished());
    vendor.gate.open(1);
    assert_fault(&holder.await.unwrap(), 500, &lost("hold_blocking"));
    api.assert_idle().await;
}

/// Its own conductor waits until it has had its time to end, and no longer.
#[tokio::test(start_paused = true)]
async fn b57_a_plain_function_that_does_not_end_keeps_nobody_from_a_node_whose_lock_was_broken() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| builder.cancellation_grace(Duration::ZERO));
    let holder = api.start("hold_blocking", "");
    vendor.gate.reached().await;
    assert!(break_it(&api).await);
    assert_fault(&holder.await.unwrap(), 500, &lost("hold_blocking"));
    assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
    api.assert_idle().await;
    vendor.gate.open(1);
}

#[tokio::test(start_paused = true)]
async fn b52_what_is_changed_through_an_upgraded_task_is_saved() {
    let conductor = TestConductor::new(Vendor::default());
    let task = conductor.shared_task().await.unwrap();
    {
        let mut upgraded = task.upgrade_lock().await.unwrap();
        assert_eq!(name(&upgraded), "node");
        rename(&mut upgraded);
        upgraded.save().await.unwrap();
        assert_eq!(name(&upgraded), "renamed");
        assert!(conductor.is_locked().await);
    }
    assert_eq!(conductor.node().await.name.as_deref(), Some("renamed"));
    // A shared task is of the node as it was.
    assert_eq!(task.node().name.as_deref(), Some("node"));
    assert!(conductor.is_locked().await);
}

/// A helper that must only run under the exclusive lock.
fn name(task: &Task) -> String {
    task.node().name.clone().unwrap_or_default()
}

fn rename(task: &mut Task) {
    task.node_mut().name = Some("renamed".to_owned());
}
