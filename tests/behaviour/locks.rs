//! B48 to B54: the locks of a node.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;
use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, Holder, Registry, Reservation, Uuid, http};
use vendor_passthru_tests::{Client, Reply};

use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, at_once, begin, until};

/// Stops under either lock, and moves nodes from one driver or interface to another.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        match call.method().name {
            "invalid" => Err(Error::InvalidParameterValue("not today".to_owned())),
            _ => Ok(()),
        }
    }
}

#[vendor_interface(name = "locks", drivers = ["locks"], default)]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn hold(&self, _task: &mut Task, who: Option<String>) -> Result<()> {
        self.seen.note(who.unwrap_or_default());
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn hold_async(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn hold_blocking(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn read(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn name_of_node(&self, task: &Task<Shared>) -> Result<Option<String>> {
        Ok(task.node().name.clone())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("no").with_status(418).into())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn fail_blocking(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("no").with_status(418).into())
    }

    #[passthru(methods = ["POST"])]
    async fn fail_async(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("no").into())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic(&self, _task: &mut Task) -> Result<()> {
        panic!("under the lock")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn panic_blocking(&self, _task: &mut Task) -> Result<()> {
        panic!("under the lock")
    }

    #[passthru(methods = ["POST"])]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic_async(&self, _task: &mut Task) -> Result<()> {
        panic!("under the lock")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn invalid(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    /// Holds the node for a while, and gives it another driver, interface or name.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn change(
        &self,
        task: &mut Task,
        driver: Option<String>,
        vendor_interface: Option<String>,
        name: Option<String>,
    ) -> Result<()> {
        self.gate.pass().await;
        let node = task.node_mut();
        node.driver = driver.unwrap_or_else(|| node.driver.clone());
        node.vendor_interface = vendor_interface.or(node.vendor_interface.take());
        node.name = name.or(node.name.take());
        task.save().await
    }

    /// Says for which interface it ran.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn which(&self, task: &mut Task) -> Result<&'static str> {
        self.seen.note(format!("which: {}", task.node().name.clone().unwrap_or_default()));
        Ok("locks")
    }

    /// Waits, and goes on under the exclusive lock.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade(&self, task: &Task<Shared>) -> Result<Option<String>> {
        self.seen.note("upgrade");
        self.gate.pass().await;
        let task = task.upgrade_lock().await?;
        self.gate.pass().await;
        Ok(task.node().name.clone())
    }

    /// The same in the background.
    #[passthru(
        methods = ["POST"],
        method = "upgrade-async",
        require_exclusive_lock = false,
    )]
    async fn upgrade_async(&self, task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        task.upgrade_lock().await?;
        self.seen.note("locks");
        Ok(())
    }

    /// Changes the node under the upgraded lock.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade_and_save(&self, task: &Task<Shared>, name: String) -> Result<()> {
        let mut task = task.upgrade_lock().await?;
        task.node_mut().name = Some(name);
        task.save().await
    }

    /// Does without its upgraded task before it ends.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade_and_drop(&self, task: &Task<Shared>) -> Result<&'static str> {
        drop(task.upgrade_lock().await?);
        self.gate.pass().await;
        Ok("done")
    }

    /// Tries to have the lock twice.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade_twice(&self, task: &Task<Shared>) -> Result<()> {
        let _first = task.upgrade_lock().await?;
        task.upgrade_lock().await?;
        Ok(())
    }

    /// Tries again after the node was changed, and fails for a reason of its own.
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade_again_and_fail(&self, task: &Task<Shared>) -> Result<()> {
        self.seen.note("ran");
        self.gate.pass().await;
        let changed = task.upgrade_lock().await.is_err();
        self.seen.note(format!("changed: {changed}"));
        self.gate.pass().await;
        task.upgrade_lock().await?;
        Err(VendorPassthruException::new("no").with_status(418).into())
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn upgrade_and_panic(&self, task: &Task<Shared>) -> Result<()> {
        let task = task.upgrade_lock().await?;
        assert!(task.node().name.is_none());
        Ok(())
    }
}

/// The interface that a node of `Vendor` is given meanwhile.
#[derive(Clone, Default)]
struct Other {
    gate: Gate,
    seen: Seen,
}

impl VendorInterface for Other {}

#[vendor_interface(name = "locks-other", drivers = ["locks", "locks-other"])]
impl Other {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn which(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("locks-other")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn upgrade(&self, _task: &mut Task) -> Result<&'static str> {
        self.seen.note("upgrade");
        Ok("locks-other")
    }

    #[passthru(methods = ["POST"], method = "upgrade-async")]
    async fn upgrade_async(&self, _task: &mut Task) -> Result<()> {
        self.seen.note("locks-other");
        self.gate.pass().await;
        Ok(())
    }

    /// Gives the node its first driver again.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn change_back(&self, task: &mut Task) -> Result<()> {
        "locks".clone_into(&mut task.node_mut().driver);
        task.save().await
    }
}

/// A conductor with both interfaces.
fn with_other() -> (Vendor, Other, Api) {
    let (vendor, other) = (Vendor::default(), Other::default());
    let registry = Registry::builder().interface(vendor.clone()).interface(other.clone());
    let api = Api::of(registry.build().unwrap(), "locks", |builder| builder);
    (vendor, other, api)
}

fn new() -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::new(vendor))
}

/// A call that holds the node until the gate is opened.
async fn held(vendor: &Vendor, api: &Api) -> JoinHandle<Reply> {
    let holder = api.start("hold", "");
    vendor.gate.reached().await;
    holder
}

/// A second conductor over the same store.
fn second(api: &Api) -> (Dispatcher, Client) {
    let registry = Registry::builder().interface(Vendor::default()).build().unwrap();
    let builder = Dispatcher::builder(registry).nodes(api.store.clone()).conductor("second");
    let dispatcher = builder.build().unwrap();
    (dispatcher.clone(), Client::new(http::router(dispatcher, http::AllowAll)))
}

#[tokio::test(start_paused = true)]
async fn b48_shared_calls_run_beside_each_other_and_write_nothing() {
    let (vendor, api) = new();
    let before = api.store.nodes();
    let readers: Vec<_> = (0..5).map(|_| api.start("read", "")).collect();
    for _ in &readers {
        vendor.gate.reached().await;
    }
    api.assert_idle().await;
    assert_eq!(api.store.nodes(), before);
    vendor.gate.open(5);
    for reader in readers {
        assert_eq!(reader.await.unwrap().status, 200);
    }
    assert_eq!(api.store.nodes(), before);
}

#[tokio::test(start_paused = true)]
async fn b48_a_shared_call_runs_beside_an_exclusive_one_whoever_was_first() {
    let (vendor, api) = new();
    let reader = api.start("read", "");
    vendor.gate.reached().await;
    let holder = held(&vendor, &api).await;
    assert_eq!(at_once(api.node("POST", "name_of_node", "")).await.json(), "node");
    assert_eq!(api.dispatcher.locks().held, 1);
    vendor.gate.open(2);
    assert_eq!(reader.await.unwrap().status, 200);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b49_the_holder_is_conductor_session_and_call() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| builder.conductor("rack-1"));
    let mut sessions = Vec::new();
    for _ in 0..2 {
        let call = held(&vendor, &api).await;
        let held = api.dispatcher.reservation(NODE).await.unwrap().unwrap();
        vendor.gate.open(1);
        let reply = call.await.unwrap();
        assert_eq!(&*held.holder.conductor, "rack-1");
        assert_eq!(&*held.holder.call, reply.header("openstack-request-id"));
        assert_eq!(held.holder.purpose, "vendor method `hold`");
        sessions.push(held.holder.session);
    }
    assert!(!sessions[0].is_nil());
    assert_eq!(sessions[0], sessions[1]);
}

#[tokio::test(start_paused = true)]
async fn b49_each_life_of_a_conductor_is_a_session_of_its_own() {
    let mut sessions = Vec::new();
    for _ in 0..2 {
        let (vendor, api) = new();
        let call = held(&vendor, &api).await;
        sessions.push(api.dispatcher.reservation(NODE).await.unwrap().unwrap().holder.session);
        vendor.gate.open(1);
        assert_eq!(call.await.unwrap().status, 200);
    }
    assert_ne!(sessions[0], sessions[1]);
}

#[tokio::test(start_paused = true)]
async fn b49_there_is_one_holder_in_one_conductor_and_in_two() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let held = api.dispatcher.reservation(NODE).await.unwrap();
    let (_, other) = second(&api);
    for client in [&api.client, &other] {
        let reply = client.send("POST", "/v1/nodes/node/vendor_passthru/hold", "").await;
        assert_eq!(reply.status, 409);
        assert_eq!(api.dispatcher.reservation(NODE).await.unwrap(), held);
    }
    assert_eq!(vendor.seen.all().len(), 1);
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b49_locks_of_other_nodes_do_not_matter() {
    let (vendor, api) = new();
    let other = api.add_node("locks", |_| {});
    let holder = held(&vendor, &api).await;
    let reply = api.client.send("POST", &format!("{other}/quick"), "").await;
    assert_eq!(reply.status, 200);
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b50_a_call_on_a_locked_node_is_409_after_three_seconds() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    for method in ["hold", "hold_async", "hold_blocking"] {
        assert_eq!(after(3, api.node("POST", method, "")).await.status, 409, "{method}");
        let locks = api.dispatcher.locks();
        assert_eq!((locks.held, locks.waiting), (1, 0));
        assert_eq!(api.dispatcher.workers().running, 0);
    }
    assert_eq!(api.last_error(), None);
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
    assert_eq!(vendor.seen.all().len(), 1);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_the_409_names_holder_purpose_and_age() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| builder.conductor("rack-1"));
    let holder = held(&vendor, &api).await;
    let refused = api.node("POST", "quick", "").await;
    vendor.gate.open(1);
    let held = holder.await.unwrap();
    let call = held.header("openstack-request-id");
    let says = format!("by conductor rack-1 for vendor method `hold` ({call}) since ");
    assert_fault(&refused, 409, &says);
    let text = refused.faultstring();
    let (_, age) = text.split_once(&says).unwrap();
    assert!(age.starts_with(|first: char| first.is_ascii_digit()), "{text}");
    assert_eq!(refused.header("retry-after"), "1");
}

/// It fails on the header itself, and would not show why it was refused.
#[tokio::test(start_paused = true)]
async fn b50_python_ironicclient_alone_gets_no_retry_after() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    for (agent, retry_after) in [("python-ironicclient", ""), ("openstacksdk/4.22.0", "1")] {
        let headers = [("user-agent", agent)];
        let path = format!("/v1/nodes/{NODE}/vendor_passthru/quick");
        let refused = api.client.send_with("POST", &path, &headers, "").await;
        assert_fault(&refused, 409, "locked by");
        assert_eq!(refused.header("retry-after"), retry_after, "{agent}");
    }
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[test]
fn b50_the_age_of_a_lock_is_told_in_seconds() {
    let since = SystemTime::now() - Duration::from_hours(2);
    let holder = Holder::new("rack-1", Uuid::nil(), "req-1", "vendor method `hold`");
    let text = Reservation { holder, since, fence: 1 }.to_string();
    let (_, age) = text.split_once(" since ").unwrap();
    let seconds: u64 = age.trim_end_matches(" s").parse().unwrap();
    assert!((7200..7260).contains(&seconds), "{text}");
}

#[tokio::test(start_paused = true)]
async fn b50_attempts_and_interval_are_the_conductors_to_set() {
    for (attempts, interval, waits, retry_after) in
        [(0, 1000, 0, "1"), (2, 500, 1, "1"), (4, 5000, 20, "5"), (1, 1500, 1, "2")]
    {
        let vendor = Vendor::default();
        let interval = Duration::from_millis(interval);
        let api = Api::configured(vendor.clone(), |b| b.node_locked_retry(attempts, interval));
        let holder = held(&vendor, &api).await;
        let reply = after(waits, api.node("POST", "quick", "")).await;
        assert_eq!(reply.status, 409);
        assert_eq!(reply.header("retry-after"), retry_after);
        vendor.gate.open(1);
        assert_eq!(holder.await.unwrap().status, 200);
        assert_eq!(api.node("POST", "quick", "").await.status, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn b50_a_waiter_is_woken_by_the_release_itself() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let waiter = api.queue("quick", "").await;
    assert_eq!(api.dispatcher.locks().waiting, 1);
    tokio::time::advance(Duration::from_millis(2990)).await;
    vendor.gate.open(1);
    assert_eq!(at_once(waiter).await.unwrap().status, 200);
    assert_eq!(holder.await.unwrap().status, 200);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_a_waiter_in_another_conductor_is_woken_too() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let (dispatcher, client) = second(&api);
    let path = "/v1/nodes/node/vendor_passthru/quick";
    let waiter = tokio::spawn(async move { client.send("POST", path, "").await });
    until(|| dispatcher.locks().waiting == 1).await;
    vendor.gate.open(1);
    assert_eq!(at_once(waiter).await.unwrap().status, 200);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b50_waiters_are_served_in_order_of_arrival() {
    let (vendor, api) = new();
    let mut calls = vec![held(&vendor, &api).await];
    for who in [r#"{"who": "1"}"#, r#"{"who": "2"}"#, r#"{"who": "3"}"#, r#"{"who": "4"}"#] {
        calls.push(api.queue("hold", who).await);
    }
    assert_eq!(api.dispatcher.locks().waiting, 4);
    vendor.gate.open(calls.len());
    for call in calls {
        assert_eq!(at_once(call).await.unwrap().status, 200);
    }
    assert_eq!(vendor.seen.all(), ["", "1", "2", "3", "4"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_a_waiter_has_its_turn_although_its_caller_is_not_polled() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let mut waiter = pin!(api.node("POST", "hold", r#"{"who": "waiter"}"#));
    begin(waiter.as_mut()).await;
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
    vendor.gate.reached().await;
    let newcomer = api.queue("hold", r#"{"who": "newcomer"}"#).await;
    vendor.gate.open(2);
    assert_eq!(newcomer.await.unwrap().status, 200);
    assert_eq!(waiter.await.status, 200);
    assert_eq!(vendor.seen.all(), ["", "waiter", "newcomer"]);
}

#[tokio::test(start_paused = true)]
async fn b50_a_waiter_whose_client_goes_away_leaves_the_queue() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let first = api.queue("hold", r#"{"who": "first"}"#).await;
    let second = api.queue("hold", r#"{"who": "second"}"#).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(api.dispatcher.locks().waiting, 1);
    vendor.gate.open(2);
    assert_eq!(second.await.unwrap().status, 200);
    assert_eq!(holder.await.unwrap().status, 200);
    assert_eq!(vendor.seen.all(), ["", "second"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b50_each_waiter_has_its_own_three_seconds() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let first = api.queue("hold", r#"{"who": "first"}"#).await;
    tokio::time::advance(Duration::from_secs(2)).await;
    let second = api.queue("quick", "").await;
    // From here on the first one holds the node and the second one waits for it.
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
    assert_fault(&after(3, second).await.unwrap(), 409, "vendor method `hold`");
    vendor.gate.open(1);
    assert_eq!(first.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b51_on_a_locked_node_a_good_shared_call_runs_and_a_good_exclusive_one_is_409() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    assert_eq!(at_once(api.node("POST", "name_of_node", "")).await.status, 200);
    assert_eq!(after(3, api.node("POST", "quick", "")).await.status, 409);
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b51_on_a_locked_node_bad_arguments_are_400_at_once() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    for (method, body, says) in [
        ("hold", r#"{"who": 1}"#, "`$.who` is invalid"),
        ("hold", r#"{"whom": ""}"#, "`$.whom` is unknown"),
        ("hold", "[", "the request body cannot be read"),
        ("upgrade_and_save", "", "`$.name` is missing"),
    ] {
        assert_fault(&at_once(api.node("POST", method, body)).await, 400, says);
    }
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b52_upgrade_lock_reserves_the_node_and_reloads_it() {
    let (vendor, api) = new();
    let upgrade = api.start("upgrade", "");
    vendor.gate.reached().await;
    api.assert_idle().await;
    let renamed = api.node("POST", "upgrade_and_save", r#"{"name": "renamed"}"#).await;
    assert_eq!(renamed.status, 200);

    vendor.gate.open(1);
    vendor.gate.reached().await;
    let held = api.dispatcher.reservation(NODE).await.unwrap().unwrap();
    assert_eq!(held.holder.purpose, "vendor method `upgrade`");
    vendor.gate.open(1);
    let reply = upgrade.await.unwrap();
    assert_eq!(&*held.holder.call, reply.header("openstack-request-id"));
    assert_eq!(reply.json(), "renamed");
    assert_eq!(vendor.seen.all(), ["upgrade"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_upgrade_lock_waits_as_an_exclusive_call_does() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let reply = after(3, api.node("POST", "upgrade_and_drop", "")).await;
    assert_fault(&reply, 409, "vendor method `hold`");
    assert_eq!(reply.header("retry-after"), "1");

    let waiter = api.queue("upgrade_and_drop", "").await;
    vendor.gate.open(2);
    assert_eq!(at_once(waiter).await.unwrap().status, 200);
    assert_eq!(holder.await.unwrap().status, 200);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_upgrade_lock_is_not_re_entrant() {
    let (_, api) = new();
    let reply = after(3, api.node("POST", "upgrade_twice", "")).await;
    assert_fault(&reply, 409, "vendor method `upgrade_twice`");
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_a_synchronous_upgrade_whose_node_changed_is_looked_up_again() {
    for change in [
        r#"{"driver": "locks-other"}"#,
        r#"{"vendor_interface": "locks-other"}"#,
        r#"{"driver": "locks-other", "vendor_interface": "locks-other"}"#,
    ] {
        let (vendor, _, api) = with_other();
        let upgrade = api.start("upgrade", "");
        vendor.gate.reached().await;
        let changer = api.start("change", change);
        vendor.gate.reached().await;
        vendor.gate.open(2);
        assert_eq!(changer.await.unwrap().status, 200);
        assert_eq!(upgrade.await.unwrap().json(), "locks-other", "{change}");
        assert_eq!(vendor.seen.all(), ["upgrade"]);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b52_an_asynchronous_upgrade_whose_node_changed_is_looked_up_again() {
    let (vendor, other, api) = with_other();
    assert_eq!(api.node("POST", "upgrade-async", "").await.status, 202);
    vendor.gate.reached().await;
    let changer = api.start("change", r#"{"driver": "locks-other"}"#);
    vendor.gate.reached().await;
    vendor.gate.open(2);
    assert_eq!(changer.await.unwrap().status, 200);
    other.gate.reached().await;
    assert!(api.is_locked().await);
    assert_eq!(api.dispatcher.workers().running, 1);
    other.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.finished, 1);
    assert_eq!((vendor.seen.all().len(), other.seen.all().len()), (0, 1));
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_shutting_down_waits_for_a_call_that_is_looked_up_again() {
    let (vendor, other, api) = with_other();
    assert_eq!(api.node("POST", "upgrade-async", "").await.status, 202);
    vendor.gate.reached().await;
    let changer = api.start("change", r#"{"driver": "locks-other"}"#);
    vendor.gate.reached().await;
    let mut shutdown = pin!(api.dispatcher.shutdown());
    begin(shutdown.as_mut()).await;
    vendor.gate.open(2);
    assert_eq!(changer.await.unwrap().status, 200);
    other.gate.open(1);
    shutdown.await;
    assert_eq!(other.seen.all(), ["locks-other"]);
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_what_began_is_looked_up_again_although_its_caller_left() {
    let (vendor, other, api) = with_other();
    let upgrade = api.start("upgrade", "");
    vendor.gate.reached().await;
    let changer = api.start("change", r#"{"driver": "locks-other"}"#);
    vendor.gate.reached().await;
    vendor.gate.open(1);
    until(|| api.dispatcher.locks().waiting == 1).await;
    upgrade.abort();
    assert!(upgrade.await.unwrap_err().is_cancelled());
    vendor.gate.open(1);
    assert_eq!(changer.await.unwrap().status, 200);
    assert_eq!(api.dispatcher.shutdown().await.interrupted, 0);
    assert_eq!(other.seen.all(), ["upgrade"]);
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_an_upgrade_that_cannot_be_looked_up_again_is_answered_or_recorded() {
    let (vendor, _, api) = with_other();
    let upgrade = api.start("upgrade", "");
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "upgrade-async", "").await.status, 202);
    vendor.gate.reached().await;
    let changer = api.start("change", r#"{"vendor_interface": "no-vendor"}"#);
    vendor.gate.reached().await;
    vendor.gate.open(3);
    assert_eq!(changer.await.unwrap().status, 200);
    assert_fault(&upgrade.await.unwrap(), 400, "no vendor method `upgrade`");
    api.dispatcher.shutdown().await;
    let recorded = api.last_error().unwrap();
    assert!(recorded.starts_with("vendor method `upgrade-async` failed at "), "{recorded}");
    assert!(recorded.ends_with("no vendor method `upgrade-async`; there are none"), "{recorded}");
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b52_an_exclusive_call_whose_node_changed_while_it_waited_is_looked_up_again() {
    for change in [r#"{"driver": "locks-other"}"#, r#"{"vendor_interface": "locks-other"}"#] {
        let (vendor, _, api) = with_other();
        let changer = api.start("change", change);
        vendor.gate.reached().await;
        let waiter = api.queue("which", "").await;
        vendor.gate.open(1);
        assert_eq!(changer.await.unwrap().status, 200);
        assert_eq!(waiter.await.unwrap().json(), "locks-other", "{change}");
        assert!(vendor.seen.all().is_empty());
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b52_what_else_changed_on_the_node_is_reloaded_and_no_reason_to_look_up_again() {
    let (vendor, _, api) = with_other();
    let changer = api.start("change", r#"{"name": "renamed"}"#);
    vendor.gate.reached().await;
    let waiter = api.queue("which", "").await;
    vendor.gate.open(1);
    assert_eq!(changer.await.unwrap().status, 200);
    assert_eq!(waiter.await.unwrap().json(), "locks");
    assert_eq!(vendor.seen.all(), ["which: renamed"]);
}

#[tokio::test(start_paused = true)]
async fn b52_an_upgrade_that_succeeds_later_is_not_looked_up_again() {
    let (vendor, _, api) = with_other();
    let upgrade = api.start("upgrade_again_and_fail", "");
    vendor.gate.reached().await;
    let changer = api.start("change", r#"{"driver": "locks-other"}"#);
    vendor.gate.reached().await;
    vendor.gate.open(2);
    assert_eq!(changer.await.unwrap().status, 200);
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "change_back", "").await.status, 200);
    // Enough for a second run, if there should be one.
    vendor.gate.open(9);
    assert_eq!(upgrade.await.unwrap().status, 418);
    assert_eq!(vendor.seen.all(), ["ran", "changed: true"]);
}

#[tokio::test(start_paused = true)]
async fn b53_the_lock_stays_although_the_method_drops_its_upgraded_task() {
    let (vendor, api) = new();
    let call = api.start("upgrade_and_drop", "");
    vendor.gate.reached().await;
    assert!(api.is_locked().await);
    vendor.gate.open(1);
    let reply = call.await.unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), "done");
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_the_lock_is_released_on_every_exit() {
    let (_, api) = new();
    for (method, status) in [
        ("quick", 200),
        ("fail", 418),
        ("panic", 500),
        ("invalid", 400),
        ("upgrade_and_panic", 500),
    ] {
        assert_eq!(api.node("POST", method, "").await.status, status, "{method}");
        api.assert_idle().await;
    }
    for method in ["fail_async", "panic_async"] {
        assert_eq!(api.node("POST", method, "").await.status, 202);
        assert_eq!(at_once(api.node("POST", "quick", "")).await.status, 200);
        assert!(api.last_error().unwrap().contains(method));
        api.assert_idle().await;
    }
}

#[tokio::test]
async fn b54_a_plain_function_releases_the_lock_too() {
    let (vendor, api) = new();
    for (method, status) in [("fail_blocking", 418), ("panic_blocking", 500)] {
        assert_eq!(api.node("POST", method, "").await.status, status, "{method}");
        api.assert_idle().await;
    }
    let call = api.start("hold_blocking", "");
    vendor.gate.reached().await;
    assert!(api.is_locked().await);
    vendor.gate.open(1);
    assert_eq!(call.await.unwrap().status, 200);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_a_node_that_is_deleted_meanwhile_is_no_error() {
    let (vendor, api) = new();
    let holder = held(&vendor, &api).await;
    let waiter = api.queue("quick", "").await;
    api.store.remove(NODE);
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
    assert_eq!(waiter.await.unwrap().status, 404);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b54_an_asynchronous_call_survives_the_deletion_of_its_node() {
    let (vendor, api) = new();
    assert_eq!(api.node("POST", "hold_async", "").await.status, 202);
    vendor.gate.reached().await;
    api.store.remove(NODE);
    vendor.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.finished, 1);
    api.assert_idle().await;
}
