//! What a Redfish service is made of, as far as vendor methods follow its links.
//! Resources are read leniently: a BMC may leave out what another one has.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::RedfishError;
use crate::client::{Client, Link};

/// The root of the service.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Root {
    pub(crate) event_service: Option<Link>,
    systems: Option<Link>,
}

/// The machine.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct System {
    pub(crate) virtual_media: Option<Link>,
    #[serde(default)]
    links: Links,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Links {
    #[serde(default)]
    managed_by: Vec<Link>,
}

impl System {
    /// The one that the node names, or else the only one there is.
    pub(crate) async fn of(client: &Client) -> Result<Self, RedfishError> {
        if let Some(system) = client.system() {
            return client.get(&system).await;
        }
        let root: Root = client.root().await?;
        let systems = root.systems.ok_or(RedfishError::Missing("systems"))?;
        match client.members::<Link>(&systems).await?.as_slice() {
            [system] => client.get(system).await,
            systems => Err(RedfishError::NotOneSystem(systems.len())),
        }
    }

    /// The BMCs that manage it, each with what the caller wants to know of it.
    pub(crate) async fn managers<T: DeserializeOwned>(
        &self,
        client: &Client,
    ) -> Result<Vec<T>, RedfishError> {
        let mut managers = Vec::new();
        for manager in &self.links.managed_by {
            managers.push(client.get(manager).await?);
        }
        Ok(managers)
    }
}
