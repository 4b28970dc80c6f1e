//! What an iDRAC has of any Redfish BMC, and what it has of its own.

use std::sync::Arc;

use redfish_driver::{IdracVendor, RedfishVendor};
use serde_json::{Value, json};
use vendor_passthru::metadata::Lock;
use vendor_passthru::testing::TestConductor;
use vendor_passthru::{HttpMethod, NodeIdent, Registry};

use crate::service::{Canned, JOBS, MANAGER, SYSTEM, Service};

const LIST: &str = "list_unfinished_jobs";
const CREATE: &str = "create_subscription";

fn conductor(service: &Service) -> TestConductor {
    conductor_of(IdracVendor::default(), service)
}

fn conductor_of(vendor: IdracVendor, service: &Service) -> TestConductor {
    TestConductor::with_node(vendor, |node| node.driver_info = service.driver_info())
}

fn job(id: &str, state: &str) -> Value {
    json!({"@odata.id": format!("{JOBS}/{id}"), "Id": id, "JobState": state, "PercentComplete": null})
}

/// The ids of the jobs that are listed.
async fn listed(conductor: &TestConductor) -> Vec<String> {
    let called = conductor.call(HttpMethod::Get, LIST, json!({})).await;
    let answer: Value = called.value();
    let jobs = answer["unfinished_jobs"].as_array().unwrap();
    jobs.iter().map(|job| job["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn its_methods_are_those_of_redfish_but_for_what_it_says() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let methods = conductor.dispatcher().node_methods(NodeIdent::Name("node")).await.unwrap();
    let methods = serde_json::to_value(methods).unwrap();
    let names: Vec<&String> = methods.as_object().unwrap().keys().collect();
    let all = [CREATE, "delete_subscription", "get_all_subscriptions", "get_subscription", LIST];
    assert_eq!(names, all);
    let called = conductor.call(HttpMethod::Post, "eject_vmedia", json!({})).await;
    assert_eq!(called.status(), 400);
}

#[tokio::test]
async fn what_it_inherits_has_redfishs_properties_and_checks() {
    let registry = Registry::builder().interface(IdracVendor::default()).build().unwrap();
    let redfish = Registry::builder().interface(RedfishVendor::default()).build().unwrap();
    let properties = registry.properties("idrac").unwrap();
    assert_eq!(properties, redfish.properties("redfish").unwrap());

    let conductor = TestConductor::new(IdracVendor::default());
    for (verb, method, arguments) in [
        (HttpMethod::Get, "get_all_subscriptions", json!({})),
        (HttpMethod::Get, LIST, json!({})),
        (HttpMethod::Post, CREATE, json!({"Destination": "https://events.example.com/"})),
    ] {
        let called = conductor.call(verb, method, arguments).await;
        assert_eq!(called.status(), 400);
        assert!(called.message().contains("`redfish_address` is missing"), "{method}");
    }
}

#[tokio::test]
async fn what_it_inherits_works_on_its_bmc() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let arguments = json!({"Destination": "https://events.example.com/"});
    let created: Value = conductor.call(HttpMethod::Post, CREATE, arguments).await.value();
    let id = json!({"id": created["Id"]});
    let read = conductor.call(HttpMethod::Get, "get_subscription", &id).await;
    assert_eq!(read.value::<Value>(), created);
    let deleted = conductor.call(HttpMethod::Delete, "delete_subscription", &id).await;
    assert_eq!(deleted.value::<Value>(), Value::Null);
}

#[tokio::test]
async fn it_sends_events_over_https_alone() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let arguments = json!({"Destination": "http://events.example.com/"});
    let called = conductor.call(HttpMethod::Post, CREATE, arguments).await;
    assert_eq!(called.status(), 400);
    assert!(called.message().contains("an iDRAC sends its events over https alone"));
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn the_conductors_rule_for_destinations_holds_here_too() {
    let service = Service::start().await;
    let redfish = RedfishVendor::default().with_destinations(|_| false);
    let conductor = conductor_of(IdracVendor::new(Arc::new(redfish)), &service);
    let arguments = json!({"Destination": "https://events.example.com/"});
    assert_eq!(conductor.call(HttpMethod::Post, CREATE, arguments).await.status(), 403);
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn unfinished_jobs_are_listed_under_ironics_names_beside_other_calls() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    conductor.lock_for_somebody_else().await;
    let called = conductor.call(HttpMethod::Get, LIST, json!({})).await;
    let job = json!({
        "id": "JID_2", "name": "Configure: BIOS.Setup.1-1", "status": "Scheduled",
        "percent_complete": 0, "message": "Job scheduled successfully.",
        "start_time": "2026-01-02T03:04:05", "until_time": "TIME_NA",
    });
    assert_eq!(called.value::<Value>(), json!({"unfinished_jobs": [job]}));
    assert_eq!(called.lock(), Some(Lock::Shared));
}

#[tokio::test]
async fn a_job_is_unfinished_until_its_state_says_that_it_ended() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for (state, unfinished) in [
        ("Running", 1),
        ("UserIntervention", 1),
        ("RebootPending", 1),
        ("A state of next year", 1),
        ("Completed", 0),
        ("CompletedWithErrors", 0),
        ("Failed", 0),
        ("RebootFailed", 0),
    ] {
        service.resources().insert(format!("{JOBS}/JID_2"), job("JID_2", state));
        assert_eq!(listed(&conductor).await.len(), unfinished, "{state}");
    }
}

#[tokio::test]
async fn a_queue_that_comes_in_parts_or_as_links_is_read_whole() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let first = json!({
        "Members": [job("JID_7", "Running"), {"@odata.id": format!("{JOBS}/JID_2")}],
        "Members@odata.nextLink": format!("{JOBS}?$skip=2"),
    });
    let second = json!({"Members": [job("JID_8", "New")]});
    for (line, page) in [
        (format!("GET {JOBS}?$expand=*($levels=1)"), first),
        (format!("GET {JOBS}?$skip=2"), second),
    ] {
        service.answer(&line, Canned::Answer(200, String::new(), page.to_string()));
    }
    assert_eq!(listed(&conductor).await, ["JID_7", "JID_2", "JID_8"]);
}

#[tokio::test]
async fn the_queue_is_found_where_a_newer_idrac_has_it() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let manager = json!({"Oem": {"Dell": {"Jobs": {"@odata.id": JOBS}}}});
    service.resources().insert(MANAGER.to_owned(), manager);
    assert_eq!(listed(&conductor).await, ["JID_2"]);
}

#[tokio::test]
async fn a_bmc_without_job_queue_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for (path, resource) in [(MANAGER, json!({"Id": "BMC"})), (SYSTEM, json!({"Id": "1"}))] {
        service.resources().insert(path.to_owned(), resource);
        let called = conductor.call(HttpMethod::Get, LIST, json!({})).await;
        assert_eq!((called.status(), called.message().as_str()), (500, "the BMC has no job queue"));
    }
}
