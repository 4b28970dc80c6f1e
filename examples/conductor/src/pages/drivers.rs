//! The pages of drivers.
//! Ironic's `/v1/drivers`.

use serde_json::{Value, json};
use vendor_passthru::{Error, Result};

use super::asked::Asked;
use super::{Api, links};

pub(super) async fn list(api: Api, asked: Asked) -> Result<Value> {
    let drivers = api.dispatcher.registry().drivers();
    let drivers: Result<Vec<_>> = drivers.map(|d| shown(&api, &asked, d, asked.detail)).collect();
    let drivers = drivers?.into_iter().filter(|driver| asked.wants(driver));
    let drivers: Vec<_> = drivers.map(|driver| asked.only_wanted(driver)).collect();
    Ok(json!({"drivers": drivers}))
}

pub(super) async fn one(api: Api, asked: Asked) -> Result<Value> {
    Ok(asked.only_wanted(shown(&api, &asked, &asked.ident, true)?))
}

pub(super) async fn properties(api: Api, asked: Asked) -> Result<Value> {
    let properties = api.dispatcher.registry().properties(&asked.ident)?;
    serde_json::to_value(properties).map_err(|error| Error::Internal(error.into()))
}

fn shown(api: &Api, asked: &Asked, name: &str, detail: bool) -> Result<Value> {
    let interfaces = api.dispatcher.registry().interfaces(name)?;
    let mut driver = json!({
        "name": name,
        "hosts": [api.dispatcher.conductor()],
        "type": "dynamic",
        "links": links(&asked.base, &format!("drivers/{name}")),
        "properties": links(&asked.base, &format!("drivers/{name}/properties")),
    });
    if let (true, Some(driver)) = (detail, driver.as_object_mut()) {
        // The default one comes first, and every driver's nodes may have none at all.
        let names: Vec<_> = interfaces.map(|i| i.name).chain(["no-vendor"]).collect();
        driver.insert("default_vendor_interface".to_owned(), json!(names.first()));
        driver.insert("enabled_vendor_interfaces".to_owned(), json!(names));
    }
    Ok(driver)
}
