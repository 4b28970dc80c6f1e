//! What a node's `driver_info` may say, and that all of it is checked before the BMC is asked.

use redfish_driver::RedfishVendor;
use serde_json::{Map, Value, json};
use vendor_passthru::{HttpMethod, Registry};

use crate::conductor_with;
use crate::service::{Canned, EVENTS, PASSWORD, Service};

async fn message(driver_info: Value) -> String {
    let conductor = conductor_with(driver_info.as_object().unwrap().clone());
    let called = conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await;
    assert_eq!(called.status(), 400, "{}", called.message());
    called.message()
}

async fn status(driver_info: Map<String, Value>) -> u16 {
    let conductor = conductor_with(driver_info);
    conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await.status()
}

#[test]
fn operators_are_told_what_a_node_needs() {
    let registry = Registry::builder().interface(RedfishVendor::default()).build().unwrap();
    let properties = registry.properties("redfish").unwrap();
    let all: Vec<_> = properties.iter().map(|(name, p)| (name, p.required, p.secret)).collect();
    let declared = [
        ("redfish_address", true, false),
        ("redfish_auth_type", false, false),
        ("redfish_password", false, true),
        ("redfish_system_id", false, false),
        ("redfish_username", false, false),
        ("redfish_verify_ca", false, false),
    ];
    assert_eq!(all, declared);
}

#[tokio::test]
async fn everything_that_is_wrong_comes_back_at_once_and_no_secret_with_it() {
    let said = message(json!({
        "redfish_adress": "x", "redfish_system_id": "Systems/1", "redfish_username": 1,
        "redfish_password": ["hunter2"], "redfish_verify_ca": 7, "redfish_auth_type": "session",
    }))
    .await;
    for says in [
        "`redfish_address` is missing, but there is `redfish_adress`",
        "`redfish_system_id` is invalid: expected a path, such as /redfish/v1/Systems/1",
        "`redfish_username` is invalid",
        "`redfish_password` is not acceptable; it is: The user's password.",
        "`redfish_verify_ca` is invalid: 7 is neither a boolean nor the absolute path of a file",
        "`redfish_auth_type` is invalid: sessions are not supported",
    ] {
        assert!(said.contains(says), "{says}: {said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
}

#[tokio::test]
async fn an_address_that_cannot_be_a_bmc_is_refused() {
    for (address, says) in [
        (json!(""), "expected a URL, or a host"),
        (json!("https://"), "expected a URL, or a host"),
        (json!("ftp://192.0.2.7"), "http or https"),
        (json!("https://192.0.2.7/?x=1"), "without query"),
        (json!("https://192.0.2.7/#x"), "without query and fragment"),
        (json!("https://admin:hunter2@192.0.2.7"), "belong into redfish_username"),
        (json!("admin:hunter2@192.0.2.7"), "belong into redfish_username"),
        (json!("https://admin@192.0.2.7"), "belong into redfish_username"),
        (json!("https://:hunter2@192.0.2.7"), "belong into redfish_username"),
        (json!(["192.0.2.7"]), "expected a string"),
    ] {
        let said = message(json!({"redfish_address": address})).await;
        assert!(said.contains(says) && !said.contains("hunter2"), "{said}");
    }
}

#[tokio::test]
async fn a_verify_ca_that_is_neither_boolean_nor_file_is_refused() {
    for verify in ["", "maybe", "ca.pem", "/", "/no/such/file.pem"] {
        let info = json!({"redfish_address": "192.0.2.7", "redfish_verify_ca": verify});
        let says = format!("{verify:?} is neither a boolean nor the absolute path of a file");
        assert!(message(info).await.contains(&says));
    }
}

#[tokio::test]
async fn a_path_in_the_address_is_the_root_of_the_service() {
    let service = Service::start().await;
    let root = json!({"EventService": {"@odata.id": EVENTS}}).to_string();
    for line in ["GET /custom/root/", "GET /redfish/v1/"] {
        service.answer(line, Canned::Answer(200, String::new(), root.clone()));
    }
    for (path, asked) in [
        ("", "/redfish/v1/"),
        ("/", "/redfish/v1/"),
        ("/redfish/v1", "/redfish/v1/"),
        ("/custom/root", "/custom/root/"),
        ("/custom/root/", "/custom/root/"),
    ] {
        let mut driver_info = service.driver_info();
        driver_info.insert("redfish_address".to_owned(), format!("{}{path}", service.url).into());
        let before = service.requests().len();
        assert_eq!(status(driver_info).await, 200);
        assert_eq!(service.requests()[before].line, format!("GET {asked}"));
    }
}

#[tokio::test]
async fn every_request_carries_the_password_and_none_where_there_is_no_user() {
    let service = Service::start().await;
    assert_eq!(status(service.driver_info()).await, 200);
    assert!(service.requests().iter().all(|request| request.authorization.is_some()));

    let mut driver_info = service.driver_info();
    driver_info.remove("redfish_username");
    let before = service.requests().len();
    assert_eq!(status(driver_info).await, 500);
    assert!(service.requests()[before..].iter().all(|request| request.authorization.is_none()));
}

#[tokio::test]
async fn basic_is_how_to_log_in_also_where_the_node_leaves_it_open() {
    let service = Service::start().await;
    for auth_type in [json!("basic"), json!("auto"), Value::Null] {
        let mut driver_info = service.driver_info();
        driver_info.insert("redfish_auth_type".to_owned(), auth_type);
        assert_eq!(status(driver_info).await, 200);
    }
    let mut driver_info = service.driver_info();
    driver_info.insert("redfish_auth_type".to_owned(), json!("digest"));
    assert!(message(Value::Object(driver_info)).await.contains("\"digest\" is not an"));
}

#[tokio::test]
async fn a_wrong_password_is_named_so_and_shown_to_nobody() {
    let service = Service::start().await;
    let mut driver_info = service.driver_info();
    driver_info.insert("redfish_password".to_owned(), json!("hunter2"));
    let conductor = conductor_with(driver_info);
    let called = conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await;
    let says = "the BMC does not accept redfish_username and redfish_password";
    assert_eq!((called.status(), called.message().as_str()), (500, says));
    let log = conductor.log().join("\n");
    assert!(!log.contains("hunter2") && !log.contains(PASSWORD), "{log}");
}
