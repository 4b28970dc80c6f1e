//! The driver `redfish` on `sushy-emulator`: virtual media, certificates, and what it lacks.

use serde_json::{Value, json};

use crate::certificate::Certificate;
use crate::conductor::{Conductor, Node};
use crate::directory::Directory;
use crate::image;
use crate::support::client::Reply;
use crate::sushy::{SushyEmulator, system};

/// Puts an image into a virtual device of a machine.
pub(crate) fn insert(emulator: &SushyEmulator, place: usize, device: &str) {
    let action = "Actions/VirtualMedia.InsertMedia";
    let path = format!("/redfish/v1/Systems/{}/VirtualMedia/{device}/{action}", system(place));
    let reply = emulator.send("POST", &path, &json!({"Image": image::served()}));
    assert_eq!(reply.status, 204, "{reply:?}");
    assert!(is_inserted(emulator, place, device));
}

pub(crate) fn is_inserted(emulator: &SushyEmulator, place: usize, device: &str) -> bool {
    let path = format!("/redfish/v1/Systems/{}/VirtualMedia/{device}", system(place));
    let device = emulator.send("GET", &path, &Value::Null);
    device.json()["Inserted"].as_bool().unwrap()
}

fn eject(conductor: &Conductor, node: &Node, arguments: &Value) -> Reply {
    conductor.call(node, "POST", "eject_vmedia", arguments)
}

#[test]
fn a_device_of_the_nodes_own_machine_is_ejected() {
    let emulator = SushyEmulator::start(2);
    let node = Node::new("redfish", emulator.driver_info(1));
    let conductor = Conductor::start(&[&node]);
    for (place, device) in [(0, "Cd"), (1, "Cd"), (1, "Floppy")] {
        insert(&emulator, place, device);
    }
    let reply = eject(&conductor, &node, &json!({"boot_device": "cd"}));
    assert_eq!((reply.status, reply.body.as_str()), (202, ""));
    conductor.succeeded(&node, &reply);
    let left = [(0, "Cd"), (1, "Cd"), (1, "Floppy")];
    let left = left.map(|(place, device)| is_inserted(&emulator, place, device));
    assert_eq!(left, [true, false, true]);
}

#[test]
fn without_a_device_all_of_the_machine_are_ejected() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let conductor = Conductor::start(&[&node]);
    insert(&emulator, 0, "Cd");
    insert(&emulator, 0, "Floppy");
    // The second time there is nothing to do.
    for _ in 0..2 {
        conductor.succeeded(&node, &eject(&conductor, &node, &json!({})));
        assert!(!is_inserted(&emulator, 0, "Cd") && !is_inserted(&emulator, 0, "Floppy"));
    }
    let ejected = emulator.requests().into_iter();
    let ejected = ejected.filter(|request| request.contains("EjectMedia"));
    assert_eq!(ejected.count(), 2);
}

#[test]
fn a_bmc_without_events_is_told_as_such() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let conductor = Conductor::start(&[&node]);
    let destination = json!({"Destination": "https://events.example.com/"});
    for (verb, method, arguments, status) in [
        ("POST", "create_subscription", destination, 500),
        ("GET", "get_all_subscriptions", json!({}), 500),
        ("GET", "get_subscription", json!({"id": "1"}), 500),
        ("DELETE", "delete_subscription", json!({"id": "1"}), 404),
    ] {
        let reply = conductor.call(&node, verb, method, &arguments);
        conductor.failed(&node, &reply, status, "the BMC has no EventService");
    }
}

#[test]
fn a_certificate_is_trusted_only_where_the_node_says_so() {
    let certificate = Certificate::new();
    let emulator = SushyEmulator::start_with_tls(2, &certificate);
    let directory = Directory::new();
    let file = directory.file("ca.pem", &certificate.certificate);
    let other = directory.file("other.pem", &Certificate::new().certificate);
    let node = |machine| Node::new("redfish", emulator.driver_info(machine));
    let verifying = |machine, how: Value| node(machine).with("redfish_verify_ca", how);
    let careful = [node(0), verifying(0, json!(true)), verifying(0, json!(other))];
    let trusting = [verifying(1, json!(file)), verifying(1, json!(false))];
    let nodes: Vec<_> = careful.iter().chain(&trusting).collect();
    let conductor = Conductor::start(&nodes);
    for node in &careful {
        let reply = eject(&conductor, node, &json!({}));
        conductor.failed_later(node, "eject_vmedia", &reply, "certificate");
    }
    for node in &trusting {
        conductor.succeeded(node, &eject(&conductor, node, &json!({})));
    }
    let requests = emulator.requests_until(&system(1));
    assert!(!requests.iter().any(|request| request.contains(&system(0))), "{requests:?}");
}
