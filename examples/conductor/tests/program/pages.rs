//! The pages that Ironic's clients read, over the wire.

use serde_json::{Value, json};

use crate::support::client::{NEWEST, Reply};
use crate::support::program::Program;
use crate::{EXAMPLE, FAKE};

const VERSION: &str = "x-openstack-ironic-api-version";

/// The values of one field in a list of things.
fn column(things: &Value, field: &str) -> Vec<Value> {
    things.as_array().unwrap().iter().map(|thing| thing[field].clone()).collect()
}

/// Minimum and maximum version, and whether there is a request id.
fn spoken(reply: &Reply) -> (&str, &str, bool) {
    let id = reply.header("openstack-request-id");
    let has_id = id.starts_with("req-") && reply.header("x-openstack-request-id") == id;
    let header = |name| reply.header(name);
    let minimum = header("x-openstack-ironic-api-minimum-version");
    (minimum, header("x-openstack-ironic-api-maximum-version"), has_id)
}

#[test]
fn the_root_and_v1_tell_the_versions() {
    let program = Program::start(&[]);
    let href = format!("http://{}/v1/", program.address);
    let version = json!({
        "id": "v1", "status": "CURRENT", "min_version": "1.1", "version": "1.115",
        "links": [{"rel": "self", "href": href}],
    });
    let root = program.page("/");
    assert_eq!(root["default_version"], version);
    assert_eq!(root["versions"], json!([version]));
    assert!(root["name"].is_string() && root["description"].is_string());

    let v1 = program.page("/v1");
    assert_eq!(v1, program.page("/v1/"));
    assert_eq!((&v1["id"], &v1["version"]), (&json!("v1"), &version));
    for list in ["nodes", "drivers"] {
        assert_eq!(v1[list][0]["href"], format!("{href}{list}/"));
        assert_eq!(program.page(&format!("/v1/{list}/")), program.page(&format!("/v1/{list}")));
    }
}

#[test]
fn every_page_speaks_versions() {
    let program = Program::start(&[]);
    let methods = format!("/v1/nodes/{FAKE}/vendor_passthru/methods");
    for path in ["/", "/v1", "/v1/nodes", "/v1/drivers/example", "/nowhere", &methods] {
        for (asked, spoken_version) in
            [(None, "1.1"), (Some("1.31"), "1.31"), (Some("latest"), "1.115")]
        {
            let headers: Vec<_> = asked.map(|version| (NEWEST.0, version)).into_iter().collect();
            let reply = program.send_with("GET", path, &headers, "");
            assert_eq!(reply.header(VERSION), spoken_version, "{path}");
            assert_eq!(spoken(&reply), ("1.1", "1.115", true), "{path}");
        }
        let reply = program.send_with("GET", path, &[(NEWEST.0, "1.116")], "");
        assert_eq!((reply.status, reply.header(VERSION)), (406, ""), "{path}");
        assert_eq!(spoken(&reply), ("1.1", "1.115", true), "{path}");
        assert_eq!(reply.error()["title"], "Not Acceptable", "{path}");
    }
}

#[test]
fn the_list_of_nodes_is_a_summary() {
    let program = Program::start(&[]);
    let nodes = &program.page("/v1/nodes?sort_key=name&sort_dir=asc&associated=True")["nodes"];
    assert_eq!(column(nodes, "name"), ["example-0", "fake-0", "fake-1"]);
    let keys: Vec<_> = nodes[0].as_object().unwrap().keys().collect();
    let summary =
        ["instance_uuid", "links", "maintenance", "name", "power_state", "provision_state", "uuid"];
    assert_eq!(keys, summary);
}

#[test]
fn the_list_of_nodes_gives_what_is_asked_for() {
    let program = Program::start(&[]);
    let whole = program.page(&format!("/v1/nodes/{EXAMPLE}"));
    for path in ["/v1/nodes/detail", "/v1/nodes?detail=True"] {
        assert_eq!(program.page(path)["nodes"][0], whole, "{path}");
    }
    let named = &program.page("/v1/nodes?fields=uuid,driver")["nodes"][0];
    let expected = json!({"uuid": EXAMPLE, "driver": "example", "links": whole["links"]});
    assert_eq!(*named, expected);
    let filtered = &program.page("/v1/nodes?driver=fake-hardware")["nodes"];
    assert_eq!(column(filtered, "name"), ["fake-0", "fake-1"]);
}

#[test]
fn the_list_of_nodes_comes_in_pages() {
    let program = Program::start(&[]);
    let first = program.page("/v1/nodes?limit=2&fields=name");
    assert_eq!(column(&first["nodes"], "name"), ["example-0", "fake-0"]);
    let next = first["next"].as_str().unwrap();
    let next = next.strip_prefix(&format!("http://{}", program.address)).unwrap();
    let second = program.page(next);
    assert_eq!(column(&second["nodes"], "name"), ["fake-1"]);
    assert_eq!(second["next"], Value::Null);
}

#[test]
fn a_node_has_the_fields_that_vendor_methods_are_about() {
    let program = Program::start(&[]);
    let href = format!("http://{}/v1/nodes/{EXAMPLE}", program.address);
    let node = program.page(&format!("/v1/nodes/{EXAMPLE}"));
    assert_eq!(
        node,
        json!({
            "uuid": EXAMPLE, "name": "example-0", "driver": "example",
            "vendor_interface": "example", "conductor": "conductor", "instance_info": {},
            "driver_info": {"example_address": "192.0.2.7", "example_password": "******"},
            "last_error": null, "reservation": null, "instance_uuid": null,
            "maintenance": false, "provision_state": "manageable", "power_state": null,
            "links": [{"rel": "self", "href": href}, {"rel": "bookmark", "href": href}],
        })
    );
    // This node names no vendor interface: its driver's default is shown.
    assert_eq!(program.page(&format!("/v1/nodes/{FAKE}"))["vendor_interface"], "fake");
}

#[test]
fn a_node_shows_its_last_error_and_its_reservation() {
    let program = Program::start(&[]);
    let call = |method, body| {
        let path = format!("/v1/nodes/{FAKE}/vendor_passthru/{method}");
        program.send("POST", &path, body).status
    };
    assert_eq!(call("fail_async", r#"{"message": "out of order"}"#), 202);
    // It waits for the lock, which is released after the failure is recorded.
    assert_eq!(call("sleep_async", r#"{"seconds": 3600}"#), 202);
    let node = program.page(&format!("/v1/nodes/{FAKE}"));
    assert!(node["last_error"].as_str().unwrap().ends_with("out of order"), "{node}");
    assert_eq!(node["reservation"], "conductor");
}

#[test]
fn a_node_is_found_by_name_from_version_1_5() {
    let program = Program::start(&[]);
    for (version, status) in [("1.4", 404), ("1.5", 200)] {
        let reply = program.send_with("GET", "/v1/nodes/fake-0", &[(NEWEST.0, version)], "");
        assert_eq!(reply.status, status, "{version}");
    }
    let by_uuid = program.send_with("GET", &format!("/v1/nodes/{FAKE}"), &[], "");
    assert_eq!(by_uuid.json()["name"], "fake-0");
}

#[test]
fn drivers_are_listed_and_shown() {
    let program = Program::start(&[]);
    let list = &program.page("/v1/drivers")["drivers"];
    assert_eq!(column(list, "name"), ["example", "fake-hardware", "idrac", "ipmi", "redfish"]);
    let url = format!("http://{}/v1/drivers/example", program.address);
    assert_eq!(
        list[0],
        json!({
            "name": "example", "hosts": ["conductor"], "type": "dynamic",
            "links": [{"rel": "self", "href": url}, {"rel": "bookmark", "href": url}],
            "properties": [
                {"rel": "self", "href": format!("{url}/properties")},
                {"rel": "bookmark", "href": format!("{url}/properties")},
            ],
        })
    );
    let driver = program.page("/v1/drivers/example");
    assert_eq!(driver["default_vendor_interface"], "example");
    assert_eq!(driver["enabled_vendor_interfaces"], json!(["example", "no-vendor"]));
    assert_eq!(program.page("/v1/drivers?detail=True")["drivers"][0], driver);
    let fields = program.page("/v1/drivers?fields=name,hosts&type=dynamic");
    assert_eq!(column(&fields["drivers"], "type"), vec![Value::Null; 5]);
    assert_eq!(program.page("/v1/drivers?type=classic"), json!({"drivers": []}));
    let properties = program.page("/v1/drivers/example/properties");
    assert_eq!(properties, json!({"example_address": "Address of the BMC. Optional."}));
}

#[test]
fn links_go_where_the_client_came() {
    let program = Program::start(&[]);
    let reply = program.send_with("GET", "/v1/", &[("Host", "ironic.example:80")], "");
    assert_eq!(reply.json()["links"][0]["href"], "http://ironic.example:80/v1/");
}

#[test]
fn what_is_not_there_is_404_in_the_envelope() {
    let program = Program::start(&[]);
    for path in [
        "/v2",
        "/v1/ports",
        "/v1/nodes/nobody",
        "/v1/nodes/00000000-0000-0000-0000-000000000000",
        "/v1/nodes/fake-0/states",
        "/v1/drivers/ilo",
        "/v1/drivers/ilo/properties",
        "/v1/drivers/example/raid",
    ] {
        let reply = program.send("GET", path, "");
        assert_eq!((reply.status, &reply.error()["faultcode"]), (404, &json!("Client")), "{path}");
    }
}

#[test]
fn what_cannot_be_meant_is_400_in_the_envelope() {
    let program = Program::start(&[]);
    for path in ["/v1/nodes?limit=many", "/v1/nodes?marker=fake-0", "/v1/nodes/%ff"] {
        let reply = program.send("GET", path, "");
        assert_eq!((reply.status, &reply.error()["faultcode"]), (400, &json!("Client")), "{path}");
    }
}

#[test]
fn pages_can_only_be_read() {
    let program = Program::start(&[]);
    for (verb, path) in [
        ("POST", "/v1/nodes"),
        ("PATCH", "/v1/nodes/fake-0"),
        ("DELETE", "/v1/nodes/fake-0"),
        ("PUT", "/v1/drivers/example"),
    ] {
        let reply = program.send(verb, path, "{}");
        assert_eq!((reply.status, &reply.error()["faultcode"]), (405, &json!("Client")), "{path}");
        assert_eq!(reply.header("allow"), "GET,HEAD");
        assert_eq!(spoken(&reply), ("1.1", "1.115", true));
    }
    let head = program.send("HEAD", "/v1/nodes", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}
