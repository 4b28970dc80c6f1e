//! Event subscriptions of the drivers `redfish` and `idrac`, as their callers call them.

use serde_json::{Value, json};

use crate::bmc_service::BmcService;
use crate::conductor::{Conductor, Node};
use crate::service::SUBSCRIPTIONS;

const DESTINATION: &str = "https://events.example.com/hook";

/// A service, a node with it, and a conductor.
fn bench(driver: &'static str) -> (BmcService, Node, Conductor) {
    let service = BmcService::start();
    let node = Node::new(driver, service.driver_info());
    let conductor = Conductor::start(&[&node]);
    (service, node, conductor)
}

/// metal3's baremetal-operator, by way of gophercloud: the method in the query, the id of what is
/// deleted in the body.
#[test]
fn metal3_creates_and_deletes_a_subscription() {
    let (service, node, conductor) = bench("redfish");
    let path = format!("{}/vendor_passthru", node.page());
    let wanted = json!({
        "Destination": DESTINATION, "Protocol": "Redfish", "Context": "metal3",
        "EventTypes": ["Alert"], "HttpHeaders": [{"Authorization": "Bearer t0ken"}],
    });
    let create = format!("{path}?method=create_subscription");
    let reply = conductor.send("POST", &create, &wanted.to_string());
    conductor.succeeded(&node, &reply);
    let created = reply.json();
    let id = created["Id"].as_str().unwrap();
    let answer = json!({
        "Id": id, "Destination": DESTINATION, "Protocol": "Redfish", "Context": "metal3",
        "EventTypes": ["Alert"],
    });
    assert_eq!((reply.status, &created), (200, &answer));
    let sent = service.requests().into_iter().find(|request| request.line.starts_with("POST "));
    assert_eq!(sent.unwrap().body, wanted);

    let delete = format!("{path}?method=delete_subscription");
    let reply = conductor.send("DELETE", &delete, &json!({"id": id}).to_string());
    conductor.succeeded(&node, &reply);
    assert_eq!((reply.status, reply.body.as_str()), (200, "null"));
    let deleted = format!("DELETE {SUBSCRIPTIONS}/{id}");
    assert_eq!(service.changes(), [format!("POST {SUBSCRIPTIONS}"), deleted]);
}

#[test]
fn a_subscription_can_be_read_until_it_is_deleted() {
    for driver in ["redfish", "idrac"] {
        let (_service, node, conductor) = bench(driver);
        let call = |verb, method, arguments| conductor.call(&node, verb, method, &arguments);
        let created = call("POST", "create_subscription", json!({"Destination": DESTINATION}));
        conductor.succeeded(&node, &created);
        let created = created.json();
        let id = json!({"id": created["Id"]});
        let path = format!("{SUBSCRIPTIONS}/{}", created["Id"].as_str().unwrap());

        let read = call("GET", "get_subscription", id.clone());
        conductor.succeeded(&node, &read);
        assert_eq!(read.json(), created);
        let all = call("GET", "get_all_subscriptions", Value::Null);
        conductor.succeeded(&node, &all);
        assert_eq!(all.json()["Members"], json!([{"@odata.id": path}]));

        conductor.succeeded(&node, &call("DELETE", "delete_subscription", id.clone()));
        let all = call("GET", "get_all_subscriptions", Value::Null);
        assert_eq!(all.json()["Members"], json!([]));
        let deleted = call("DELETE", "delete_subscription", id.clone());
        conductor.failed(&node, &deleted, 404, &format!("DELETE {path} with 404"));
        let read = call("GET", "get_subscription", id);
        conductor.failed(&node, &read, 500, &format!("GET {path} with 404"));
    }
}

#[test]
fn events_go_only_to_hosts_that_the_conductor_allows() {
    for driver in ["redfish", "idrac"] {
        let service = BmcService::start();
        let node = Node::new(driver, service.driver_info());
        let conductor = Conductor::start_with(&["--event-host", "events.example.com"], &[&node]);
        let create = |destination| {
            let arguments = json!({"Destination": destination});
            conductor.call(&node, "POST", "create_subscription", &arguments)
        };
        let refused = create("https://events.example.com.evil.example/");
        conductor.failed(&node, &refused, 403, "does not allow the Destination");
        assert!(service.changes().is_empty());
        conductor.succeeded(&node, &create(DESTINATION));
    }
}

#[test]
fn events_that_the_bmc_does_not_have_are_refused_before_it_is_asked() {
    let (service, node, conductor) = bench("redfish");
    let arguments = json!({"Destination": DESTINATION, "EventTypes": ["Alert", "Rain"]});
    let reply = conductor.call(&node, "POST", "create_subscription", &arguments);
    conductor.failed(&node, &reply, 400, "the EventTypes that the BMC offers are Alert");
    assert_eq!(service.changes(), Vec::<String>::new());
}

#[test]
fn an_idrac_has_what_every_redfish_bmc_has_and_what_is_its_own() {
    let (_service, node, conductor) = bench("idrac");
    let methods = conductor.page(&node.path("methods"));
    let names: Vec<_> = methods.as_object().unwrap().keys().cloned().collect();
    let expected = [
        "create_subscription",
        "delete_subscription",
        "get_all_subscriptions",
        "get_subscription",
        "list_unfinished_jobs",
    ];
    assert_eq!(names, expected);

    let reply = conductor.call(&node, "GET", "list_unfinished_jobs", &Value::Null);
    conductor.succeeded(&node, &reply);
    let jobs = &reply.json()["unfinished_jobs"];
    assert_eq!((jobs.as_array().unwrap().len(), &jobs[0]["id"]), (1, &json!("JID_2")));

    let plain = json!({"Destination": "http://events.example.com/"});
    let reply = conductor.call(&node, "POST", "create_subscription", &plain);
    assert_eq!(reply.status, 400, "{reply:?}");
    let reply = conductor.call(&node, "POST", "eject_vmedia", &json!({}));
    assert_eq!(reply.status, 400, "{reply:?}");
}
