//! The pages by which clients find the API and its versions.
//! Ironic's `/` and `/v1`.

use serde_json::{Value, json};
use vendor_passthru::Result;
use vendor_passthru::http::{MAX_VERSION, MIN_VERSION};

use super::asked::Asked;
use super::{Api, links};

pub(super) async fn root(_: Api, asked: Asked) -> Result<Value> {
    let version = version(&asked.base);
    Ok(json!({
        "name": "Vendor passthru conductor",
        "description": "Vendor methods of bare-metal drivers, at the URLs of OpenStack Ironic.",
        "default_version": version,
        "versions": [version],
    }))
}

pub(super) async fn v1(_: Api, asked: Asked) -> Result<Value> {
    let base = &asked.base;
    Ok(json!({
        "id": "v1",
        "links": [{"rel": "self", "href": format!("{base}/v1/")}],
        "media_types": {
            "base": "application/json",
            "type": "application/vnd.openstack.ironic.v1+json",
        },
        "nodes": links(base, "nodes/"),
        "drivers": links(base, "drivers/"),
        "version": version(base),
    }))
}

fn version(base: &str) -> Value {
    json!({
        "id": "v1",
        "links": [{"rel": "self", "href": format!("{base}/v1/")}],
        "status": "CURRENT",
        "min_version": MIN_VERSION.to_string(),
        "version": MAX_VERSION.to_string(),
    })
}
