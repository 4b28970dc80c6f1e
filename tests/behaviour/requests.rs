//! B14 to B33: how a request is read, and what is wrong with it before anything runs.
//!
//! "Before the lock" is shown on a node that somebody else holds: whoever asked for its lock would
//! wait for 3 s of the paused clock, so an answer without time passing did not ask.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::channel::Channel;
use serde_json::{Map, Value, json};
use vendor_passthru::http::{Access, AllowAll, Authorizer, Limits, router, router_with_limits};
use vendor_passthru::prelude::*;
use vendor_passthru::{Uuid, async_trait};
use vendor_passthru_tests::{Client, Reply};

use crate::support::{Api, NODE, assert_fault, at_once};

const N: &str = "/v1/nodes/1be26c0b-03f2-4d2e-ae87-c02d7f33c123/vendor_passthru";
const D: &str = "/v1/drivers/requests/vendor_passthru";
const VERBS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const VERSION: (&str, &str) = ("x-openstack-ironic-api-version", "1.115");

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "requests", drivers = ["requests"])]
impl Vendor {
    #[passthru(methods = ["GET", "POST", "PUT", "PATCH", "DELETE"], async_call = false)]
    async fn echo(
        &self,
        _task: &mut Task,
        #[args] arguments: Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        Ok(arguments)
    }

    #[driver_passthru(
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE"], method = "echo", async_call = false
    )]
    async fn driver_echo(
        &self,
        _context: &Context,
        #[args] arguments: Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        Ok(arguments)
    }

    #[passthru(methods = ["POST"])]
    async fn background(&self, _task: &mut Task, _wanted: Option<u8>) -> Result<()> {
        Ok(())
    }

    /// Its arguments have the names of Ironic's own parameters.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn ironic_names(
        &self,
        _held: &mut Task,
        method: u8,
        task: u8,
        func: u8,
        context: u8,
        #[arg(name = "self")] itself: u8,
    ) -> Result<[u8; 5]> {
        Ok([method, task, func, context, itself])
    }

    /// Its arguments have the names of variables in our generated code.
    #[driver_passthru(methods = ["POST"], async_call = false)]
    async fn our_names(
        &self,
        _context: &Context,
        interface: u8,
        call: u8,
        arguments: u8,
        argument_0: u8,
        running: u8,
    ) -> Result<[u8; 5]> {
        Ok([interface, call, arguments, argument_0, running])
    }

    #[passthru(methods = ["POST"])]
    async fn configure(
        &self,
        _task: &mut Task,
        _count: u8,
        _label: String,
        _limits: BTreeMap<String, Vec<u8>>,
        _note: Option<String>,
    ) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"], method = "configure", async_call = false)]
    async fn driver_configure(&self, _context: &Context, _count: u8, _label: String) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn without_arguments(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

/// A conductor whose node somebody else holds.
async fn locked() -> Api {
    let api = Api::new(Vendor);
    api.lock_for_somebody_else().await;
    api
}

/// Lets nobody in, and counts who asked.
#[derive(Clone, Default)]
struct LetNobodyIn(Arc<AtomicUsize>);

impl LetNobodyIn {
    fn asked(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn refuse(&self) -> Error {
        self.0.fetch_add(1, Ordering::Relaxed);
        Error::Forbidden("everything".to_owned())
    }
}

#[async_trait]
impl Authorizer for LetNobodyIn {
    async fn authenticate(&self, _context: Context, _headers: &HeaderMap) -> Result<Context> {
        Err(self.refuse())
    }

    async fn authorize(&self, _context: &Context, _access: &Access<'_>) -> Result<()> {
        Err(self.refuse())
    }
}

/// A conductor that lets nobody in, and how many have asked it.
fn closed() -> (Client, LetNobodyIn) {
    let authorizer = LetNobodyIn::default();
    (Client::new(router(Api::new(Vendor).dispatcher, authorizer.clone())), authorizer)
}

#[tokio::test]
async fn b14_both_forms_of_a_url_with_and_without_a_slash_at_the_end() {
    let api = Api::new(Vendor);
    for base in [N, D] {
        for rest in ["/echo", "/echo/", "?method=echo", "/?method=echo"] {
            let reply = api.client.send("POST", &format!("{base}{rest}"), r#"{"a":1}"#).await;
            assert_eq!(
                (reply.status.as_u16(), &reply.body[..]),
                (200, &br#"{"a":1}"#[..]),
                "{rest}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b14_an_asynchronous_method_in_the_query() {
    let api = Api::new(Vendor);
    assert_eq!(api.node("POST", "?method=background", "").await.status, 202);
    api.lock_for_somebody_else().await;
    assert_fault(&api.node("POST", "?method=background", "").await, 409, "locked by");
}

/// Everything that follows N and D in a URL and is refused: at once, and for both.
async fn refused_at_once(cases: &[(&str, &str)]) {
    let api = locked().await;
    for base in [N, D] {
        for (rest, says) in cases {
            for verb in ["GET", "POST"] {
                let path = format!("{base}{rest}");
                assert_fault(&at_once(api.client.send(verb, &path, "")).await, 400, says);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b15_no_method() {
    let none = "method not specified";
    refused_at_once(&[
        ("", none),
        ("/", none),
        ("?", none),
        ("?method", none),
        ("?method=", none),
        ("/?method=", none),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b16_a_method_in_the_path_and_in_the_query() {
    let both = "in the path and in the query";
    refused_at_once(&[
        ("/echo?method=echo", both),
        ("/echo/?method=echo", both),
        ("/echo?method=other", both),
        ("/echo?method=", both),
        ("/methods?method=echo", both),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b17_a_method_given_twice_in_the_query() {
    let twice = "`method` is given twice";
    refused_at_once(&[
        ("?method=echo&method=echo", twice),
        ("?method=echo&method=", twice),
        ("/?method=&method=echo", twice),
        ("?method=echo&m%65thod=echo", twice),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b18_any_other_query_key() {
    refused_at_once(&[
        ("/echo?a=1&b", "unexpected query parameters: `a`, `b`"),
        ("?method=echo&Method=echo", "unexpected query parameters: `Method`"),
        ("?method=echo&http_method=GET", "unexpected query parameters: `http_method`"),
        ("/methods?fields=async", "unexpected query parameters: `fields`"),
        ("?x%00y=1", r"unexpected query parameters: `x\0y`"),
    ])
    .await;
}

#[tokio::test]
async fn b19_arguments_stand_in_the_body_on_every_verb() {
    let api = Api::new(Vendor);
    let body = r#"{"text":"ü","list":[1,{"deep":null}],"number":1.5}"#;
    let wanted = json!({"text": "ü", "list": [1, {"deep": null}], "number": 1.5});
    for verb in VERBS {
        assert_eq!(api.node(verb, "echo", body).await.json(), wanted, "{verb}");
        assert_eq!(api.driver("requests", verb, "echo", body).await.json(), wanted, "{verb}");
    }
}

#[tokio::test]
async fn b20_empty_and_null_are_no_arguments() {
    let api = Api::new(Vendor);
    for body in ["", "null", "{}", " \r\n\t", " null\n", " { } "] {
        assert_eq!(api.node("POST", "echo", body).await.json(), json!({}), "{body:?}");
        assert_eq!(api.driver("requests", "GET", "echo", body).await.json(), json!({}));
        assert_eq!(api.node("POST", "without_arguments", body).await.status, 200, "{body:?}");
    }
}

/// Sends bodies to an exclusive method of a locked node and to a driver method; all are refused,
/// and none of them waits.
async fn bodies_refused_at_once(cases: &[(&[u8], &str)]) {
    let api = locked().await;
    for (body, says) in cases {
        for path in [format!("{N}/echo"), format!("{D}/echo"), format!("{N}/background")] {
            let reply = at_once(api.client.send("POST", &path, body.to_vec())).await;
            assert_fault(&reply, 400, says);
        }
    }
    assert_eq!(api.node("POST", "echo", "{}").await.status, 409, "the lock is in the way");
}

#[tokio::test(start_paused = true)]
async fn b21_what_is_no_object_is_refused_before_the_lock() {
    bodies_refused_at_once(&[
        (b"[]", "sequence, expected a JSON object with the arguments at line 1"),
        (br#"[{"a": 1}]"#, "sequence, expected a JSON object"),
        (br#""text""#, r#"string "text", expected a JSON object"#),
        (b"1", "integer `1`, expected a JSON object"),
        (b"-1.5", "floating point `-1.5`, expected a JSON object"),
        (b"true", "boolean `true`, expected a JSON object"),
        (b" false", "boolean `false`, expected a JSON object"),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b22_malformed_json_is_refused_with_line_and_column() {
    bodies_refused_at_once(&[
        (br#"{"a": }"#, "line 1 column 7"),
        (b"{\n\"a\": 1", "line 2 column 6"),
        (b"{} {}", "line 1 column 4"),
        (br#"{"a": 1,}"#, "line 1 column 9"),
        (b"{'a': 1}", "line 1 column 2"),
        (br#"{"a": NaN}"#, "line 1 column 7"),
        (b"{\"a\": \"\n\"}", "line 1 column 7"),
        (b"nul", "line 1 column 3"),
        (b"\0", "line 1 column 1"),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b22_other_encodings_are_refused_with_line_and_column() {
    bodies_refused_at_once(&[
        (b"\xef\xbb\xbf{}", "line 1 column 1"),
        (b"\xff\xfe{\0}\0", "line 1 column 1"),
        (b"{\n\"a\": \"\xff\"}", "line 2 column "),
        (b"{\"\xc3\x28\": 1}", "line 1 column "),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn b23_a_key_that_stands_twice_is_refused_before_the_lock() {
    bodies_refused_at_once(&[
        (br#"{"wanted": 1, "wanted": 1}"#, "`$.wanted` is given twice"),
        (br#"{"wanted": 1, "w\u0061nted": 2}"#, "`$.wanted` is given twice"),
    ])
    .await;
    let body = r#"{"a": [0, {"b": {"c": 1, "c": 2}}]}"#;
    let reply = at_once(locked().await.node("POST", "echo", body)).await;
    assert_fault(&reply, 400, "`$.a[1].b.c` is given twice");
}

/// As many keys as a body can hold are read in a moment. Compared each with all others, they would take
/// minutes, before the lock and out of reach of any cancellation.
#[tokio::test(start_paused = true)]
async fn b23_a_body_full_of_keys_is_read_and_its_problems_are_counted() {
    let keys: Vec<String> = (0..30_000).map(|number| format!("\"key{number}\": 1")).collect();
    let keys = keys.join(", ");
    let twice = format!("{{\"key0\": 0, {keys}}}");
    bodies_refused_at_once(&[(twice.as_bytes(), "`$.key0` is given twice")]).await;

    let path = format!("{N}/without_arguments");
    let reply = at_once(locked().await.client.send("POST", &path, format!("{{{keys}}}"))).await;
    assert_fault(
        &reply,
        400,
        "`$.key31` is unknown: the method takes no arguments; and 29968 more",
    );
}

#[tokio::test]
async fn b24_no_argument_name_collides_with_anything() {
    let api = Api::new(Vendor);
    let body = r#"{"method": 1, "task": 2, "func": 3, "context": 4, "self": 5}"#;
    assert_eq!(api.node("POST", "ironic_names", body).await.json(), json!([1, 2, 3, 4, 5]));
    let wanted = json!({"method": 1, "task": 2, "func": 3, "context": 4, "self": 5});
    assert_eq!(api.node("POST", "echo", body).await.json(), wanted);
    let body = r#"{"interface": 1, "call": 2, "arguments": 3, "argument_0": 4, "running": 5}"#;
    let reply = api.driver("requests", "POST", "our_names", body).await;
    assert_eq!(reply.json(), json!([1, 2, 3, 4, 5]));
}

#[tokio::test(start_paused = true)]
async fn b24_http_method_alone_is_reserved() {
    let api = locked().await;
    let body = r#"{"http_method": "POST"}"#;
    for method in ["echo", "background", "without_arguments"] {
        let reply = at_once(api.node("POST", method, body)).await;
        assert_fault(&reply, 400, "`$.http_method` is reserved");
    }
    let reply = api.driver("requests", "POST", "echo", body).await;
    assert_fault(&reply, 400, "`$.http_method` is reserved");
}

#[tokio::test(start_paused = true)]
async fn b25_all_that_is_wrong_with_arguments_comes_at_once_with_its_path() {
    let body = r#"{"cont": 1, "label": 5, "limits": {"low": [1, "x"]}, "entirely_else": 0}"#;
    let reply = at_once(locked().await.node("POST", "configure", body)).await;
    for says in [
        "invalid arguments for method `configure`: ",
        "`$.cont` is unknown, did you mean `count`?",
        "`$.count` is missing",
        "`$.label` is invalid: invalid type: integer `5`, expected a string",
        "`$.limits.low[1]` is invalid: ",
        "`$.entirely_else` is unknown: the arguments are `count`, `label`, `limits`, `note`",
    ] {
        assert_fault(&reply, 400, says);
    }
    assert_eq!(reply.faultstring().matches("; ").count(), 4, "five problems");
}

#[tokio::test]
async fn b25_arguments_of_a_driver_method() {
    let api = Api::new(Vendor);
    let reply = api.driver("requests", "POST", "configure", r#"{"count": 256, "x": 1}"#).await;
    for says in ["`$.x` is unknown", "`$.count` is invalid: ", "`$.label` is missing"] {
        assert_fault(&reply, 400, says);
    }
    let reply = api.driver("requests", "POST", "configure", r#"{"count": 1, "label": ""}"#).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test(start_paused = true)]
async fn b25_a_method_without_arguments_takes_none() {
    let reply = at_once(locked().await.node("POST", "without_arguments", r#"{"a": 1}"#)).await;
    assert_fault(&reply, 400, "`$.a` is unknown: the method takes no arguments");
}

#[tokio::test(start_paused = true)]
async fn b25_an_optional_argument_may_be_absent_or_null() {
    let api = Api::new(Vendor);
    for (body, status) in [
        (r#"{"count": 1, "label": "a", "limits": {}}"#, 202),
        (r#"{"count": 1, "label": "a", "limits": {}, "note": null}"#, 202),
        (r#"{"count": 1, "label": "a", "limits": {}, "note": 1}"#, 400),
        (r#"{"count": null, "label": "a", "limits": {}}"#, 400),
    ] {
        assert_eq!(api.node("POST", "configure", body).await.status, status, "{body}");
    }
}

/// An object so many levels deep.
fn deep(levels: usize) -> String {
    format!("{{\"a\": {}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1))
}

/// A JSON object so many bytes long.
fn large(bytes: usize) -> String {
    format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8))
}

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn b26_a_body_up_to_the_limits_is_taken() {
    let api = Api::new(Vendor);
    for body in [deep(25), large(MIB), format!(r#"{{"a": "{}"}}"#, "[".repeat(30))] {
        for path in [format!("{N}/echo"), format!("{D}/echo")] {
            assert_eq!(api.client.send("POST", &path, body.clone()).await.status, 200);
        }
    }
}

#[tokio::test]
async fn b26_a_body_over_the_limits_is_refused_whatever_its_type() {
    let api = Api::new(Vendor);
    for content_type in ["application/json", "text/plain", "application/octet-stream", ""] {
        let headers = [VERSION, ("content-type", content_type)];
        for path in [format!("{N}/echo"), format!("{D}/echo"), format!("{N}/methods")] {
            let reply = api.client.send_with("GET", &path, &headers, deep(26)).await;
            assert_fault(&reply, 400, "deeper than 25 levels");
            let reply = api.client.send_with("GET", &path, &headers, large(MIB + 1)).await;
            assert_fault(&reply, 413, "larger than 1048576 bytes");
        }
    }
}

#[tokio::test]
async fn b26_limits_come_before_authorization() {
    let (client, authorizer) = closed();
    for path in [format!("{N}/echo"), format!("{D}/echo")] {
        assert_fault(&client.send("POST", &path, deep(26)).await, 400, "deeper");
        assert_fault(&client.send("POST", &path, large(MIB + 1)).await, 413, "larger");
        assert_eq!(authorizer.asked(), 0);
    }
    assert_fault(&client.send("POST", &format!("{N}/echo"), deep(25)).await, 403, "denied");
    assert_eq!(authorizer.asked(), 1);
}

/// Sends this piece again and again until nobody reads any more, 1000 times at most; the answer,
/// and how many pieces were taken.
async fn stream(headers: &[(&str, &str)], piece: impl Into<Bytes>) -> (Reply, usize) {
    let piece = piece.into();
    let client = Api::new(Vendor).client;
    let (mut sender, body) = Channel::<Bytes>::new(1);
    let send = async move {
        let mut sent = 0;
        while sent < 1000 && sender.send_data(piece.clone()).await.is_ok() {
            sent += 1;
        }
        sent
    };
    let path = format!("{N}/echo");
    tokio::join!(client.send_with("POST", &path, headers, Body::new(body)), send)
}

#[tokio::test]
async fn b26_what_comes_after_the_limit_is_not_read() {
    // One piece may be on its way when the answer is decided.
    let (reply, taken) = stream(&[VERSION], vec![b' '; 64 * 1024]).await;
    assert_fault(&reply, 413, "larger than 1048576 bytes");
    assert!((17..=18).contains(&taken), "{taken} x 64 KiB were read");

    let (reply, taken) = stream(&[VERSION], "[[[[[").await;
    assert_fault(&reply, 400, "deeper than 25 levels");
    assert!((6..=7).contains(&taken), "{taken} x 5 levels were read");
}

#[tokio::test]
async fn b26_a_body_that_is_announced_too_large_is_not_read_at_all() {
    let (reply, taken) = stream(&[VERSION, ("content-length", "1048577")], "{").await;
    assert_fault(&reply, 413, "larger than 1048576 bytes");
    assert!(taken <= 1, "{taken} pieces were read");
}

#[tokio::test]
async fn b26_both_limits_can_be_configured() {
    let limits = Limits { body_bytes: 20, depth: 2 };
    let dispatcher = Api::new(Vendor).dispatcher;
    let client = Client::new(router_with_limits(dispatcher, AllowAll, limits));
    for (body, status) in [(large(20), 200), (large(21), 413), (deep(2), 200), (deep(3), 400)] {
        let reply = client.send("POST", &format!("{N}/echo"), body.clone()).await;
        assert_eq!(reply.status, status, "{body}");
    }
    let reply = client.send("POST", &format!("{N}/echo"), large(21)).await;
    assert_fault(&reply, 413, "larger than 20 bytes");
}

#[tokio::test]
async fn b27_the_content_type_of_a_request_is_not_looked_at() {
    let api = Api::new(Vendor);
    for content_type in
        ["application/json", "text/plain", "application/x-www-form-urlencoded", "no type", ""]
    {
        let headers = [VERSION, ("content-type", content_type)];
        let path = format!("{N}/echo");
        let reply = api.client.send_with("POST", &path, &headers, r#"{"a":1}"#).await;
        assert_eq!(&reply.body[..], br#"{"a":1}"#, "{content_type}");
    }
}

#[tokio::test]
async fn b28_a_client_that_takes_no_json_is_told_before_anything_runs() {
    let (client, authorizer) = closed();
    for accept in
        ["text/html", "application/xml, text/*", "application/json;q=0", "application/jsonp"]
    {
        for path in [format!("{N}/echo"), format!("{D}/echo"), format!("{N}/methods")] {
            let headers = [VERSION, ("accept", accept)];
            let reply = client.send_with("GET", &path, &headers, "").await;
            assert_fault(&reply, 406, "application/json");
        }
    }
    assert_eq!(authorizer.asked(), 0);
}

#[tokio::test]
async fn b28_a_client_that_takes_json_is_answered() {
    let api = Api::new(Vendor);
    for accept in ["application/json", "*/*", "application/*", "text/html, application/json;q=0.1"]
    {
        let headers = [VERSION, ("accept", accept)];
        let reply = api.client.send_with("POST", &format!("{N}/echo"), &headers, "").await;
        assert_eq!(reply.status, 200, "{accept}");
    }
}

#[tokio::test]
async fn b29_more_path_segments() {
    let api = Api::new(Vendor);
    for base in [N, D] {
        for rest in ["/echo/more", "/echo/more/", "/echo/more/and/more", "/echo//", "/methods/echo"]
        {
            for verb in ["GET", "POST"] {
                let reply = api.client.send(verb, &format!("{base}{rest}"), "").await;
                assert_fault(&reply, 404, "no such resource");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b30_strange_names_are_quoted_safely_and_cut() {
    let cut = format!("no vendor method `{}..`", "x".repeat(64));
    let (long, longer) = ("x".repeat(300), "x".repeat(60_000));
    for (name, says) in [
        ("a%2Fb", "no vendor method `a/b`"),
        ("%2E%2E", "no vendor method `..`"),
        ("%20", "no vendor method ` `"),
        ("%00", r"no vendor method `\0`"),
        ("a%0D%0Ab", r"no vendor method `a\r\nb`"),
        ("%1B%5B31m", r"no vendor method `\u{1b}[31m`"),
        ("%E2%80%AEoche", r"no vendor method `\u{202e}oche`"),
        ("%60%27%22%5C", r#"no vendor method ``'"\\`"#),
        (&long, &cut),
        (&longer, &cut),
    ] {
        refused_at_once(&[(&format!("/{name}"), says), (&format!("?method={name}"), says)]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn b30_a_name_that_is_no_text() {
    refused_at_once(&[("/%FF", "UTF-8"), ("?method=%FF", "no vendor method")]).await;
}

/// The status of a call of this node under this API version.
async fn status_under(api: &Api, version: Option<&str>, ident: &str) -> u16 {
    let headers: Vec<_> = version.map(|version| (VERSION.0, version)).into_iter().collect();
    let path = format!("/v1/nodes/{ident}/vendor_passthru/echo");
    api.client.send_with("POST", &path, &headers, "").await.status.as_u16()
}

#[tokio::test]
async fn b31_a_uuid_names_a_node_under_every_version() {
    let api = Api::new(Vendor);
    for version in [None, Some("1.1"), Some("1.4"), Some("1.5"), Some("latest")] {
        for (uuid, status) in [(NODE, 200), (Uuid::nil(), 404)] {
            let answered = status_under(&api, version, &uuid.to_string()).await;
            assert_eq!(answered, status, "{version:?} {uuid}");
        }
    }
}

#[tokio::test]
async fn b31_a_name_names_a_node_from_version_1_5_on() {
    let api = Api::new(Vendor);
    for (version, ident, status) in [
        (None, "node", 404),
        (Some("1.1"), "node", 404),
        (Some("1.4"), "node", 404),
        (Some("1.5"), "node", 200),
        (Some("1.115"), "node", 200),
        (Some("latest"), "node", 200),
        (Some("latest"), "Node", 404),
        (Some("latest"), "nodes", 404),
    ] {
        assert_eq!(status_under(&api, version, ident).await, status, "{version:?} {ident}");
    }
    let reply = api.client.send("GET", "/v1/nodes/nodes/vendor_passthru/methods", "").await;
    assert_fault(&reply, 404, "node `nodes` could not be found");
}

#[tokio::test(start_paused = true)]
async fn b32_verbs_that_are_none_of_the_five() {
    let api = locked().await;
    for path in [format!("{N}/echo"), format!("{D}/echo"), format!("{N}/methods")] {
        for verb in ["OPTIONS", "TRACE", "FROBNICATE", "get", "Post"] {
            let reply = at_once(api.client.send(verb, &path, "")).await;
            assert_fault(&reply, 400, &format!("HTTP method `{verb}`"));
        }
        // An answer to HEAD has no body.
        let reply = at_once(api.client.send("HEAD", &path, "")).await;
        assert_eq!((reply.status.as_u16(), reply.body.len()), (400, 0));
    }
}

#[tokio::test]
async fn b33_every_answer_has_the_version_headers_and_a_request_id() {
    let api = Api::new(Vendor);
    for (path, status) in [
        (format!("{N}/echo"), 200),
        (format!("{N}/background"), 202),
        (format!("{N}/unknown"), 400),
        (format!("{N}/echo/more"), 404),
        (format!("{D}/echo"), 200),
        ("/v1/nowhere".to_owned(), 404),
    ] {
        let headers = [(VERSION.0, "1.50")];
        let reply = api.client.send_with("POST", &path, &headers, "").await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("x-openstack-ironic-api-version"), "1.50");
        assert_eq!(versions(&reply), ("1.1", "1.115"));
        assert_eq!(reply.header("x-openstack-request-id"), reply.header("openstack-request-id"));
    }
}

/// The oldest and the newest version that an answer says there are.
fn versions(reply: &Reply) -> (&str, &str) {
    (
        reply.header("x-openstack-ironic-api-minimum-version"),
        reply.header("x-openstack-ironic-api-maximum-version"),
    )
}

#[tokio::test]
async fn b33_request_ids_are_all_different() {
    let api = Api::new(Vendor);
    let (first, second) = (api.node("POST", "echo", "").await, api.node("POST", "echo", "").await);
    for reply in [&first, &second] {
        let id = reply.header("openstack-request-id").strip_prefix("req-").unwrap();
        assert_eq!(id.parse::<Uuid>().unwrap().to_string(), id);
    }
    assert_ne!(first.header("openstack-request-id"), second.header("openstack-request-id"));
}

#[tokio::test]
async fn b33_the_version_that_is_asked_for() {
    let api = Api::new(Vendor);
    for (headers, answered) in [
        (&[][..], "1.1"),
        (&[(VERSION.0, "1.1")], "1.1"),
        (&[(VERSION.0, "1.115")], "1.115"),
        (&[(VERSION.0, "latest")], "1.115"),
        (&[("openstack-api-version", "baremetal 1.50")], "1.50"),
        (&[("openstack-api-version", "compute 2.1")], "1.1"),
    ] {
        let reply = api.client.send_with("POST", &format!("{N}/echo"), headers, "").await;
        assert_eq!((reply.status.as_u16(), reply.header(VERSION.0)), (200, answered));
    }
}

#[tokio::test]
async fn b33_a_version_out_of_range_is_refused_before_anything_runs() {
    let (client, authorizer) = closed();
    for version in ["1.0", "1.116", "2.1", "0.5", "1", "1.x", "newest"] {
        let headers = [(VERSION.0, version)];
        let reply = client.send_with("POST", &format!("{N}/echo"), &headers, "").await;
        assert_eq!((reply.status.as_u16(), reply.header(VERSION.0)), (406, ""), "{version}");
        assert_eq!(versions(&reply), ("1.1", "1.115"));
        assert!(reply.header("openstack-request-id").starts_with("req-"));
        // A client negotiates by this one, which is no fault in Ironic either.
        let message: Value =
            serde_json::from_str(reply.json()["error_message"].as_str().unwrap()).unwrap();
        assert_eq!((&message["code"], &message["title"]), (&json!(406), &json!("Not Acceptable")));
        assert!(message["description"].is_string());
    }
    assert_eq!(authorizer.asked(), 0);
}
