//! Every method and every rule, over a transport that answers as a test has told it to.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;
use vendor_passthru::async_trait;
use vendor_passthru::metadata::Lock;
use vendor_passthru::testing::{Called, TestConductor, json};

use super::*;

/// The answer to Get Device ID that `ipmi_sim` has.
const DEVICE_ID: [u8; 15] = [0, 3, 9, 8, 2, 0x9f, 0x91, 0x12, 0, 2, 0x0f, 0, 0, 0, 0];

/// What is secret in these tests.
const PASSWORD: &str = "correct-horse";

type Answer = Result<Vec<u8>, IpmiError>;

/// Gives these answers, one a call, and none after them.
#[derive(Clone, Debug, Default)]
struct Scripted(Arc<Script>);

#[derive(Debug, Default)]
struct Script {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<(Bmc, Vec<u8>)>>,
    silent: Notify,
}

impl Scripted {
    fn answers(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = Mutex::new(answers.into_iter().collect());
        Self(Arc::new(Script { answers, ..Script::default() }))
    }

    /// What was sent, and to whom.
    fn sent(&self) -> Vec<(Bmc, Vec<u8>)> {
        self.0.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn bytes_sent(&self) -> Vec<Vec<u8>> {
        self.sent().into_iter().map(|(_, bytes)| bytes).collect()
    }
}

#[async_trait]
impl Transport for Scripted {
    fn cipher_suites(&self) -> &'static [CipherSuite] {
        &[CipherSuite::Sha1]
    }

    async fn raw(&self, bmc: &Bmc, request: &RawBytes) -> Answer {
        self.0.sent.lock().unwrap().push((bmc.clone(), request.bytes().collect()));
        let answer = self.0.answers.lock().unwrap().pop_front();
        if let Some(answer) = answer {
            return answer;
        }
        self.0.silent.notify_one();
        std::future::pending().await
    }
}

/// A conductor whose node has this `driver_info` beside an address.
fn conductor_with(transport: &Scripted, driver_info: serde_json::Value) -> TestConductor {
    TestConductor::with_node(IpmiVendor::over(transport.clone()), |node| {
        node.driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
        if let serde_json::Value::Object(more) = driver_info {
            node.driver_info.extend(more);
        }
    })
}

fn conductor(transport: &Scripted) -> TestConductor {
    conductor_with(transport, json!({}))
}

async fn post(conductor: &TestConductor, method: &str, arguments: serde_json::Value) -> Called {
    conductor.call(HttpMethod::Post, method, arguments).await
}

fn refused(code: u8) -> IpmiError {
    IpmiError::Refused { net_fn: 6, command: 2, code: CompletionCode(code) }
}

#[tokio::test]
async fn raw_bytes_are_sent_in_the_background_under_the_exclusive_lock() {
    let transport = Scripted::answers([Ok(vec![])]);
    let conductor = conductor(&transport);
    let called = post(&conductor, "send_raw", json!({"raw_bytes": "0x2e 10 0xff"})).await;
    assert_eq!((called.status(), called.lock()), (202, Some(Lock::Exclusive)));
    conductor.finished().await;
    assert_eq!(transport.bytes_sent(), [[0x2e, 10, 0xff]]);
    assert_eq!(conductor.last_error(), None);
}

#[tokio::test]
async fn bad_bytes_are_refused_before_anything_is_locked_or_sent() {
    let transport = Scripted::default();
    let conductor = conductor(&transport);
    conductor.lock_for_somebody_else().await;
    for (arguments, says) in [
        (json!({}), "`$.raw_bytes` is missing"),
        (json!({"raw_bytes": ""}), "network function and command at least"),
        (json!({"raw_bytes": "6 1 oops"}), "byte 3 is not a byte"),
        (json!({"raw_bytes": [6, 1]}), "expected a string"),
        (json!({"raw_bytes": "6 1", "warm": true}), "`$.warm` is unknown"),
    ] {
        for method in ["send_raw", "raw_response"] {
            let called = post(&conductor, method, arguments.clone()).await;
            assert_eq!(called.status(), 400);
            assert!(called.message().contains(says), "{arguments}: {}", called.message());
        }
    }
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn the_bytes_of_a_request_are_in_no_message_and_no_log() {
    let transport = Scripted::answers([Ok(vec![]), Err(refused(0xc7))]);
    let conductor = conductor(&transport);
    let secret = "0x06 0x47 0x02 0x02 0xab 0xcd";
    let mut said = String::new();
    for raw_bytes in [secret.to_owned(), secret.to_owned(), format!("{secret} abcdx")] {
        said += &post(&conductor, "raw_response", json!({"raw_bytes": raw_bytes})).await.message();
    }
    said += &conductor.log().concat();
    for shown in ["0xab", "0xcd", "abcdx"] {
        assert!(!said.contains(shown), "{shown} in {said}");
    }
}

#[tokio::test]
async fn a_raw_response_is_answered_as_bytes() {
    let transport = Scripted::answers([Ok(vec![0, 0x1f]), Ok(vec![])]);
    let conductor = conductor(&transport);
    for answer in ["0x00 0x1f", ""] {
        let called = post(&conductor, "raw_response", json!({"raw_bytes": "6 1"})).await;
        assert_eq!(called.value::<serde_json::Value>(), json!({"raw_bytes": answer}));
        assert_eq!(called.lock(), Some(Lock::Exclusive));
    }
}

#[tokio::test]
async fn a_reset_is_warm_unless_told_otherwise() {
    let transport = Scripted::answers(std::iter::repeat_with(|| Ok(vec![])).take(32));
    let conductor = conductor(&transport);
    let warm = [
        json!({}),
        json!({"warm": true}),
        json!({"warm": 1}),
        json!({"warm": "True"}),
        json!({"warm": " t "}),
        json!({"warm": "1"}),
        json!({"warm": "ON"}),
        json!({"warm": "y"}),
        json!({"warm": "yes"}),
    ];
    let cold = [
        json!({"warm": false}),
        json!({"warm": 0}),
        json!({"warm": "False"}),
        json!({"warm": "f"}),
        json!({"warm": "0"}),
        json!({"warm": "off"}),
        json!({"warm": "N"}),
        json!({"warm": "no"}),
    ];
    let expected = [vec![vec![6, 3]; warm.len()], vec![vec![6, 2]; cold.len()]].concat();
    for arguments in warm.into_iter().chain(cold) {
        assert_eq!(post(&conductor, "bmc_reset", arguments).await.status(), 202);
        conductor.finished().await;
    }
    assert_eq!(transport.bytes_sent(), expected);
}

#[tokio::test]
async fn what_is_no_truth_value_is_refused() {
    let transport = Scripted::default();
    let conductor = conductor(&transport);
    for warm in [json!("warm"), json!(""), json!(2), json!(-1), json!(1.0), json!(null), json!([])]
    {
        let called = post(&conductor, "bmc_reset", json!({"warm": warm})).await;
        assert_eq!(called.status(), 400, "{warm}");
        assert!(called.message().contains("expected true or false"), "{}", called.message());
    }
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn a_refused_reset_is_an_error() {
    let transport = Scripted::answers([Err(refused(0xc1))]);
    let conductor = conductor(&transport);
    assert_eq!(post(&conductor, "bmc_reset", json!({"warm": false})).await.status(), 202);
    conductor.finished().await;
    let recorded = conductor.last_error().unwrap();
    let says = "the BMC refused the command 0x06 0x02: completion code 0xc1, invalid command";
    assert!(recorded.ends_with(says), "{recorded}");
    assert!(!conductor.is_locked().await);
}

#[tokio::test]
async fn the_device_id_is_read_beside_a_call_that_holds_the_node() {
    let transport = Scripted::answers([Ok(DEVICE_ID.to_vec())]);
    let conductor = conductor(&transport);
    conductor.lock_for_somebody_else().await;
    let called = conductor.call(HttpMethod::Get, "device_id", json!({})).await;
    assert_eq!(called.lock(), Some(Lock::Shared));
    assert_eq!(
        called.value::<serde_json::Value>(),
        json!({
            "device_id": 0,
            "device_revision": 3,
            "provides_sdrs": false,
            "available": true,
            "firmware_version": "9.08",
            "ipmi_version": "2.0",
            "manufacturer_id": 4753,
            "product_id": 3842,
        })
    );
    assert_eq!(transport.bytes_sent(), [[6, 1]]);
}

#[tokio::test]
async fn authentication_types_are_those_of_the_transport() {
    for (vendor, types) in [
        (IpmiVendor::over(Native), vec!["RAKP-HMAC-SHA1"]),
        (IpmiVendor::default(), vec!["RAKP-HMAC-SHA1", "RAKP-HMAC-SHA256"]),
    ] {
        let conductor = TestConductor::new(vendor);
        let called =
            conductor.call_driver(HttpMethod::Get, "authentication_types", json!({})).await;
        assert_eq!(called.value::<serde_json::Value>(), json!({"types": types}));
    }
}

#[tokio::test]
async fn what_driver_info_leaves_out_is_as_in_ironic() {
    let transport = Scripted::answers([Ok(DEVICE_ID.to_vec())]);
    conductor(&transport).call(HttpMethod::Get, "device_id", json!({})).await;
    let [(bmc, _)] = transport.sent().try_into().unwrap();
    assert_eq!(bmc.address.as_str(), "192.0.2.7");
    assert_eq!(bmc.port, 623);
    assert_eq!((bmc.username.as_str(), bmc.password.expose_secret()), ("", ""));
    assert_eq!(bmc.privilege, PrivilegeLevel::Administrator);
    assert_eq!(bmc.cipher_suite, CipherSuite::Sha1);
}

#[tokio::test]
async fn numbers_in_driver_info_may_be_texts_and_texts_numbers() {
    for driver_info in [
        json!({"ipmi_port": 6230, "ipmi_cipher_suite": 3, "ipmi_username": 7, "ipmi_password": 42}),
        json!({"ipmi_port": "6230", "ipmi_cipher_suite": "3", "ipmi_username": "7", "ipmi_password": "42"}),
    ] {
        let transport = Scripted::answers([Ok(DEVICE_ID.to_vec())]);
        let conductor = conductor_with(&transport, driver_info);
        let called = conductor.call(HttpMethod::Get, "device_id", json!({})).await;
        assert_eq!(called.status(), 200, "{}", called.message());
        let [(bmc, _)] = transport.sent().try_into().unwrap();
        assert_eq!(bmc.port, 6230);
        assert_eq!((bmc.username.as_str(), bmc.password.expose_secret()), ("7", "42"));
    }
}

#[tokio::test]
async fn all_that_is_wrong_with_driver_info_is_said_at_once() {
    let transport = Scripted::default();
    let conductor = conductor_with(
        &transport,
        json!({
            "ipmi_address": "-oProxyCommand=x",
            "ipmi_port": "0",
            "ipmi_username": "seventeen letters",
            "ipmi_password": format!("{PASSWORD}{PASSWORD}"),
            "ipmi_priv_level": "administrator",
            "ipmi_cipher_suite": 0,
        }),
    );
    for method in ["send_raw", "raw_response"] {
        let called = post(&conductor, method, json!({"raw_bytes": "6 1"})).await;
        assert_eq!(called.status(), 400);
        for says in [
            "`ipmi_address` is invalid: expected an IP address or a host name",
            "`ipmi_port` is invalid: expected a port from 1 to 65535",
            "`ipmi_username` is invalid: expected 16 bytes at most",
            "`ipmi_password` is not acceptable; it is: Password, 20 bytes at most",
            "`ipmi_priv_level` is invalid: unknown variant",
            "`ipmi_cipher_suite` is invalid: expected 3 or 17",
        ] {
            assert!(called.message().contains(says), "{says}: {}", called.message());
        }
        assert!(!called.message().contains(PASSWORD));
    }
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn an_address_is_an_ip_address_or_a_host_name() {
    for (address, status) in [
        ("192.0.2.7", 200),
        ("2001:db8::7", 200),
        ("fe80::7%eth0", 200),
        ("bmc-7.rack_1.example.", 200),
        ("7.example", 200),
        ("", 400),
        (".", 400),
        ("-H", 400),
        ("bmc-.example", 400),
        ("bmc..example", 400),
        ("192.0.2.256", 400),
        ("bmc example", 400),
        ("fe80::7%-x", 400),
        ("[2001:db8::7]", 400),
        ("http://192.0.2.7", 400),
        (&"x".repeat(64), 400),
    ] {
        let transport = Scripted::answers([Ok(DEVICE_ID.to_vec())]);
        let conductor = conductor_with(&transport, json!({"ipmi_address": address}));
        let called = conductor.call(HttpMethod::Get, "device_id", json!({})).await;
        assert_eq!(called.status(), status, "{address}: {}", called.message());
    }
}

#[tokio::test]
async fn a_cipher_suite_that_the_transport_has_not_is_refused_in_validate() {
    let transport = Scripted::default();
    let conductor = conductor_with(&transport, json!({"ipmi_cipher_suite": 17}));
    let called = post(&conductor, "send_raw", json!({"raw_bytes": "6 1"})).await;
    assert_eq!(called.status(), 400);
    let says = "`ipmi_cipher_suite` is invalid: this conductor has no other suite than 3";
    assert!(called.message().ends_with(says), "{}", called.message());
}

#[tokio::test]
async fn a_password_is_shown_nowhere() {
    let transport = Scripted::answers([Err(IpmiError::AuthenticationFailed)]);
    let info = json!({"ipmi_username": "admin", "ipmi_password": PASSWORD});
    let conductor = conductor_with(&transport, info);
    let called = conductor.call(HttpMethod::Get, "device_id", json!({})).await;
    assert_eq!(called.status(), 500);
    let said = format!("{} {:?} {:?}", called.message(), conductor.log(), transport.sent());
    assert!(!said.contains(PASSWORD), "{said}");
}

#[tokio::test]
async fn the_properties_are_those_of_ironic() {
    let properties = IpmiVendor::default().get_properties();
    let shown: Vec<_> = properties.iter().map(|(name, p)| (name, p.required, p.secret)).collect();
    assert_eq!(
        shown,
        [
            ("ipmi_address", true, false),
            ("ipmi_cipher_suite", false, false),
            ("ipmi_password", false, true),
            ("ipmi_port", false, false),
            ("ipmi_priv_level", false, false),
            ("ipmi_username", false, false),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_its_time_limit() {
    let conductor = conductor(&Scripted::default());
    let before = tokio::time::Instant::now();
    let called = conductor.call(HttpMethod::Get, "device_id", json!({})).await;
    assert_eq!(before.elapsed().as_secs(), 15);
    assert_eq!(called.status(), 504);
    assert!(called.message().contains("within 15 s"), "{}", called.message());
}

/// A conductor whose driver has this limit.
fn limited_to(time_limit: Duration, transport: &Scripted) -> TestConductor {
    let vendor = IpmiVendor::over(transport.clone()).with_time_limit(time_limit);
    TestConductor::with_driver_info(vendor, json!({"ipmi_address": "bmc"}))
}

#[tokio::test(start_paused = true)]
async fn a_conductor_may_set_the_time_limit() {
    let conductor = limited_to(Duration::from_millis(1500), &Scripted::default());
    post(&conductor, "send_raw", json!({"raw_bytes": "6 1"})).await;
    conductor.finished().await;
    let recorded = conductor.last_error().unwrap();
    assert!(recorded.contains("did not finish within 1.5 s"), "{recorded}");
    assert!(!conductor.is_locked().await);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_call_ends_before_its_grace_does() {
    let transport = Scripted::default();
    let conductor = limited_to(Duration::from_hours(1), &transport);
    post(&conductor, "send_raw", json!({"raw_bytes": "6 1"})).await;
    transport.0.silent.notified().await;
    let before = tokio::time::Instant::now();
    conductor.dispatcher().shutdown().await;
    assert_eq!(before.elapsed().as_secs(), 60); // all that is waited for running calls
    let recorded = conductor.last_error().unwrap();
    assert!(recorded.contains("may or may not have"), "{recorded}");
    assert!(!conductor.is_locked().await);
}
