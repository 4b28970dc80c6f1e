//! The properties of a node that a vendor interface needs.
//! What `VendorInterface::get_properties` answers.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::DriverInfo;

/// Names and descriptions of the `driver_info` properties that an interface reads,
/// sorted by name.
///
/// ```
/// use vendor_passthru::Properties;
///
/// let properties = Properties::new()
///     .required("ipmi_address", "Address of the BMC.")
///     .optional("ipmi_port", "UDP port of the BMC, 623 by default.");
/// let mut driver_info = serde_json::Map::new();
/// driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
/// let mut info = properties.read_from(&driver_info);
/// assert_eq!(info.take::<String>("ipmi_address").unwrap(), "192.0.2.7");
/// assert_eq!(info.take_or("ipmi_port", || 623_u16).unwrap(), 623);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(BTreeMap<&'static str, Property>);

/// One property: what it is, and whether a node works without it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property {
    /// What the property means, for operators.
    pub description: &'static str,
    /// Whether a node has to have it.
    pub required: bool,
    /// Whether its value stays out of every message.
    pub secret: bool,
}

impl Properties {
    /// No property at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a property that every node has to have.
    #[must_use]
    pub fn required(self, name: &'static str, description: &'static str) -> Self {
        self.with(name, Property { description, required: true, secret: false })
    }

    /// Adds a property that a node may leave out.
    #[must_use]
    pub fn optional(self, name: &'static str, description: &'static str) -> Self {
        self.with(name, Property { description, required: false, secret: false })
    }

    /// Adds a property that every node has to have and no message shows, such as a key.
    #[must_use]
    pub fn required_secret(self, name: &'static str, description: &'static str) -> Self {
        self.with(name, Property { description, required: true, secret: true })
    }

    /// Adds a property that a node may leave out and no message shows, such as a password.
    #[must_use]
    pub fn optional_secret(self, name: &'static str, description: &'static str) -> Self {
        self.with(name, Property { description, required: false, secret: true })
    }

    fn with(mut self, name: &'static str, property: Property) -> Self {
        self.0.insert(name, property);
        self
    }

    /// Those of an interface and of the one it extends; of two with one name its own.
    pub(crate) fn merged(extended: Self, own: Self) -> Self {
        let Self(mut all) = extended;
        all.extend(own.0);
        Self(all)
    }

    /// All properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Property)> {
        self.0.iter().map(|(name, property)| (*name, property))
    }

    /// The property of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.0.get(name)
    }

    /// Reads a node's `driver_info` as these properties say, with all problems at once.
    pub fn read_from<'a>(&'a self, driver_info: &'a Map<String, Value>) -> DriverInfo<'a> {
        DriverInfo::new(self, driver_info)
    }
}

/// As Ironic's `driver property list` shows them: name to description, which ends in
/// `Required.` or `Optional.`.
impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, property)| {
            let need = if property.required { "Required." } else { "Optional." };
            (name, format!("{} {need}", property.description))
        }))
    }
}
