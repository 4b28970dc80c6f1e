//! B64 and B65: how many asynchronous calls run at once, all together and of one driver.

use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, DispatcherBuilder, Registry, SettingsError};

use crate::support::{Api, Gate, NODE, assert_fault, at_once, until};

/// Takes workers.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "workers", drivers = ["workers", "workers-slow"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn exclusive(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn shared(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    fn blocking(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass_blocking();
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn sync(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "shared")]
    async fn driver(&self, _context: &Context) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }
}

const SLOW: &str = "workers-slow";

/// A conductor whose node is of the other driver, and the path of a node of the slow one.
fn with(configure: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder) -> (Vendor, Api, String) {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), configure);
    let slow = api.add_node(SLOW, |_| {});
    (vendor, api, slow)
}

fn builder() -> DispatcherBuilder {
    Dispatcher::builder(Registry::builder().interface(Vendor::default()).build().unwrap())
}

#[tokio::test(start_paused = true)]
async fn b64_a_driver_takes_its_share_and_leaves_the_rest_to_the_others() {
    let (vendor, api, slow) =
        with(|b| b.workers(3).reserved_workers_percent(0).driver_workers(SLOW, 2));
    assert_eq!(api.client.send("POST", &format!("{slow}/shared"), "").await.status, 202);
    assert_eq!(api.driver(SLOW, "POST", "shared", "").await.status, 202);
    for refused in [
        at_once(api.client.send("POST", &format!("{slow}/shared"), "")).await,
        at_once(api.client.send("POST", &format!("{slow}/exclusive"), "")).await,
        at_once(api.client.send("POST", &format!("{slow}/blocking"), "")).await,
        at_once(api.driver(SLOW, "POST", "shared", "")).await,
    ] {
        let says = "all 2 conductor workers of driver `workers-slow` are busy; please retry later";
        assert_fault(&refused, 503, says);
        assert_eq!(refused.header("retry-after"), "1");
    }
    assert_eq!(api.dispatcher.locks().held, 0);

    // A synchronous call needs none, and the other driver has the third one.
    assert_eq!(api.client.send("POST", &format!("{slow}/sync"), "").await.status, 200);
    assert_eq!(api.node("POST", "shared", "").await.status, 202);
    assert_fault(
        &api.node("POST", "shared", "").await,
        503,
        "all 3 conductor workers are busy; please retry later",
    );
    assert_eq!(api.dispatcher.workers().running, 3);

    // A share is free again when its work ends.
    vendor.gate.open(3);
    for _ in 0..3 {
        vendor.gate.reached().await;
    }
    until(|| api.dispatcher.workers().running == 0).await;
    vendor.gate.open(2);
    for _ in 0..2 {
        assert_eq!(api.driver(SLOW, "POST", "shared", "").await.status, 202);
    }
    assert_eq!(api.dispatcher.shutdown().await.interrupted, 0);
    assert!(api.store.nodes().iter().all(|node| node.last_error.is_none()));
    api.assert_idle().await;
}

/// A share of a pool that others have used up.
#[tokio::test(start_paused = true)]
async fn b64_a_share_is_no_right_to_a_worker() {
    let (vendor, api, slow) = with(|b| b.workers(1).driver_workers(SLOW, 1));
    assert_eq!(api.node("POST", "shared", "").await.status, 202);
    for _ in 0..2 {
        let refused = api.client.send("POST", &format!("{slow}/shared"), "").await;
        assert_fault(&refused, 503, "all 1 conductor workers are busy; please retry later");
    }
    vendor.gate.open(2);
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "sync", "").await.status, 200);
    assert_eq!(api.client.send("POST", &format!("{slow}/shared"), "").await.status, 202);
    assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
    api.assert_idle().await;
}

/// Other work of the conductor is of no driver.
#[tokio::test(start_paused = true)]
async fn b64_other_work_takes_no_share() {
    let (vendor, api, _) = with(|b| b.workers(2).driver_workers(SLOW, 1));
    let worker = api.dispatcher.take_worker().unwrap();
    assert_eq!(api.driver(SLOW, "POST", "shared", "").await.status, 202);
    assert_eq!(api.dispatcher.workers().running, 2);
    assert!(api.dispatcher.take_worker().is_err());
    vendor.gate.open(1);
    drop(worker);
    assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b65_a_full_pool_is_told_at_once_and_the_lock_is_free() {
    for share in [false, true] {
        let vendor = Vendor::default();
        let api = Api::configured(vendor.clone(), |builder| {
            if share { builder.driver_workers("workers", 1) } else { builder.workers(1) }
        });
        assert_eq!(api.driver("workers", "POST", "shared", "").await.status, 202);
        vendor.gate.reached().await;
        let refused = at_once(api.node("POST", "exclusive", "")).await;
        assert_fault(&refused, 503, "busy; please retry later");
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!((api.dispatcher.locks().held, api.is_locked().await), (0, false));
        assert_eq!(at_once(api.node("POST", "sync", "")).await.status, 200);
        assert_eq!(api.last_error(), None);
        vendor.gate.open(1);
        assert_eq!(api.dispatcher.shutdown().await.finished, 1);
        api.assert_idle().await;
    }
}

/// The lock of a call that waits is worth nothing without a worker.
#[tokio::test(start_paused = true)]
async fn b65_a_call_that_has_its_lock_but_no_worker_is_refused() {
    let (vendor, api, _) = with(|b| b.workers(1));
    let fence = api.lock_for_somebody_else().await;
    let waiter = api.queue("exclusive", "").await;
    assert_eq!(api.driver("workers", "POST", "shared", "").await.status, 202);
    vendor_passthru::LockStore::release(&api.store, NODE, fence).await.unwrap();
    assert_fault(&at_once(waiter).await.unwrap(), 503, "all 1 conductor workers are busy");
    assert!(!api.is_locked().await);
    vendor.gate.open(1);
    assert_eq!(api.dispatcher.shutdown().await.stuck, 0);
    api.assert_idle().await;
}

#[test]
fn b64_settings_that_leave_no_worker_are_refused() {
    let refused = |builder: DispatcherBuilder| -> SettingsError { builder.build().unwrap_err() };
    assert_eq!(refused(builder().workers(0)).to_string(), "a conductor needs at least one worker");
    assert_eq!(
        refused(builder().reserved_workers_percent(100)).to_string(),
        "less than 100 % of the workers can be reserved"
    );
    assert_eq!(
        refused(builder().driver_workers(SLOW, 0)).to_string(),
        "driver `workers-slow` needs at least one worker"
    );
}

#[test]
fn b64_a_share_is_for_a_driver_there_is() {
    let refused = builder().driver_workers("workers-slwo", 2).build().unwrap_err();
    let says = refused.to_string();
    assert!(says.starts_with("there is no driver `workers-slwo` to give workers to, only "));
    for driver in ["`workers`", "`workers-slow`"] {
        assert!(says.contains(driver), "{says}");
    }
}

/// A share may be larger than the pool: it then is no limit.
#[tokio::test(start_paused = true)]
async fn b64_a_share_larger_than_the_pool_limits_nothing() {
    let (vendor, api, _) = with(|b| b.workers(2).driver_workers(SLOW, 300));
    for _ in 0..2 {
        assert_eq!(api.driver(SLOW, "POST", "shared", "").await.status, 202);
    }
    let refused = api.driver(SLOW, "POST", "shared", "").await;
    assert_fault(&refused, 503, "all 2 conductor workers are busy");
    vendor.gate.open(2);
    assert_eq!(api.dispatcher.shutdown().await.finished, 2);
}
