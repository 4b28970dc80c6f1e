//! B34 to B43: what a call is answered with.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use vendor_passthru::prelude::*;
use vendor_passthru::testing::TestConductor;
use vendor_passthru::{
    Attempt, Bytes, Dispatcher, Holder, LockStore, Node, NodeIdent, NodeStore, Registry,
    Reservation, StoreError, Uuid, async_trait, http,
};
use vendor_passthru_tests::{Client, Reply};

use crate::support::{Api, assert_fault};

/// What no client may ever read.
const SECRET: &str = "secret-of-the-bmc";

/// Answers in every way there is.
#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        assert_ne!(call.method().name, "panic_in_validate");
        Ok(())
    }

    async fn driver_validate(&self, _context: &Context, call: &Call) -> Result<()> {
        assert_ne!(call.method().name, "panic_in_validate");
        Ok(())
    }
}

#[vendor_interface(name = "answers", drivers = ["answers"])]
impl Vendor {
    #[passthru(methods = ["GET", "POST", "PUT", "PATCH", "DELETE"])]
    async fn asynchronous(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    fn asynchronous_shared(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn asynchronous_failure(&self, _task: &mut Task) -> Result<()> {
        Err(refused(418))
    }

    #[driver_passthru(methods = ["POST"], method = "asynchronous")]
    async fn asynchronous_driver(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["GET", "POST", "PUT", "PATCH", "DELETE"], async_call = false)]
    async fn nothing(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn value(&self, _task: &mut Task, value: Value) -> Result<Value> {
        Ok(value)
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn blocking_value(&self, _task: &mut Task, value: Value) -> Result<Value> {
        Ok(value)
    }

    #[driver_passthru(methods = ["POST"], method = "value", async_call = false)]
    fn driver_value(&self, _context: &Context, value: Value) -> Result<Value> {
        Ok(value)
    }

    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn log_file(&self, _task: &mut Task) -> Result<Attachment> {
        Ok(Attachment::new(BYTES).with_content_type("text/plain; charset=iso-8859-1"))
    }

    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    fn vector(&self, _task: &mut Task) -> Result<Vec<u8>> {
        Ok(BYTES.to_vec())
    }

    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn bytes(&self, _task: &mut Task) -> Result<Bytes> {
        Ok(Bytes::from_static(BYTES))
    }

    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn empty(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("")
    }

    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn two_headers(&self, _task: &mut Task) -> Result<Attachment> {
        Ok(Attachment::new(BYTES).with_content_type("text/plain\r\nSet-Cookie: a=b"))
    }

    #[driver_passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn text(&self, _context: &Context) -> Result<String> {
        Ok("{\"no\": \"JSON to us\"}\n".to_owned())
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn unwritable(&self, _task: &mut Task) -> Result<Vec<Unwritable>> {
        Ok(vec![Unwritable(false), Unwritable(true)])
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn keys_that_are_no_text(&self, _task: &mut Task) -> Result<BTreeMap<[u8; 2], u8>> {
        Ok(BTreeMap::from([([1, 2], 3)]))
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn fail(&self, _task: &mut Task, status: u16) -> Result<()> {
        Err(refused(status))
    }

    #[passthru(methods = ["POST"], async_call = false)]
    fn blocking_fail(&self, _task: &mut Task, status: u16) -> Result<()> {
        Err(refused(status))
    }

    #[passthru(methods = ["POST"], async_call = false, attach = true)]
    async fn attach_fail(&self, _task: &mut Task, status: u16) -> Result<Attachment> {
        Err(refused(status))
    }

    #[driver_passthru(methods = ["POST"], method = "fail", async_call = false)]
    async fn driver_fail(&self, _context: &Context, status: u16) -> Result<()> {
        Err(refused(status))
    }

    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn own_error(&self, _task: &Task<Shared>, teapot: bool) -> Result<(), BmcError> {
        Err(if teapot { BmcError::Teapot } else { BmcError::Io(std::io::Error::other(SECRET)) })
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn plain_failure(&self, _task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new("the fan is on fire").into())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn invalid_parameter(&self, _task: &mut Task) -> Result<()> {
        Err(Error::InvalidParameterValue("no such slot".to_owned()))
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn panic(&self, _task: &mut Task) -> Result<()> {
        panic!("{SECRET}")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn blocking_panic(&self, _task: &mut Task) -> Result<()> {
        panic!("{SECRET}")
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn panic_in_validate(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn panic_in_argument(&self, _task: &mut Task, _bomb: Bomb) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn panic_in_value(&self, _task: &mut Task) -> Result<Bomb> {
        Ok(Bomb)
    }

    #[driver_passthru(methods = ["POST"], method = "panic", async_call = false)]
    #[expect(clippy::panic, reason = "that is what it is for")]
    async fn driver_panic(&self, _context: &Context) -> Result<()> {
        panic!("{SECRET}")
    }

    #[driver_passthru(methods = ["POST"], method = "panic_in_validate", async_call = false)]
    async fn driver_panic_in_validate(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "panic_in_argument", async_call = false)]
    async fn driver_panic_in_argument(&self, _context: &Context, _bomb: Bomb) -> Result<()> {
        Ok(())
    }
}

/// Neither text nor JSON.
const BYTES: &[u8] = b"\x00\xff{\"a\": 1";

fn refused(status: u16) -> Error {
    let exception = VendorPassthruException::new("the BMC refused").with_status(status);
    exception.with_source(Deep(std::io::Error::other(SECRET))).into()
}

/// An error with a cause of its own.
#[derive(Debug)]
struct Deep(std::io::Error);

impl fmt::Display for Deep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("at /usr/lib/driver.rs:42")
    }
}

impl std::error::Error for Deep {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The error type of an author who has one.
enum BmcError {
    Teapot,
    Io(std::io::Error),
}

impl From<BmcError> for Error {
    fn from(error: BmcError) -> Self {
        match error {
            BmcError::Teapot => {
                VendorPassthruException::new("short and stout").with_status(418).into()
            }
            BmcError::Io(source) => Self::Internal(source.into()),
        }
    }
}

/// Fails to be written as JSON if it is `true`, after what stands before it was written.
struct Unwritable(bool);

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 {
            return Err(serde::ser::Error::custom(SECRET));
        }
        serializer.serialize_bool(self.0)
    }
}

/// Panics when it is read or written.
struct Bomb;

impl<'de> Deserialize<'de> for Bomb {
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("{SECRET}")
    }
}

impl Serialize for Bomb {
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("{SECRET}")
    }
}

/// The node of a test conductor, over HTTP.
async fn call_over_http(conductor: &TestConductor, method: &str, body: &'static str) -> Reply {
    let client = Client::new(http::router(conductor.dispatcher().clone(), http::AllowAll));
    client.send("POST", &format!("/v1/nodes/node/vendor_passthru/{method}"), body).await
}

/// A request id that stands in the text and in both headers.
fn assert_request_id_in(reply: &Reply, text: &str) {
    let request_id = reply.header("openstack-request-id");
    assert!(request_id.starts_with("req-"), "{request_id}");
    assert_eq!(reply.header("x-openstack-request-id"), request_id);
    assert!(text.contains(request_id), "{text}");
}

#[tokio::test]
async fn b34_an_asynchronous_call_is_202_without_body_or_content_type() {
    let api = Api::new(Vendor);
    for reply in [
        api.node("GET", "asynchronous", "").await,
        api.node("DELETE", "asynchronous", "").await,
        api.node("POST", "asynchronous_shared", "").await,
        api.driver("answers", "POST", "asynchronous", "").await,
    ] {
        assert_eq!(reply.status, 202);
        assert!(reply.body.is_empty());
        assert!(!reply.headers.contains_key("content-type"));
    }
}

#[tokio::test]
async fn b35_a_synchronous_call_is_200_and_json() {
    let api = Api::new(Vendor);
    let body = r#"{"value": {"text": "ü", "list": [1, 2.5, null]}}"#;
    for reply in [
        api.node("POST", "value", body).await,
        api.node("POST", "blocking_value", body).await,
        api.driver("answers", "POST", "value", body).await,
    ] {
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(reply.json(), json!({"text": "ü", "list": [1, 2.5, null]}));
    }
}

#[tokio::test]
async fn b35_nothing_is_null_and_never_204() {
    let api = Api::new(Vendor);
    for verb in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let reply = api.node(verb, "nothing", "").await;
        assert_eq!(reply.status, 200, "{verb}");
        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(reply.body, "null");
    }
}

#[tokio::test]
async fn b36_the_status_does_not_follow_from_the_value() {
    let api = Api::new(Vendor);
    for value in [
        r#"{"value": null}"#,
        r#"{"value": false}"#,
        r#"{"value": ""}"#,
        r#"{"value": 404}"#,
        r#"{"value": {"error_message": "no error", "code": 500}}"#,
    ] {
        assert_eq!(api.node("POST", "value", value).await.status, 200, "{value}");
    }
    assert_eq!(api.node("GET", "empty", "").await.status, 200);
    assert_eq!(api.node("POST", "asynchronous_failure", "").await.status, 202);
}

#[tokio::test]
async fn b37_attachment_is_sent_as_it_is() {
    let api = Api::new(Vendor);
    let reply = api.node("GET", "log_file", "").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "text/plain; charset=iso-8859-1");
    assert_eq!(reply.body, BYTES);
}

#[tokio::test]
async fn b37_bytes_of_no_particular_kind_are_an_octet_stream() {
    let api = Api::new(Vendor);
    for (reply, bytes) in [
        (api.node("GET", "vector", "").await, BYTES),
        (api.node("GET", "bytes", "").await, BYTES),
        (api.node("GET", "empty", "").await, b""),
        (api.driver("answers", "GET", "text", "").await, b"{\"no\": \"JSON to us\"}\n"),
    ] {
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/octet-stream");
        assert_eq!(reply.body, bytes);
    }
}

#[tokio::test]
async fn b37_a_content_type_that_is_no_header_adds_none() {
    let reply = Api::new(Vendor).node("GET", "two_headers", "").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/octet-stream");
    assert!(!reply.headers.contains_key("set-cookie"));
    assert_eq!(reply.body, BYTES);
}

#[tokio::test]
async fn b38_a_value_that_cannot_be_json_is_a_500_that_says_so() {
    let api = Api::new(Vendor);
    for method in ["unwritable", "keys_that_are_no_text"] {
        let reply = api.node("GET", method, "").await;
        assert_fault(&reply, 500, "cannot be written as JSON");
        assert!(!reply.faultstring().contains(SECRET));
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
}

#[tokio::test]
async fn b39_an_error_is_json_in_an_envelope() {
    let api = Api::configured(Vendor, |builder| builder.workers(1));
    let worker = api.dispatcher.take_worker().unwrap();
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(1024 * 1024));
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(25), "]".repeat(25));
    let path = "/v1/nodes/node/vendor_passthru/nothing";
    for (reply, status, code) in [
        (api.node("POST", "unknown", "").await, 400, "Client"),
        (api.node("POST", "nothing", "[]").await, 400, "Client"),
        (api.client.send("POST", path, deep).await, 400, "Client"),
        (api.driver("unknown", "POST", "nothing", "").await, 404, "Client"),
        (api.client.send("POST", path, large).await, 413, "Client"),
        (api.node("POST", "fail", r#"{"status": 418}"#).await, 418, "Client"),
        (api.node("POST", "fail", r#"{"status": 499}"#).await, 499, "Client"),
        (api.node("POST", "fail", r#"{"status": 500}"#).await, 500, "Server"),
        (api.node("POST", "asynchronous", "").await, 503, "Server"),
    ] {
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("content-type"), "application/json");
        let text = reply.faultstring();
        assert!(!text.is_empty());
        let fault = json!({"faultcode": code, "faultstring": text, "debuginfo": null});
        assert_eq!(reply.fault(), fault);
        assert_eq!(reply.json(), json!({"error_message": reply.json()["error_message"]}));
    }
    drop(worker);
}

#[tokio::test]
async fn b40_the_source_is_in_the_log_and_never_in_the_answer() {
    for (method, body) in [
        ("fail", r#"{"status": 502}"#),
        ("fail", r#"{"status": 418}"#),
        ("own_error", r#"{"teapot": false}"#),
        ("unwritable", ""),
    ] {
        let conductor = TestConductor::new(Vendor);
        let verb = if method == "unwritable" { "GET" } else { "POST" };
        let client = Client::new(http::router(conductor.dispatcher().clone(), http::AllowAll));
        let path = format!("/v1/nodes/node/vendor_passthru/{method}");
        let reply = client.send(verb, &path, body).await;
        assert!(reply.status.as_u16() >= 400, "{method} {body}");
        let answer = format!("{:?} {:?}", reply.headers, reply.body);
        assert!(!answer.contains(SECRET), "{answer}");
        assert!(!answer.contains(".rs"), "{answer}");
        let log = conductor.log();
        assert!(log.iter().any(|line| line.contains(SECRET)), "{method} {body}: {log:#?}");
        let request_id = reply.header("openstack-request-id");
        assert!(log.iter().any(|line| line.contains(request_id)), "{log:#?}");
    }
}

#[test]
fn b40_an_authors_own_error_is_the_message_and_only_its_sources_are_for_the_log() {
    let exception = VendorPassthruException::of(Deep(std::io::Error::other(SECRET)));
    let error = Error::from(exception.with_status(502));
    assert_eq!(error.status(), 502);
    assert_eq!(error.to_string(), "at /usr/lib/driver.rs:42");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), SECRET);
    assert!(source.source().is_none(), "each once");
}

#[tokio::test]
async fn b40_a_callers_mistake_with_a_cause_is_logged_as_a_warning() {
    for (status, level) in [(418, "WARN"), (502, "ERROR")] {
        let conductor = TestConductor::new(Vendor);
        conductor.call(HttpMethod::Post, "fail", json!({"status": status})).await;
        let log = conductor.log();
        let logged = |line: &&String| line.contains(SECRET);
        let line = log.iter().find(logged).unwrap();
        assert!(line.starts_with(level), "{line}");
    }
}

#[tokio::test]
async fn b40_what_fails_before_a_method_runs_is_logged_too() {
    let conductor = TestConductor::new(Vendor);
    let registry = Registry::builder().interface(Vendor).build().unwrap();
    let dispatcher = Dispatcher::builder(registry).nodes(NoStore).build().unwrap();
    let client = Client::new(http::router(dispatcher, http::AllowAll));
    let reply = client.send("GET", "/v1/nodes/node/vendor_passthru/nothing", "").await;
    assert_fault(&reply, 500, "internal error");
    assert!(!reply.faultstring().contains(SECRET));
    let request_id = reply.header("openstack-request-id");
    let logged = |line: &String| line.contains(SECRET) && line.contains(request_id);
    assert!(conductor.log().iter().any(logged), "{:#?}", conductor.log());
}

#[tokio::test]
async fn b40_every_answer_has_the_request_id_and_a_servers_fault_names_it() {
    let api = Api::new(Vendor);
    for reply in [
        api.node("GET", "nothing", "").await,
        api.node("GET", "log_file", "").await,
        api.node("POST", "asynchronous", "").await,
        api.node("POST", "fail", r#"{"status": 400}"#).await,
        api.node("POST", "unknown", "").await,
    ] {
        assert_request_id_in(&reply, reply.header("openstack-request-id"));
    }
    for reply in [
        api.node("POST", "fail", r#"{"status": 500}"#).await,
        api.driver("answers", "POST", "fail", r#"{"status": 599}"#).await,
        api.node("POST", "panic", "").await,
        api.node("GET", "unwritable", "").await,
    ] {
        assert_request_id_in(&reply, &reply.faultstring());
    }
}

#[tokio::test]
async fn b41_the_authors_status_and_words_are_kept() {
    let api = Api::new(Vendor);
    for reply in [
        api.node("POST", "fail", r#"{"status": 418}"#).await,
        api.node("POST", "blocking_fail", r#"{"status": 418}"#).await,
        api.node("POST", "attach_fail", r#"{"status": 418}"#).await,
        api.driver("answers", "POST", "fail", r#"{"status": 418}"#).await,
    ] {
        assert_fault(&reply, 418, "the BMC refused");
    }
    for status in [400, 404, 409, 429, 499, 500, 502, 503, 504, 599] {
        let body: &str = format!(r#"{{"status": {status}}}"#).leak();
        assert_eq!(api.node("POST", "fail", body).await.status, status);
    }
}

#[tokio::test]
async fn b41_a_status_that_is_no_error_stays_500() {
    let api = Api::new(Vendor);
    for body in [
        r#"{"status": 0}"#,
        r#"{"status": 100}"#,
        r#"{"status": 200}"#,
        r#"{"status": 302}"#,
        r#"{"status": 600}"#,
        r#"{"status": 65535}"#,
    ] {
        assert_eq!(api.node("POST", "fail", body).await.status, 500, "{body}");
    }
}

#[tokio::test]
async fn b41_an_error_type_of_the_authors_own_keeps_its_status() {
    let reply = Api::new(Vendor).node("POST", "own_error", r#"{"teapot": true}"#).await;
    assert_fault(&reply, 418, "short and stout");
}

#[tokio::test]
async fn b42_any_other_error_of_a_method_is_500() {
    let api = Api::new(Vendor);
    for (method, body, says) in [
        ("plain_failure", "", "the fan is on fire"),
        ("own_error", r#"{"teapot": false}"#, "internal error"),
    ] {
        assert_fault(&api.node("POST", method, body).await, 500, says);
    }
}

#[tokio::test]
async fn b42_a_refusal_by_a_method_has_the_status_of_its_kind() {
    let reply = Api::new(Vendor).node("POST", "invalid_parameter", "").await;
    assert_fault(&reply, 400, "no such slot");
}

#[tokio::test]
async fn b43_a_panic_is_that_calls_500() {
    let api = Api::new(Vendor);
    let body = r#"{"bomb": 1}"#;
    for (method, reply) in [
        ("panic", api.node("POST", "panic", "").await),
        ("blocking_panic", api.node("POST", "blocking_panic", "").await),
        ("panic_in_validate", api.node("POST", "panic_in_validate", "").await),
        ("panic_in_value", api.node("POST", "panic_in_value", "").await),
        ("panic_in_argument", api.node("POST", "panic_in_argument", body).await),
        ("panic", api.driver("answers", "POST", "panic", "").await),
        ("panic_in_validate", api.driver("answers", "POST", "panic_in_validate", "").await),
        ("panic_in_argument", api.driver("answers", "POST", "panic_in_argument", body).await),
    ] {
        assert_fault(&reply, 500, &format!("the vendor method `{method}` panicked"));
        assert!(!reply.faultstring().contains(SECRET));
        assert_eq!(api.last_error(), None);
        api.assert_idle().await;
    }
    assert_eq!(api.node("GET", "nothing", "").await.status, 200);
}

#[tokio::test]
async fn b43_a_panic_is_logged_with_the_methods_name() {
    for (method, body) in
        [("panic", ""), ("blocking_panic", ""), ("panic_in_argument", r#"{"bomb": 1}"#)]
    {
        let conductor = TestConductor::new(Vendor);
        assert_eq!(call_over_http(&conductor, method, body).await.status, 500);
        let says = format!("the vendor method `{method}` panicked");
        let logged = |line: &String| line.starts_with("ERROR") && line.contains(&says);
        assert!(conductor.log().iter().any(logged), "{:#?}", conductor.log());
    }
}

/// A database that is down.
struct NoStore;

fn down() -> StoreError {
    StoreError::Backend(SECRET.into())
}

#[async_trait]
impl NodeStore for NoStore {
    async fn find(&self, _: NodeIdent<'_>) -> Result<Option<std::sync::Arc<Node>>, StoreError> {
        Err(down())
    }

    async fn save(&self, _: &Node, _: u64) -> Result<(), StoreError> {
        Err(down())
    }

    async fn record_failure(&self, _: Uuid, _: &str) -> Result<(), StoreError> {
        Err(down())
    }
}

#[async_trait]
impl LockStore for NoStore {
    async fn try_acquire(&self, _: Uuid, _: &Holder) -> Result<Attempt, StoreError> {
        Err(down())
    }

    async fn wait_ended(&self, _: Uuid, _: u64) {}

    async fn release(&self, _: Uuid, _: u64) -> Result<bool, StoreError> {
        Err(down())
    }

    async fn reservation(&self, _: Uuid) -> Result<Option<Reservation>, StoreError> {
        Err(down())
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        Err(down())
    }
}
