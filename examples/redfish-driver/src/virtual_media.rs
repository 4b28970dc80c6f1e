//! Virtual media: images that a BMC shows to its machine as a CD, a USB stick or a floppy.
//! Some BMCs have the devices at the system, some at the manager, and some at both.

use serde::Deserialize;
use serde_json::json;

use crate::RedfishError;
use crate::client::{Client, Link};
use crate::system::System;

/// What a virtual media device is to the machine.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub enum BootDevice {
    /// A CD.
    Cd,
    /// A DVD.
    Dvd,
    /// A USB stick.
    Usb,
    /// A floppy.
    Floppy,
}

impl TryFrom<String> for BootDevice {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.to_lowercase().as_str() {
            "cd" => Ok(Self::Cd),
            "dvd" => Ok(Self::Dvd),
            "usb" | "usbstick" => Ok(Self::Usb),
            "floppy" => Ok(Self::Floppy),
            _ => Err(format!("{text:?} is not a boot device: cd, dvd, usb or floppy")),
        }
    }
}

impl BootDevice {
    /// The media types it can be ejected from. A device that takes DVDs alone is as good for a CD:
    /// Cisco's have no other.
    fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Cd => &["CD", "DVD"],
            Self::Dvd => &["DVD"],
            Self::Usb => &["USBStick"],
            Self::Floppy => &["Floppy"],
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Manager {
    virtual_media: Option<Link>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Device {
    #[serde(default)]
    media_types: Vec<String>,
    inserted: Option<bool>,
    #[serde(default)]
    actions: Actions,
}

#[derive(Debug, Default, Deserialize)]
struct Actions {
    #[serde(rename = "#VirtualMedia.EjectMedia")]
    eject_media: Option<Action>,
}

#[derive(Debug, Deserialize)]
struct Action {
    target: Link,
}

/// Succeeds if there is a device of this kind.
pub(crate) async fn find(client: &Client, kind: BootDevice) -> Result<(), RedfishError> {
    for link in links(client).await? {
        let device: Device = client.get(&link).await?;
        if device.is(Some(kind)) {
            return Ok(());
        }
    }
    Err(RedfishError::NoVirtualMedia)
}

/// Ejects what is in all devices of this kind, or in all there are. Each is read just before: where
/// one stands at the system and at the manager, the second time it is empty.
pub(crate) async fn eject(client: &Client, kind: Option<BootDevice>) -> Result<(), RedfishError> {
    let mut found = false;
    for link in links(client).await? {
        let device: Device = client.get(&link).await?;
        if !device.is(kind) {
            continue;
        }
        found = true;
        if device.inserted == Some(true) {
            let action = device.actions.eject_media;
            let action = action.ok_or(RedfishError::Missing("action to eject virtual media"))?;
            client.post(&action.target, &json!({})).await?;
        }
    }
    found.then_some(()).ok_or(RedfishError::NoVirtualMedia)
}

impl Device {
    fn is(&self, kind: Option<BootDevice>) -> bool {
        let Some(kind) = kind else { return true };
        self.media_types.iter().any(|media_type| kind.media_types().contains(&media_type.as_str()))
    }
}

async fn links(client: &Client) -> Result<Vec<Link>, RedfishError> {
    let system = System::of(client).await?;
    let managers: Vec<Manager> = system.managers(client).await?;
    let collections = managers.into_iter().map(|manager| manager.virtual_media);
    let collections = std::iter::once(system.virtual_media).chain(collections).flatten();
    let mut links = Vec::new();
    for collection in collections {
        links.append(&mut client.members(&collection).await?);
    }
    Ok(links)
}
