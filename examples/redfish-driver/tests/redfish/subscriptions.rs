//! Creating, reading and deleting subscriptions, with Ironic's answers.

use redfish_driver::RedfishVendor;
use serde_json::{Value, json};
use vendor_passthru::HttpMethod;
use vendor_passthru::metadata::Lock;
use vendor_passthru::testing::TestConductor;

use crate::conductor;
use crate::service::{Canned, EVENTS, PASSWORD, SUBSCRIPTIONS, Service};

const CREATE: &str = "create_subscription";
const POST: &str = "POST /redfish/v1/EventService/Subscriptions";

#[tokio::test]
async fn a_subscription_is_created_as_metal3_asks_for_it() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let wanted = json!({
        "Destination": "https://events.example.com/hook", "Protocol": "Redfish", "Context": "mine",
        "EventTypes": ["Alert"], "HttpHeaders": [{"Authorization": "Bearer s3cret"}],
    });
    let called = conductor.call(HttpMethod::Post, CREATE, &wanted).await;
    let created: Value = called.value();
    let id = created["Id"].as_str().unwrap();
    let seen = json!({
        "Id": id, "Destination": "https://events.example.com/hook", "Protocol": "Redfish",
        "Context": "mine", "EventTypes": ["Alert"],
    });
    assert_eq!(created, seen);
    assert_eq!((called.status(), called.lock()), (200, Some(Lock::Exclusive)));
    let posted = service.requests().into_iter().find(|request| request.line == POST).unwrap();
    assert_eq!(posted.body, wanted);
}

#[tokio::test]
async fn what_a_caller_leaves_out_is_as_in_ironic() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for arguments in [
        json!({"Destination": "https://events.example.com/"}),
        json!({"Destination": "https://events.example.com/", "HttpHeaders": []}),
        json!({"Destination": "https://events.example.com/", "HttpHeaders": null, "EventTypes": null}),
    ] {
        assert_eq!(conductor.call(HttpMethod::Post, CREATE, &arguments).await.status(), 200);
        let sent = json!({
            "Destination": "https://events.example.com/", "Protocol": "Redfish", "Context": "",
            "EventTypes": ["Alert"],
        });
        assert_eq!(service.requests().last().unwrap().body, sent);
    }
}

#[tokio::test]
async fn a_bmc_that_answers_no_subscription_is_asked_for_it() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let path = format!("{SUBSCRIPTIONS}/7");
    service.resources().insert(path.clone(), json!({"Id": "7", "Context": null, "Oem": {}}));
    let elsewhere = format!("https://other.example.com{path}");
    for (location, body) in [
        (path.as_str(), ""),
        (&path, "created"),
        (&path, r#"{"@Message.ExtendedInfo": []}"#),
        // The BMC's own resource is read, and not that of the host that it names.
        (&elsewhere, ""),
    ] {
        service.answer(POST, Canned::Answer(201, location.to_owned(), body.to_owned()));
        let arguments = json!({"Destination": "https://events.example.com/"});
        let called = conductor.call(HttpMethod::Post, CREATE, arguments).await;
        assert_eq!(called.value::<Value>(), json!({"Id": "7", "Context": null}));
    }
}

#[tokio::test]
async fn a_subscription_that_is_there_but_cannot_be_read_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for location in ["", "/no/such/subscription"] {
        service.answer(POST, Canned::Answer(201, location.to_owned(), String::new()));
        let arguments = json!({"Destination": "https://events.example.com/"});
        let called = conductor.call(HttpMethod::Post, CREATE, arguments).await;
        let says =
            "the subscription was created, but cannot be read; get_all_subscriptions lists it";
        assert_eq!((called.status(), called.message().as_str()), (500, says));
    }
    assert!(conductor.log().iter().any(|line| line.contains("GET /no/such/subscription with 404")));
}

#[tokio::test]
async fn only_the_event_types_of_the_bmc_are_accepted() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let arguments = json!({"Destination": "https://e.example/", "EventTypes": ["Alert", "Other"]});
    let called = conductor.call(HttpMethod::Post, CREATE, &arguments).await;
    let says = "the EventTypes that the BMC offers are Alert, StatusChange";
    assert_eq!((called.status(), called.message().as_str()), (400, says));
    assert_eq!(service.changes(), [""; 0]);

    // One that lists none judges for itself.
    for none in [json!([]), Value::Null] {
        service.resources().get_mut(EVENTS).unwrap()["EventTypesForSubscription"] = none;
        assert_eq!(conductor.call(HttpMethod::Post, CREATE, &arguments).await.status(), 200);
    }
}

#[tokio::test]
async fn wrong_arguments_come_back_together_and_reach_no_bmc() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let arguments = json!({
        "Destination": "ftp://events.example.com/", "Protocol": 1, "Context": [],
        "EventTypes": "Alert", "HttpHeaders": {"Authorization": "s3cret"}, "destination": "x",
    });
    let called = conductor.call(HttpMethod::Post, CREATE, arguments).await;
    assert_eq!(called.status(), 400);
    for says in [
        "`$.Destination` is invalid: expected a URL with http or https",
        "`$.Protocol` is invalid",
        "`$.Context` is invalid",
        "`$.EventTypes` is invalid",
        "`$.HttpHeaders` is invalid: the value is not acceptable",
        "`$.destination` is unknown",
    ] {
        assert!(called.message().contains(says), "{says}: {}", called.message());
    }
    let called = conductor.call(HttpMethod::Post, CREATE, json!({})).await;
    assert!(called.message().contains("`$.Destination` is missing"), "{}", called.message());
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_destination_that_the_conductor_does_not_allow_reaches_no_bmc() {
    let service = Service::start().await;
    let vendor = RedfishVendor::default().with_destinations(|url| {
        url.scheme() == "https" && url.host_str() == Some("events.example.com")
    });
    let conductor =
        TestConductor::with_node(vendor, |node| node.driver_info = service.driver_info());
    for refused in ["https://db.internal:5432/", "http://events.example.com/"] {
        let called =
            conductor.call(HttpMethod::Post, CREATE, json!({"Destination": refused})).await;
        let says = "this conductor does not allow the Destination";
        assert_eq!((called.status(), called.message().as_str()), (403, says));
    }
    assert!(service.requests().is_empty());
    let allowed = json!({"Destination": "https://Events.Example.com/hook"});
    assert_eq!(conductor.call(HttpMethod::Post, CREATE, allowed).await.status(), 200);
}

#[tokio::test]
async fn a_subscription_is_read_without_what_callers_do_not_see() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let secret = json!({"Id": "7", "Protocol": "Redfish", "HttpHeaders": [{"X": "s3cret"}]});
    service.resources().insert(format!("{SUBSCRIPTIONS}/7"), secret);
    let called = conductor.call(HttpMethod::Get, "get_subscription", json!({"id": "7"})).await;
    assert_eq!(called.value::<Value>(), json!({"Id": "7", "Protocol": "Redfish"}));
    assert_eq!(called.lock(), Some(Lock::Exclusive));

    let called = conductor.call(HttpMethod::Get, "get_subscription", json!({"id": "8"})).await;
    let says = "the BMC answered GET /redfish/v1/EventService/Subscriptions/8 with 404 Not Found";
    assert_eq!((called.status(), called.message().as_str()), (500, says));
}

#[tokio::test]
async fn all_subscriptions_are_the_collection_as_the_bmc_has_it() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let collection = json!({"Members": [{"@odata.id": "/x"}], "Oem": {"any": [1, null]}});
    service.resources().insert(SUBSCRIPTIONS.to_owned(), collection.clone());
    let called = conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await;
    assert_eq!(called.value::<Value>(), collection);
}

#[tokio::test]
async fn a_subscription_is_deleted_wherever_the_collection_ends() {
    for collection in [SUBSCRIPTIONS.to_owned(), format!("{SUBSCRIPTIONS}/")] {
        let service = Service::start().await;
        let conductor = conductor(&service);
        service.resources().insert(format!("{SUBSCRIPTIONS}/7"), json!({"Id": "7"}));
        let link = json!({"@odata.id": collection});
        service.resources().get_mut(EVENTS).unwrap()["Subscriptions"] = link;
        let id = json!({"id": "7"});
        let called = conductor.call(HttpMethod::Delete, "delete_subscription", id).await;
        assert_eq!(called.value::<Value>(), Value::Null);
        assert_eq!(service.changes(), [format!("DELETE {SUBSCRIPTIONS}/7")]);
        assert!(!service.resources().contains_key(&format!("{SUBSCRIPTIONS}/7")));
    }
}

#[tokio::test]
async fn a_delete_that_fails_is_404_whatever_the_reason() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let delete = async || {
        conductor.call(HttpMethod::Delete, "delete_subscription", json!({"id": "7"})).await
    };
    let called = delete().await;
    assert!(called.message().ends_with("/Subscriptions/7 with 404 Not Found"));
    assert_eq!(called.status(), 404);

    let busy = Canned::Answer(503, String::new(), String::new());
    service.answer(&format!("DELETE {SUBSCRIPTIONS}/7"), busy);
    assert_eq!(delete().await.status(), 404);

    service.resources().remove(EVENTS);
    assert_eq!(delete().await.status(), 404);
}

#[tokio::test]
async fn an_id_that_leaves_the_collection_is_refused() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for (verb, method) in
        [(HttpMethod::Get, "get_subscription"), (HttpMethod::Delete, "delete_subscription")]
    {
        for id in ["../../Systems/1", "..", "%2e%2e", "1?x", "1#x", ""] {
            let called = conductor.call(verb, method, json!({"id": id})).await;
            assert_eq!(called.status(), 400, "{id:?}");
        }
    }
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_bmc_without_event_service_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    service.resources().insert("/redfish/v1/".to_owned(), json!({"Id": "RootService"}));
    let called = conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await;
    assert_eq!((called.status(), called.message().as_str()), (500, "the BMC has no EventService"));
}

#[tokio::test]
async fn secrets_are_sent_to_the_bmc_and_told_to_nobody_else() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let echo = format!(
        r#"{{"error": {{"code": "Base.1.0.GeneralError", "@Message.ExtendedInfo": [
            {{"MessageId": "Base.1.0.Property_Value", "Message": "Bearer s3cret is no header"}},
            {{"MessageId": "s3cret"}}, {{"MessageId": "Bearer s3cret"}}
        ], "message": "{PASSWORD}"}}}}"#
    );
    service.answer(POST, Canned::Answer(400, String::new(), echo.clone()));
    service.answer(&format!("GET {SUBSCRIPTIONS}"), Canned::Answer(400, String::new(), echo));
    let arguments = json!({
        "Destination": "https://e.example/", "HttpHeaders": [{"Authorization": "Bearer s3cret"}],
    });
    let called = conductor.call(HttpMethod::Post, CREATE, arguments).await;
    assert_eq!(called.status(), 500);
    let log = conductor.log().join("\n");
    assert!(log.contains("Base.1.0.Property_Value"), "{log}");
    for secret in ["s3cret", PASSWORD] {
        assert!(
            !log.contains(secret) && !format!("{:?}", called.result()).contains(secret),
            "{log}"
        );
    }

    let called = conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await;
    assert!(!called.message().contains("header"), "{}", called.message());
    let log = conductor.log().join("\n");
    assert!(log.contains("s3cret is no header"), "what no secret was sent for is told: {log}");
    assert!(!log.contains(PASSWORD), "{log}");
}
