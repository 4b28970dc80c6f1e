//! What becomes of a call whose BMC is gone, slow, or answers something else than Redfish.

use std::time::Duration;

use redfish_driver::RedfishVendor;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use vendor_passthru::HttpMethod;
use vendor_passthru::testing::{Called, TestConductor};

use crate::service::{Canned, EVENTS, SUBSCRIPTIONS, Service};
use crate::{conductor, conductor_with};

async fn read(conductor: &TestConductor) -> Called {
    conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await
}

fn at(address: &str) -> TestConductor {
    conductor_with(json!({"redfish_address": address}).as_object().unwrap().clone())
}

#[tokio::test]
async fn an_address_where_nobody_listens_is_named_so() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let called = read(&at(&format!("http://{address}"))).await;
    let says = "the BMC cannot be reached; is it up, and is redfish_address right?";
    assert_eq!((called.status(), called.message().as_str()), (500, says));
}

#[tokio::test]
async fn a_bmc_that_breaks_off_is_named_so() {
    for half in ["", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{"] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let bmc = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let _ = connection.read(&mut [0; 4096]).await.unwrap();
            connection.write_all(half.as_bytes()).await.unwrap();
        });
        let called = read(&at(&format!("http://{address}"))).await;
        assert!(called.message().starts_with("the BMC broke off its answer"), "{called:?}");
        assert_eq!(called.status(), 500);
        bmc.await.unwrap();
    }
}

#[tokio::test]
async fn a_bmc_that_does_not_answer_is_waited_for_as_long_as_the_conductor_says() {
    let service = Service::start().await;
    service.answer(&format!("GET {EVENTS}"), Canned::Nothing);
    let vendor = RedfishVendor::default().with_time_limit(Duration::from_millis(50));
    let conductor =
        TestConductor::with_node(vendor, |node| node.driver_info = service.driver_info());
    let called = read(&conductor).await;
    let says = "the BMC did not answer within 0.05 s; \
                what was asked of it may or may not have happened";
    assert_eq!((called.status(), called.message().as_str()), (500, says));
    assert!(!conductor.is_locked().await);
}

#[tokio::test]
async fn a_status_that_clients_repeat_calls_for_is_not_passed_on() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for status in [400, 403, 404, 409, 412, 429, 500, 501, 503, 504] {
        let line = format!("GET {SUBSCRIPTIONS}");
        service.answer(&line, Canned::Answer(status, String::new(), "busy".to_owned()));
        let called = read(&conductor).await;
        assert_eq!(called.status(), 500);
        let says = format!("the BMC answered {line} with {status} ");
        assert!(called.message().starts_with(&says), "{}", called.message());
    }
}

#[tokio::test]
async fn an_answer_that_is_not_redfish_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for body in ["", "<html>", "[]", r#"{"Subscriptions": 7}"#] {
        let line = format!("GET {EVENTS}");
        service.answer(&line, Canned::Answer(200, String::new(), body.to_owned()));
        let called = read(&conductor).await;
        let says = format!("the BMC's answer to {EVENTS} is not what Redfish has there");
        assert_eq!((called.status(), called.message()), (500, says), "{body}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let large = "{".to_owned() + &" ".repeat((4 << 20) - 2) + "}";
    let line = format!("GET {SUBSCRIPTIONS}");
    service.answer(&line, Canned::Answer(200, String::new(), large.clone()));
    assert_eq!(read(&conductor).await.value::<Value>(), json!({}));

    service.answer(&line, Canned::Answer(200, String::new(), large + " "));
    let says = format!("the BMC's answer to {SUBSCRIPTIONS} is larger than 4194304 bytes");
    assert_eq!(read(&conductor).await.message(), says);
}

#[tokio::test]
async fn a_redirect_is_followed_at_the_bmc_itself() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let moved = json!({"Members": [], "moved": true});
    service.resources().insert("/moved/Subscriptions".to_owned(), moved.clone());
    for location in ["/moved/Subscriptions", &format!("{}/moved/Subscriptions", service.url)] {
        let line = format!("GET {SUBSCRIPTIONS}");
        service.answer(&line, Canned::Answer(308, location.to_owned(), String::new()));
        assert_eq!(read(&conductor).await.value::<Value>(), moved);
    }
}

#[tokio::test]
async fn a_redirect_to_another_server_is_not_followed() {
    let service = Service::start().await;
    let other = Service::start().await;
    let conductor = conductor(&service);
    let elsewhere = format!("{}{SUBSCRIPTIONS}", other.url);
    let says = format!(
        "the BMC redirects {SUBSCRIPTIONS} elsewhere; redfish_address may lack https, or a port"
    );
    for location in [elsewhere.as_str(), &elsewhere.replace("http:", "https:"), SUBSCRIPTIONS, ""] {
        let line = format!("GET {SUBSCRIPTIONS}");
        service.answer(&line, Canned::Answer(302, location.to_owned(), String::new()));
        assert_eq!(read(&conductor).await.message(), says, "{location}");
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_redirected_change_is_not_repeated_elsewhere() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let moved = Canned::Answer(307, "/redfish/v1/Moved".to_owned(), String::new());
    service.answer(&format!("POST {SUBSCRIPTIONS}"), moved);
    let arguments = json!({"Destination": "https://events.example.com/"});
    let called = conductor.call(HttpMethod::Post, "create_subscription", arguments).await;
    assert!(called.message().starts_with("the BMC redirects"), "{}", called.message());
    assert_eq!(service.changes().len(), 1);
}

#[tokio::test]
async fn a_link_to_another_server_is_read_at_the_bmc() {
    let service = Service::start().await;
    let other = Service::start().await;
    let conductor = conductor(&service);
    let port = other.url.rsplit(':').next().unwrap();
    for link in [format!("{}{EVENTS}", other.url), format!("//127.0.0.1:{port}{EVENTS}")] {
        let root = json!({"EventService": {"@odata.id": link}});
        service.resources().insert("/redfish/v1/".to_owned(), root);
        assert_eq!(read(&conductor).await.status(), 200, "{link}");
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_link_that_is_none_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let (long, longer) = ("/x".repeat(500), "/x".repeat(500) + "y");
    for (link, says) in [
        ("http://[x", "the BMC has a link that leads nowhere"),
        (&long, &format!("the BMC answered GET {long} with 404 Not Found")),
        (&longer, "the BMC has a link that leads nowhere"),
    ] {
        let root = json!({"EventService": {"@odata.id": link}});
        service.resources().insert("/redfish/v1/".to_owned(), root);
        assert_eq!(read(&conductor).await.message(), says);
    }
}

#[tokio::test]
async fn a_cancelled_call_leaves_its_request() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let conductor = TestConductor::configured(
        RedfishVendor::default(),
        |node| drop(node.driver_info.insert("redfish_address".to_owned(), address.into())),
        |settings| settings.shutdown_limit(Duration::ZERO).cancellation_grace(Duration::ZERO),
    );
    conductor.call(HttpMethod::Post, "eject_vmedia", json!({})).await;
    let (mut connection, _) = listener.accept().await.unwrap();
    assert_ne!(connection.read(&mut [0; 4096]).await.unwrap(), 0, "the BMC is asked");
    assert_eq!(conductor.dispatcher().shutdown().await.interrupted, 1);
    assert_eq!(connection.read(&mut [0; 1]).await.unwrap(), 0, "and left alone");
    let error = conductor.last_error().unwrap();
    assert!(error.contains("may or may not have happened"), "{error}");
    assert!(!conductor.is_locked().await);
}

#[tokio::test]
async fn a_proxy_in_the_environment_is_not_for_bmcs() {
    const NAME: &str = "answers::a_proxy_in_the_environment_is_not_for_bmcs";
    if std::env::var_os("http_proxy").is_none() {
        let mut itself = std::process::Command::new(std::env::current_exe().unwrap());
        itself.args(["--exact", NAME]).env("http_proxy", "http://192.0.2.1:9");
        let output = itself.env("all_proxy", "http://192.0.2.1:9").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        return;
    }
    let service = Service::start().await;
    assert_eq!(read(&conductor(&service)).await.status(), 200);
}
