//! The properties of a node that a vendor interface needs.
//! What `VendorInterface::get_properties` answers.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Names and descriptions of the `driver_info` properties that an interface reads,
/// sorted by name.
///
/// ```
/// use vendor_passthru::Properties;
///
/// let properties = Properties::new()
///     .required("ipmi_address", "Address of the BMC.")
///     .optional("ipmi_port", "UDP port of the BMC, 623 by default.");
/// assert_eq!(properties.missing_from(&serde_json::Map::new()), ["ipmi_address"]);
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
        self.with(name, Property { description, required: true })
    }

    /// Adds a property that a node may leave out.
    #[must_use]
    pub fn optional(self, name: &'static str, description: &'static str) -> Self {
        self.with(name, Property { description, required: false })
    }

    fn with(mut self, name: &'static str, property: Property) -> Self {
        self.0.insert(name, property);
        self
    }

    /// All properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Property)> {
        self.0.iter().map(|(name, property)| (*name, property))
    }

    /// The names of the required properties that `driver_info` lacks, all at once.
    #[must_use]
    pub fn missing_from(
        &self,
        driver_info: &serde_json::Map<String, serde_json::Value>,
    ) -> Vec<&'static str> {
        self.iter()
            .filter(|(name, property)| property.required && !driver_info.contains_key(*name))
            .map(|(name, _)| name)
            .collect()
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
