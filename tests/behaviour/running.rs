//! B58 to B69: how a call runs and ends.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use serde_json::json;
use vendor_passthru::prelude::*;
use vendor_passthru::{NodeStore, Shutdown};
use vendor_passthru_tests::Reply;

use crate::support::{Api, Gate, NODE, Seen, after, assert_fault, assert_recorded, at_once, begin};

/// Stops where a test wants to look, and fails where it is told to.
#[derive(Clone, Default)]
struct Vendor {
    gate: Gate,
    validating: Gate,
    seen: Seen,
}

impl VendorInterface for Vendor {
    async fn validate(&self, task: &Task<Validating>, call: &Call) -> Result<()> {
        let method = call.method().name;
        if matches!(method, "checked" | "checked_shared" | "checked_async") {
            let value: u8 = call.argument("value")?;
            let node = task.node().name.clone().unwrap_or_default();
            let request_id = task.context().request_id();
            let verb = call.http_method();
            self.seen.note(format!("validate {method} {verb} {value} {node} {request_id}"));
            self.validating.pass().await;
            refuse_zero(value)?;
        }
        Ok(())
    }

    async fn driver_validate(&self, context: &Context, call: &Call) -> Result<()> {
        let method = call.method().name;
        if matches!(method, "checked" | "checked_async") {
            let value: u8 = call.argument("value")?;
            let (verb, request_id) = (call.http_method(), context.request_id());
            self.seen.note(format!("driver_validate {method} {verb} {value} {request_id}"));
            refuse_zero(value)?;
        }
        Ok(())
    }
}

fn refuse_zero(value: u8) -> Result<()> {
    if value > 0 {
        return Ok(());
    }
    Err(Error::InvalidParameterValue("zero is refused".to_owned()))
}

#[vendor_interface(name = "running", drivers = ["running"])]
impl Vendor {
    #[passthru(methods = ["POST", "PUT"], async_call = false)]
    async fn checked(&self, _task: &mut Task, value: u8) -> Result<u8> {
        self.seen.note("run");
        Ok(value)
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn checked_shared(&self, _task: &Task<Shared>, value: u8) -> Result<u8> {
        Ok(value)
    }

    #[passthru(methods = ["POST"])]
    async fn checked_async(&self, _task: &mut Task, _value: u8) -> Result<()> {
        self.seen.note("run");
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "checked", async_call = false)]
    async fn driver_checked(&self, _context: &Context, value: u8) -> Result<u8> {
        self.seen.note("run");
        Ok(value)
    }

    #[driver_passthru(methods = ["POST"], method = "checked_async")]
    async fn driver_checked_async(&self, _context: &Context, _value: u8) -> Result<()> {
        self.seen.note("run");
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn rename(&self, task: &mut Task, name: String) -> Result<()> {
        self.gate.pass().await;
        task.node_mut().name = Some(name);
        task.save().await
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn sync(&self, _task: &mut Task) -> Result<&'static str> {
        let _end = End(self.seen.clone());
        self.gate.pass().await;
        self.seen.note("done");
        Ok("done")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn blocking(&self, _task: &mut Task) -> Result<&'static str> {
        self.gate.pass_blocking();
        self.seen.note("done");
        Ok("done")
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, _task: &Task<Shared>) -> Result<&'static str> {
        Ok("shared")
    }

    #[passthru(methods = ["POST"])]
    async fn background(&self, _task: &mut Task) -> Result<()> {
        let _end = End(self.seen.clone());
        self.gate.pass().await;
        self.seen.note("done");
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    fn background_blocking(&self, _task: &mut Task) -> Result<()> {
        self.gate.pass_blocking();
        Ok(())
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn background_shared(&self, _task: &Task<Shared>) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "background")]
    async fn driver_background(&self, _context: &Context) -> Result<()> {
        self.gate.pass().await;
        Ok(())
    }

    /// Changes the node, and fails before it is saved.
    #[passthru(methods = ["POST"], method = "fail", async_call = false)]
    async fn change_and_fail(&self, task: &mut Task) -> Result<()> {
        half_done(task);
        Err(refused())
    }

    #[passthru(methods = ["POST"], method = "fail-later")]
    async fn change_and_fail_later(&self, task: &mut Task) -> Result<()> {
        half_done(task);
        Err(refused())
    }

    #[passthru(methods = ["POST"], method = "fail-blocking")]
    fn change_and_fail_blocking(&self, task: &mut Task) -> Result<()> {
        half_done(task);
        Err(refused())
    }

    #[passthru(methods = ["POST"], method = "fail-shared", require_exclusive_lock = false)]
    async fn fail_shared(&self, _task: &Task<Shared>) -> Result<()> {
        Err(refused())
    }

    #[passthru(methods = ["POST"], method = "panic-later")]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic_later(&self, _task: &mut Task) -> Result<()> {
        panic!("in the background")
    }

    #[passthru(methods = ["POST"], method = "save-and-fail")]
    async fn save_and_fail(&self, task: &mut Task) -> Result<()> {
        task.node_mut().driver_info.insert("saved".to_owned(), true.into());
        task.save().await?;
        task.node_mut().driver_info.insert("not_saved".to_owned(), true.into());
        Err(refused())
    }

    #[passthru(methods = ["POST"])]
    async fn quick(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "driver-fail-later")]
    async fn driver_fail(&self, _context: &Context) -> Result<()> {
        Err(refused())
    }

    #[driver_passthru(methods = ["POST"], method = "driver-panic-later")]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn driver_panic(&self, _context: &Context) -> Result<()> {
        panic!("in the background")
    }

    #[driver_passthru(methods = ["POST"], method = "driver-fail", async_call = false)]
    async fn driver_fail_sync(&self, _context: &Context) -> Result<()> {
        Err(refused())
    }

    #[passthru(methods = ["GET", "POST", "PUT", "PATCH", "DELETE"], async_call = false)]
    async fn verb(&self, _task: &mut Task, http_method: HttpMethod) -> Result<HttpMethod> {
        Ok(http_method)
    }

    #[passthru(methods = ["PUT"], async_call = false)]
    fn verb_among_arguments(
        &self,
        _task: &mut Task,
        first: u8,
        http_method: HttpMethod,
        second: u8,
    ) -> Result<(u8, HttpMethod, u8)> {
        Ok((first, http_method, second))
    }

    #[driver_passthru(methods = ["GET", "DELETE"], method = "verb", async_call = false)]
    async fn driver_verb(&self, _context: &Context, http_method: HttpMethod) -> Result<HttpMethod> {
        Ok(http_method)
    }
}

fn refused() -> Error {
    VendorPassthruException::new("the BMC refused").with_status(418).into()
}

fn half_done(task: &mut Task) {
    let node = task.node_mut();
    node.name = Some("half-done".to_owned());
    node.last_error = Some("half-done".to_owned());
    node.driver_info.insert("half".to_owned(), "done".into());
}

/// Notes the end of a method, whether it came to it or was cancelled.
struct End(Seen);

impl Drop for End {
    fn drop(&mut self) {
        self.0.note("end");
    }
}

fn new() -> (Vendor, Api) {
    let vendor = Vendor::default();
    (vendor.clone(), Api::new(vendor))
}

/// A conductor with this many workers, all of them for vendor methods.
fn with_workers(workers: usize) -> (Vendor, Api) {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| builder.workers(workers));
    (vendor, api)
}

/// How long, in seconds, a cancelled method may take to return.
const GRACE: u64 = 5;

/// What is said of a method that shutting down cut short.
fn interrupted(method: &str) -> String {
    format!(
        "the vendor method `{method}` was interrupted: the conductor shut down; what it had begun \
         may or may not have happened"
    )
}

/// The request id of a call.
fn call_of(accepted: &Reply) -> &str {
    accepted.header("openstack-request-id")
}

fn figures(shutdown: Shutdown) -> (usize, usize) {
    (shutdown.finished, shutdown.interrupted)
}

#[tokio::test(start_paused = true)]
async fn b58_method_then_verb_then_arguments_then_lock_then_validation() {
    let (vendor, api) = new();
    let holder = api.start("sync", "");
    vendor.gate.reached().await;
    for (verb, method, body, says) in [
        ("DELETE", "chekced", "{", "no vendor method `chekced`"),
        ("DELETE", "checked", "{", "does not support HTTP DELETE"),
        ("POST", "checked", "{", "the request body cannot be read"),
        ("POST", "checked", r#"{"value": "no"}"#, "invalid arguments for method `checked`"),
    ] {
        assert_fault(&at_once(api.node(verb, method, body)).await, 400, says);
    }
    assert_eq!(api.node("POST", "checked", r#"{"value": 0}"#).await.status, 409);
    assert!(vendor.seen.all().is_empty());
    vendor.gate.open(1);
    assert_eq!(holder.await.unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn b58_validation_then_run() {
    let (vendor, api) = new();
    vendor.validating.open(1);
    assert_eq!(api.node("POST", "checked", r#"{"value": 7}"#).await.json(), 7);
    assert_eq!(api.driver("running", "POST", "checked", r#"{"value": 7}"#).await.json(), 7);
    let seen: Vec<_> = vendor.seen.all();
    let words: Vec<_> = seen.iter().map(|what| what.split(' ').next().unwrap()).collect();
    assert_eq!(words, ["validate", "run", "driver_validate", "run"]);
}

#[tokio::test(start_paused = true)]
async fn b58_what_validation_refuses_does_not_run() {
    let (vendor, api) = new();
    vendor.validating.open(2);
    let body = r#"{"value": 0}"#;
    for reply in [
        api.node("POST", "checked", body).await,
        api.node("POST", "checked_async", body).await,
        api.driver("running", "POST", "checked", body).await,
        api.driver("running", "POST", "checked_async", body).await,
    ] {
        assert_fault(&reply, 400, "zero is refused");
        api.assert_idle().await;
    }
    assert!(!vendor.seen.all().contains(&"run".to_owned()));
    assert_eq!(api.last_error(), None);
    assert!(api.dispatcher.failures().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b58_validation_comes_before_the_worker() {
    let (vendor, api) = with_workers(1);
    let worker = api.dispatcher.take_worker().unwrap();
    vendor.validating.open(2);
    assert_eq!(api.node("POST", "checked_async", r#"{"value": 0}"#).await.status, 400);
    assert_eq!(api.node("POST", "checked_async", r#"{"value": 1}"#).await.status, 503);
    assert!(!vendor.seen.all().contains(&"run".to_owned()));
    drop(worker);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b59_validation_sees_method_verb_arguments_and_caller() {
    let (vendor, api) = new();
    vendor.validating.open(3);
    let body = r#"{"value": 7}"#;
    let replies = [
        api.node("PUT", "checked", body).await,
        api.node("POST", "checked_shared", body).await,
        api.node("POST", "checked_async", body).await,
        api.driver("running", "POST", "checked", body).await,
    ];
    let calls = [
        "validate checked PUT 7 node",
        "validate checked_shared POST 7 node",
        "validate checked_async POST 7 node",
        "driver_validate checked POST 7",
    ];
    let mut seen = vendor.seen.all();
    seen.retain(|what| what != "run");
    for ((call, reply), seen) in calls.iter().zip(&replies).zip(&seen) {
        assert_eq!(*seen, format!("{call} {}", reply.header("openstack-request-id")));
    }
    assert_eq!(seen.len(), calls.len());
}

#[tokio::test(start_paused = true)]
async fn b59_validation_runs_under_the_final_lock() {
    let (vendor, api) = new();
    for (method, locked) in [("checked", true), ("checked_async", true), ("checked_shared", false)]
    {
        let call = api.start(method, r#"{"value": 7}"#);
        vendor.validating.reached().await;
        assert_eq!(api.is_locked().await, locked, "{method}");
        vendor.validating.open(1);
        assert!(call.await.unwrap().status.is_success());
    }
}

#[tokio::test(start_paused = true)]
async fn b59_validation_sees_the_node_as_it_is_under_the_lock() {
    let (vendor, api) = new();
    let rename = api.start("rename", r#"{"name": "renamed"}"#);
    vendor.gate.reached().await;
    let checked = api.queue("checked", r#"{"value": 7}"#).await;
    vendor.validating.open(1);
    vendor.gate.open(1);
    assert_eq!(rename.await.unwrap().status, 200);
    assert_eq!(checked.await.unwrap().status, 200);
    let seen = vendor.seen.all();
    assert!(seen[0].starts_with("validate checked POST 7 renamed req-"), "{seen:?}");
}

/// A node here has neither a maintenance flag nor a provision state; whatever a conductor keeps
/// of them in the fields there are, changes nothing.
#[tokio::test(start_paused = true)]
async fn b60_the_state_of_the_node_is_not_looked_at() {
    let (vendor, api) = new();
    let node = api.add_node("running", |node| {
        node.last_error = Some("cleaning failed".to_owned());
        for fields in [&mut node.driver_info, &mut node.instance_info] {
            fields.insert("maintenance".to_owned(), true.into());
            fields.insert("provision_state".to_owned(), "clean failed".into());
            fields.insert("power_state".to_owned(), "power off".into());
        }
    });
    vendor.gate.open(1);
    for (method, status) in [("sync", 200), ("shared", 200), ("quick", 202)] {
        let path = format!("{node}/{method}");
        assert_eq!(api.client.send("POST", &path, "").await.status, status, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn b61_a_failing_synchronous_call_leaves_everything_as_it_was() {
    for stale in [None, Some("stale")] {
        let (_, api) = new();
        if let Some(stale) = stale {
            api.store.record_failure(NODE, stale).await.unwrap();
        }
        let before = api.store.nodes();
        assert_eq!(api.node("POST", "fail", "").await.status, 418);
        assert_eq!(api.driver("running", "POST", "driver-fail", "").await.status, 418);
        assert_eq!(api.store.nodes(), before);
        assert_eq!(api.last_error().as_deref(), stale);
        assert!(api.dispatcher.failures().is_empty());
        api.assert_idle().await;
    }
}

#[tokio::test]
async fn b62_an_asynchronous_failure_is_recorded_and_nothing_else_is() {
    for method in ["fail-later", "fail-blocking"] {
        let (_, api) = new();
        let mut expected = (*api.store.nodes()[0]).clone();
        let accepted = api.node("POST", method, "").await;
        assert_eq!(accepted.status, 202);
        assert_eq!(figures(api.dispatcher.shutdown().await).1, 0);
        assert_recorded(api.last_error(), method, call_of(&accepted), "the BMC refused");
        expected.last_error = api.last_error();
        assert_eq!(*api.store.nodes()[0], expected);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b62_a_stale_error_does_not_hide_a_new_one() {
    let (_, api) = new();
    api.store.record_failure(NODE, "stale").await.unwrap();
    let accepted = api.node("POST", "fail-shared", "").await;
    api.dispatcher.shutdown().await;
    assert_recorded(api.last_error(), "fail-shared", call_of(&accepted), "the BMC refused");
}

#[tokio::test(start_paused = true)]
async fn b62_a_panic_is_a_failure_too() {
    let (_, api) = new();
    let accepted = api.node("POST", "panic-later", "").await;
    api.dispatcher.shutdown().await;
    let message = "the vendor method `panic-later` panicked";
    assert_recorded(api.last_error(), "panic-later", call_of(&accepted), message);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b62_what_the_method_saved_itself_stays() {
    let (_, api) = new();
    let accepted = api.node("POST", "save-and-fail", "").await;
    api.dispatcher.shutdown().await;
    assert_recorded(api.last_error(), "save-and-fail", call_of(&accepted), "the BMC refused");
    assert_eq!(json!(api.store.nodes()[0].driver_info), json!({"saved": true}));
}

#[tokio::test(start_paused = true)]
async fn b62_a_success_records_nothing_and_wipes_nothing() {
    let (_, api) = new();
    api.store.record_failure(NODE, "stale").await.unwrap();
    let before = api.store.nodes();
    assert_eq!(api.node("POST", "quick", "").await.status, 202);
    assert_eq!(figures(api.dispatcher.shutdown().await).1, 0);
    assert_eq!(api.store.nodes(), before);
}

#[tokio::test]
async fn b63_an_asynchronous_driver_failure_is_kept() {
    let (_, api) = new();
    let before = (SystemTime::now(), api.store.nodes());
    let mut accepted = Vec::new();
    for method in ["driver-fail-later", "driver-panic-later"] {
        let reply = api.driver("running", "POST", method, "").await;
        assert_eq!(reply.status, 202);
        accepted.push(reply);
    }
    api.dispatcher.shutdown().await;
    let mut failures = api.dispatcher.failures();
    failures.sort_by_key(|failure| failure.method);
    let messages = ["the BMC refused", "the vendor method `driver-panic-later` panicked"];
    let methods = ["driver-fail-later", "driver-panic-later"];
    assert_eq!(failures.len(), 2);
    for (i, failure) in failures.iter().enumerate() {
        assert_eq!((failure.method, failure.message.as_str()), (methods[i], messages[i]));
        assert_eq!(failure.request_id, accepted[i].header("openstack-request-id"));
        assert!(before.0 <= failure.at && failure.at <= SystemTime::now());
    }
    assert_eq!(api.store.nodes(), before.1);
}

#[tokio::test(start_paused = true)]
async fn b64_there_are_300_workers_and_15_of_them_are_reserved() {
    let (vendor, api) = new();
    for _ in 0..285 {
        assert_eq!(api.node("POST", "background_shared", "").await.status, 202);
    }
    let full = api.node("POST", "background_shared", "").await;
    assert_fault(&full, 503, "all 285 conductor workers are busy");
    let reserved: Vec<_> = std::iter::from_fn(|| api.dispatcher.take_worker().ok()).collect();
    assert_eq!(reserved.len(), 15);
    let workers = api.dispatcher.workers();
    assert_eq!((workers.limit, workers.reserved, workers.running), (300, 15, 300));
    drop(reserved);
    vendor.gate.open(285);
    assert_eq!(figures(api.dispatcher.shutdown().await), (285, 0));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b64_a_full_pool_is_503_with_retry_after() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |b| b.workers(4).reserved_workers_percent(50));
    for _ in 0..2 {
        assert_eq!(api.driver("running", "POST", "background", "").await.status, 202);
    }
    for reply in [
        api.driver("running", "POST", "background", "").await,
        api.node("POST", "background_shared", "").await,
        api.node("POST", "background", "").await,
    ] {
        assert_eq!(reply.status, 503);
        assert_eq!(reply.header("retry-after"), "1");
        assert_eq!(reply.fault()["faultcode"], "Server");
    }
    assert_eq!(api.dispatcher.workers().running, 2);
    vendor.gate.open(2);
    assert_eq!(figures(api.dispatcher.shutdown().await), (2, 0));
    assert_eq!(api.last_error(), None);
    assert!(api.dispatcher.failures().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b64_only_running_work_is_counted() {
    let (vendor, api) = with_workers(1);
    for _ in 0..3 {
        assert_eq!(api.node("POST", "background", "").await.status, 202);
        vendor.gate.reached().await;
        assert_eq!(api.dispatcher.workers().running, 1);
        assert_eq!(api.node("POST", "background_shared", "").await.status, 503);
        let next = api.queue("verb", "").await;
        vendor.gate.open(1);
        assert_eq!(next.await.unwrap().status, 200);
        assert_eq!(api.dispatcher.workers().running, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn b64_a_synchronous_call_needs_no_worker() {
    let (vendor, api) = with_workers(1);
    assert_eq!(api.node("POST", "background_shared", "").await.status, 202);
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "shared", "").await.status, 200);
    assert_eq!(api.dispatcher.workers().running, 1);
    vendor.gate.open(1);
}

#[tokio::test(start_paused = true)]
async fn b65_a_full_pool_releases_the_lock() {
    let (vendor, api) = with_workers(1);
    assert_eq!(api.driver("running", "POST", "background", "").await.status, 202);
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "background", "").await.status, 503);
    assert!(!api.is_locked().await);
    assert_eq!(api.dispatcher.locks().held, 0);
    vendor.gate.open(2);
    assert_eq!(api.node("POST", "sync", "").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn b66_a_synchronous_call_runs_on_when_its_client_goes_away() {
    let (vendor, api) = new();
    let call = api.start("sync", "");
    vendor.gate.reached().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert!(api.is_locked().await);
    assert_eq!(api.node("POST", "checked", r#"{"value": 1}"#).await.status, 409);
    assert!(vendor.seen.all().is_empty());

    let next = api.queue("verb", "").await;
    vendor.gate.open(1);
    assert_eq!(next.await.unwrap().status, 200);
    assert_eq!(vendor.seen.all(), ["done", "end"]);
    api.assert_idle().await;
}

#[tokio::test]
async fn b66_a_plain_function_runs_on_when_its_client_goes_away() {
    let (vendor, api) = new();
    let call = api.start("blocking", "");
    vendor.gate.reached().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert!(api.is_locked().await);
    vendor.gate.open(1);
    assert_eq!(figures(api.dispatcher.shutdown().await), (1, 0));
    assert_eq!(vendor.seen.all(), ["done"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b66_a_client_that_goes_away_while_validation_runs_changes_nothing() {
    let (vendor, api) = new();
    let call = api.start("checked_async", r#"{"value": 1}"#);
    vendor.validating.reached().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    vendor.validating.open(1);
    assert_eq!(figures(api.dispatcher.shutdown().await), (1, 0));
    assert_eq!(vendor.seen.all()[1..], ["run"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b67_a_call_that_takes_long_is_504_and_runs_on_under_its_lock() {
    for (limit, says) in [
        (None, "`sync` did not answer within 60 s; it is still running"),
        (Some(5), "`sync` did not answer within 5 s; it is still running"),
    ] {
        let vendor = Vendor::default();
        let api = Api::configured(vendor.clone(), |builder| match limit {
            Some(seconds) => builder.call_timeout(Duration::from_secs(seconds)),
            None => builder,
        });
        let reply = after(limit.unwrap_or(60), api.node("POST", "sync", "")).await;
        assert_fault(&reply, 504, says);
        assert!(api.is_locked().await);
        assert!(vendor.seen.all().is_empty());

        let next = api.queue("verb", "").await;
        vendor.gate.open(1);
        assert_eq!(next.await.unwrap().status, 200);
        assert_eq!(vendor.seen.all(), ["done", "end"]);
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn b67_waiting_for_the_lock_is_not_part_of_the_time() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |b| b.call_timeout(Duration::from_secs(2)));
    let holder = api.start("sync", "");
    vendor.gate.reached().await;
    let waiter = api.queue("checked", r#"{"value": 1}"#).await;
    vendor.validating.open(1);
    assert_eq!(holder.await.unwrap().status, 504);
    tokio::time::advance(Duration::from_millis(900)).await;
    vendor.gate.open(1);
    assert_eq!(waiter.await.unwrap().status, 200);
}

/// On a runtime of one thread: a method that kept it would stop everything.
#[tokio::test]
async fn b67_a_call_that_takes_long_blocks_nobody_else() {
    for method in ["sync", "blocking"] {
        let (vendor, api) = new();
        let other = api.add_node("running", |_| {});
        let call = api.start(method, "");
        vendor.gate.reached().await;
        vendor.validating.open(1);
        let path = format!("{other}/checked");
        assert_eq!(api.client.send("POST", &path, r#"{"value": 1}"#).await.status, 200);
        assert_eq!(api.node("POST", "shared", "").await.json(), "shared");
        assert_eq!(api.driver("running", "GET", "verb", "").await.status, 200);
        vendor.gate.open(1);
        assert_eq!(call.await.unwrap().json(), "done");
    }
}

#[tokio::test(start_paused = true)]
async fn b67_the_limit_is_not_for_the_run_of_an_asynchronous_call() {
    let (vendor, api) = new();
    assert_eq!(api.node("POST", "background", "").await.status, 202);
    vendor.gate.reached().await;
    tokio::time::advance(Duration::from_hours(24)).await;
    assert!(api.is_locked().await);
    vendor.gate.open(1);
    assert_eq!(figures(api.dispatcher.shutdown().await), (1, 0));
    assert_eq!(vendor.seen.all(), ["done", "end"]);
    assert_eq!(api.last_error(), None);
}

#[tokio::test(start_paused = true)]
async fn b68_shutting_down_refuses_new_calls_and_lets_running_ones_finish() {
    let (vendor, api) = new();
    let call = api.start("sync", "");
    vendor.gate.reached().await;
    assert_eq!(api.node("POST", "background_shared", "").await.status, 202);
    vendor.gate.reached().await;
    let mut shutdown = pin!(api.dispatcher.shutdown());
    begin(shutdown.as_mut()).await;
    for reply in [
        api.node("POST", "sync", "").await,
        api.node("POST", "shared", "").await,
        api.node("POST", "background_shared", "").await,
        api.driver("running", "GET", "verb", "").await,
    ] {
        assert_fault(&reply, 503, "the conductor is shutting down");
    }
    tokio::time::advance(Duration::from_secs(59)).await;
    begin(shutdown.as_mut()).await;
    vendor.gate.open(2);
    assert_eq!(call.await.unwrap().json(), "done");
    assert_eq!(figures(shutdown.await), (2, 0));
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_what_does_not_end_in_time_is_cancelled_and_unlocked() {
    let vendor = Vendor::default();
    let long = Duration::from_hours(1);
    let api = Api::configured(vendor.clone(), |builder| builder.call_timeout(long));
    let call = api.start("sync", "");
    vendor.gate.reached().await;
    assert_eq!(figures(after(60 + GRACE, api.dispatcher.shutdown()).await), (0, 1));
    let interrupted = "the vendor method `sync` was interrupted: the conductor shut down";
    assert_fault(&call.await.unwrap(), 500, interrupted);
    assert_eq!(vendor.seen.all(), ["end"]);
    assert_eq!(api.last_error(), None);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_what_was_cancelled_in_the_background_is_recorded() {
    let vendor = Vendor::default();
    let limit = Duration::from_secs(5);
    let api = Api::configured(vendor.clone(), |builder| builder.shutdown_limit(limit));
    let accepted = api.node("POST", "background", "").await;
    let accepted_by_driver = api.driver("running", "POST", "background", "").await;
    for _ in 0..2 {
        vendor.gate.reached().await;
    }
    assert_eq!(figures(after(5 + GRACE, api.dispatcher.shutdown()).await), (0, 2));
    assert_eq!(vendor.seen.all(), ["end"]);
    let interrupted = interrupted("background");
    assert_recorded(api.last_error(), "background", call_of(&accepted), &interrupted);
    let failures = api.dispatcher.failures();
    assert_eq!((failures.len(), failures[0].message.as_str()), (1, interrupted.as_str()));
    assert_eq!(failures[0].request_id, accepted_by_driver.header("openstack-request-id"));
    api.assert_idle().await;
}

#[tokio::test]
async fn b68_a_plain_function_is_recorded_and_unlocked_although_it_runs_on() {
    let vendor = Vendor::default();
    let api = Api::configured(vendor.clone(), |builder| {
        builder.shutdown_limit(Duration::ZERO).cancellation_grace(Duration::ZERO)
    });
    let accepted = api.node("POST", "background_blocking", "").await;
    vendor.gate.reached().await;
    assert_eq!(figures(api.dispatcher.shutdown().await), (0, 1));
    let (call, interrupted) = (call_of(&accepted), interrupted("background_blocking"));
    assert_recorded(api.last_error(), "background_blocking", call, &interrupted);
    api.assert_idle().await;
    vendor.gate.open(1);
}

#[tokio::test(start_paused = true)]
async fn b68_figures_tell_finished_and_interrupted_calls_apart() {
    let (vendor, api) = new();
    for _ in 0..3 {
        assert_eq!(api.node("POST", "background_shared", "").await.status, 202);
        vendor.gate.reached().await;
    }
    vendor.gate.open(2);
    assert_eq!(figures(api.dispatcher.shutdown().await), (2, 1));
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_a_call_that_waits_for_a_lock_is_answered_and_does_not_run() {
    let vendor = Vendor::default();
    let limit = Duration::from_secs(1);
    let api = Api::configured(vendor.clone(), |builder| builder.shutdown_limit(limit));
    let holder = api.start("sync", "");
    vendor.gate.reached().await;
    let waiter = api.queue("sync", "").await;
    api.dispatcher.shutdown().await;
    assert_fault(&waiter.await.unwrap(), 503, "the conductor is shutting down");
    assert_eq!(holder.await.unwrap().status, 500);
    assert_eq!(vendor.seen.all(), ["end"]);
    api.assert_idle().await;
}

#[tokio::test(start_paused = true)]
async fn b68_shutting_down_twice_waits_for_the_same_end() {
    let (vendor, api) = new();
    assert_eq!(api.node("POST", "background", "").await.status, 202);
    vendor.gate.reached().await;
    let mut first = pin!(api.dispatcher.shutdown());
    begin(first.as_mut()).await;
    let mut second = pin!(api.dispatcher.shutdown());
    begin(second.as_mut()).await;
    vendor.gate.open(1);
    assert_eq!(figures(second.await), (1, 0));
    assert_eq!(figures(first.await), (1, 0));
    assert_eq!(figures(api.dispatcher.shutdown().await), (0, 0));
}

#[tokio::test]
async fn b69_http_method_is_a_parameter() {
    let (_, api) = new();
    for verb in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(api.node(verb, "verb", "").await.json(), verb);
    }
    for verb in ["GET", "DELETE"] {
        assert_eq!(api.driver("running", verb, "verb", "").await.json(), verb);
    }
    let reply = api.node("PUT", "verb_among_arguments", r#"{"second": 2, "first": 1}"#).await;
    assert_eq!(reply.json(), json!([1, "PUT", 2]));
}

#[tokio::test(start_paused = true)]
async fn b69_http_method_does_not_come_from_the_body() {
    let (_, api) = new();
    for method in ["verb", "quick"] {
        let reply = api.node("POST", method, r#"{"http_method": "GET"}"#).await;
        assert_fault(&reply, 400, "`$.http_method` is reserved");
    }
}
