//! Ejecting virtual media, at the system and at the manager.

use serde_json::{Value, json};
use vendor_passthru::HttpMethod;
use vendor_passthru::metadata::Lock;

use crate::conductor;
use crate::service::{Canned, MANAGER, MANAGER_USB, SYSTEM, SYSTEM_CD, Service};

const EJECT: &str = "eject_vmedia";

fn inserted(service: &Service) -> [bool; 2] {
    let resources = service.resources();
    [SYSTEM_CD, MANAGER_USB].map(|device| resources[device]["Inserted"] == json!(true))
}

#[tokio::test]
async fn all_devices_are_ejected_in_the_background() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let called = conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    assert_eq!((called.status(), called.lock()), (202, Some(Lock::Exclusive)));
    conductor.finished().await;
    assert_eq!(conductor.last_error(), None);
    assert_eq!(inserted(&service), [false, false]);
    let posted: Vec<_> =
        service.requests().into_iter().filter(|r| r.line.starts_with("POST")).collect();
    assert_eq!(posted[0].line, format!("POST {SYSTEM_CD}/Actions/VirtualMedia.EjectMedia"));
    assert_eq!((posted.len(), &posted[0].body), (2, &json!({})));
}

#[tokio::test]
async fn only_devices_of_the_wanted_kind_are_ejected() {
    for (device, left) in [
        ("cd", [false, true]),
        ("dvd", [false, true]),
        ("CD", [false, true]),
        ("usb", [true, false]),
        ("USBStick", [true, false]),
    ] {
        let service = Service::start().await;
        let conductor = conductor(&service);
        let called = conductor.call(HttpMethod::Post, EJECT, json!({"boot_device": device})).await;
        assert_eq!(called.status(), 202);
        conductor.finished().await;
        assert_eq!((conductor.last_error(), inserted(&service)), (None, left), "{device}");
    }
}

#[tokio::test]
async fn a_cd_is_ejected_from_a_device_that_takes_dvds_alone() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    service.resources().get_mut(SYSTEM_CD).unwrap()["MediaTypes"] = json!(["DVD"]);
    conductor.call(HttpMethod::Post, EJECT, json!({"boot_device": "cd"})).await;
    conductor.finished().await;
    assert_eq!((conductor.last_error(), inserted(&service)), (None, [false, true]));
}

#[tokio::test]
async fn what_is_ejected_already_stays_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for device in [SYSTEM_CD, MANAGER_USB] {
        service.resources().get_mut(device).unwrap()["Inserted"] = json!(false);
    }
    conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    conductor.finished().await;
    assert_eq!(conductor.last_error(), None);
    assert_eq!(service.changes(), [""; 0]);
}

#[tokio::test]
async fn a_device_at_system_and_manager_is_ejected_once() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    service.resources().get_mut(MANAGER).unwrap()["VirtualMedia"] =
        json!({"@odata.id": "/redfish/v1/Systems/1/VirtualMedia"});
    conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    conductor.finished().await;
    assert_eq!(conductor.last_error(), None);
    assert_eq!(service.changes().len(), 1);
}

#[tokio::test]
async fn a_kind_that_the_bmc_does_not_have_is_refused_at_once() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let called = conductor.call(HttpMethod::Post, EJECT, json!({"boot_device": "floppy"})).await;
    let says = "the BMC has no such virtual media device";
    assert_eq!((called.status(), called.message().as_str()), (400, says));
    assert!(!conductor.is_locked().await);

    for device in ["tape", "", "7"] {
        let called = conductor.call(HttpMethod::Post, EJECT, json!({"boot_device": device})).await;
        assert_eq!(called.status(), 400);
        assert!(called.message().contains("is not a boot device"), "{}", called.message());
    }
}

#[tokio::test]
async fn a_bmc_without_virtual_media_is_recorded() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    for resource in [SYSTEM, MANAGER] {
        service.resources().get_mut(resource).unwrap()["VirtualMedia"] = Value::Null;
    }
    assert_eq!(conductor.call(HttpMethod::Post, EJECT, json!({})).await.status(), 202);
    conductor.finished().await;
    let error = conductor.last_error().unwrap();
    assert!(error.ends_with("the BMC has no such virtual media device"), "{error}");
}

#[tokio::test]
async fn a_refused_eject_is_recorded_without_what_the_bmc_said() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let eject = format!("POST {SYSTEM_CD}/Actions/VirtualMedia.EjectMedia");
    let says = r#"{"error": {"message": "The drawer is stuck."}}"#;
    service.answer(&eject, Canned::Answer(500, String::new(), says.to_owned()));
    conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    conductor.finished().await;
    let error = conductor.last_error().unwrap();
    assert!(
        error.ends_with(&format!("answered {eject} with 500 Internal Server Error")),
        "{error}"
    );
    assert!(conductor.log().iter().any(|line| line.contains("The drawer is stuck.")));
    assert!(!conductor.is_locked().await);
}

#[tokio::test]
async fn a_device_that_cannot_eject_is_named_so() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    service.resources().get_mut(SYSTEM_CD).unwrap()["Actions"] = json!({});
    conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    conductor.finished().await;
    let error = conductor.last_error().unwrap();
    assert!(error.ends_with("the BMC has no action to eject virtual media"), "{error}");
}

#[tokio::test]
async fn the_node_names_its_system_where_the_bmc_manages_several() {
    let service = Service::start().await;
    let two = json!({"Members": [{"@odata.id": SYSTEM}, {"@odata.id": "/redfish/v1/Systems/2"}]});
    service.resources().insert("/redfish/v1/Systems".to_owned(), two);
    let unnamed = conductor(&service);
    unnamed.call(HttpMethod::Post, EJECT, json!({})).await;
    unnamed.finished().await;
    let error = unnamed.last_error().unwrap();
    assert!(error.contains("manages 2 systems; redfish_system_id names"), "{error}");

    let mut driver_info = service.driver_info();
    driver_info.insert("redfish_system_id".to_owned(), json!(SYSTEM));
    let named = crate::conductor_with(driver_info);
    named.call(HttpMethod::Post, EJECT, json!({})).await;
    named.finished().await;
    assert_eq!((named.last_error(), inserted(&service)), (None, [false, false]));
}

#[tokio::test]
async fn a_collection_without_end_is_not_read_to_its_end() {
    let service = Service::start().await;
    let conductor = conductor(&service);
    let media = "/redfish/v1/Systems/1/VirtualMedia";
    let circle = json!({"Members": [], "Members@odata.nextLink": media});
    service.resources().insert(media.to_owned(), circle);
    conductor.call(HttpMethod::Post, EJECT, json!({})).await;
    conductor.finished().await;
    let error = conductor.last_error().unwrap();
    assert!(error.ends_with("the BMC has a collection of more than 20 parts"), "{error}");
}
