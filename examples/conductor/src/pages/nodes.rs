//! The pages of nodes.
//! Ironic's `/v1/nodes`, in order of their UUIDs.

use serde_json::{Value, json};
use vendor_passthru::http::NODE_NAMES;
use vendor_passthru::{Error, Node, NodeIdent, Result};

use super::asked::Asked;
use super::{Api, links};

/// The fields of a list where no others are asked for.
const SUMMARY: [&str; 6] =
    ["instance_uuid", "maintenance", "name", "power_state", "provision_state", "uuid"];

pub(super) async fn list(api: Api, mut asked: Asked) -> Result<Value> {
    if asked.fields.is_none() && !asked.detail {
        asked.fields = Some(SUMMARY.map(str::to_owned).to_vec());
    }
    many(&api, &asked, "nodes").await
}

pub(super) async fn detail(api: Api, asked: Asked) -> Result<Value> {
    many(&api, &asked, "nodes/detail").await
}

pub(super) async fn one(api: Api, asked: Asked) -> Result<Value> {
    let ident = NodeIdent::from(asked.ident.as_str());
    if matches!(ident, NodeIdent::Name(_)) && asked.version < NODE_NAMES {
        return Err(Error::NodeNotFound { node: ident.to_string() });
    }
    let node = api.dispatcher.node(ident).await?;
    Ok(asked.only_wanted(shown(&api, &asked, &node).await?))
}

/// One page of a list, with the way to the next one.
async fn many(api: &Api, asked: &Asked, path: &str) -> Result<Value> {
    let mut nodes = Vec::new();
    for node in api.nodes.nodes() {
        let uuid = node.uuid();
        let node = shown(api, asked, &node).await?;
        if asked.marker.is_none_or(|marker| uuid > marker) && asked.wants(&node) {
            nodes.push((uuid, node));
        }
    }
    let limit = asked.limit.unwrap_or(usize::MAX);
    let more = nodes.len() > limit;
    nodes.truncate(limit);
    let last = nodes.last().map(|(uuid, _)| *uuid).filter(|_| more);
    let nodes: Vec<_> = nodes.into_iter().map(|(_, node)| asked.only_wanted(node)).collect();
    Ok(match last {
        None => json!({"nodes": nodes}),
        Some(last) => json!({"nodes": nodes, "next": asked.next(path, last)}),
    })
}

async fn shown(api: &Api, asked: &Asked, node: &Node) -> Result<Value> {
    let reservation = api.dispatcher.reservation(node.uuid()).await?;
    Ok(json!({
        "uuid": node.uuid(),
        "name": node.name,
        "driver": node.driver,
        "vendor_interface": vendor_interface(api, node),
        "driver_info": masked(node.driver_info.clone().into()),
        "instance_info": masked(node.instance_info.clone().into()),
        "last_error": node.last_error,
        "conductor": api.dispatcher.conductor(),
        "reservation": reservation.map(|held| held.holder.conductor.to_string()),
        "instance_uuid": null,
        "maintenance": false,
        // Of Ironic's states, the one of a node that has its driver and is not provisioned.
        "provision_state": "manageable",
        "power_state": null,
        "links": links(&asked.base, &format!("nodes/{}", node.uuid())),
    }))
}

/// The interface as the node has it; its driver's default where it names none, as in Ironic.
fn vendor_interface(api: &Api, node: &Node) -> Option<String> {
    let default = || {
        let mut interfaces = api.dispatcher.registry().interfaces(&node.driver).ok()?;
        interfaces.next().map(|interface| interface.name.to_owned())
    };
    node.vendor_interface.clone().or_else(default)
}

/// The same without values whose keys say that they are secret, at any depth.
fn masked(mut info: Value) -> Value {
    mask(&mut info);
    info
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if is_secret(key) { *value = json!("******") } else { mask(value) }
            }
        }
        Value::Array(array) => array.iter_mut().for_each(mask),
        _ => {}
    }
}

fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("password") || key.contains("secret")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_at_any_depth() {
        let info = json!({
            "ipmi_address": "192.0.2.7", "ipmi_password": "a",
            "snmp": [{"AuthSecret": {"b": 1}, "port": 161}],
        });
        let expected = json!({
            "ipmi_address": "192.0.2.7", "ipmi_password": "******",
            "snmp": [{"AuthSecret": "******", "port": 161}],
        });
        assert_eq!(masked(info), expected);
    }
}
