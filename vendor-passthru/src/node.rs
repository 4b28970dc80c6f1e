//! One physical machine under management.
//! What the node store keeps and a task holds.

use std::fmt;

use serde_json::{Map, Value};
use uuid::Uuid;

/// A node, with those of Ironic's fields that vendor methods need.
///
/// Its reservation is not a field: the exclusive lock lives in the
/// [`LockStore`](crate::LockStore) alone, so that no saved copy of a node can claim one.
///
/// ```
/// use vendor_passthru::{Node, Uuid};
///
/// let mut node = Node::new(Uuid::new_v4(), "ipmi");
/// node.name = Some("rack1-u7".into());
/// node.driver_info.insert("ipmi_address".into(), "192.0.2.7".into());
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Node {
    uuid: Uuid,
    /// The logical name, unique where there is one.
    pub name: Option<String>,
    /// The driver (hardware type) that manages it.
    pub driver: String,
    /// How to reach and manage it: addresses, credentials.
    pub driver_info: Map<String, Value>,
    /// What runs on it; `vendor_interface` in it overrides the field of that name.
    pub instance_info: Map<String, Value>,
    /// Its vendor interface; `None` is the driver's default.
    pub vendor_interface: Option<String>,
    /// The last failure that nobody was waiting for, in words. Saving a node leaves it as it is
    /// stored; only a failure is written there.
    pub last_error: Option<String>,
}

impl Node {
    /// A node without name, properties or errors, on its driver's default interface.
    #[must_use]
    pub fn new(uuid: Uuid, driver: impl Into<String>) -> Self {
        Self {
            uuid,
            name: None,
            driver: driver.into(),
            driver_info: Map::new(),
            instance_info: Map::new(),
            vendor_interface: None,
            last_error: None,
        }
    }

    /// What names the node for good.
    #[must_use]
    pub const fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The vendor interface the node asks for: the one in `instance_info`, else its own,
    /// else `None` for the driver's default.
    #[must_use]
    pub fn requested_interface(&self) -> Option<&str> {
        self.instance_info
            .get("vendor_interface")
            .and_then(Value::as_str)
            .or(self.vendor_interface.as_deref())
    }

    /// Whether calls that were resolved for `self` still stand for `other`.
    pub(crate) fn resolves_like(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || self.driver == other.driver
                && self.requested_interface() == other.requested_interface()
    }
}

/// Of `driver_info` and `instance_info` the keys alone: a value may be a password.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("uuid", &self.uuid)
            .field("name", &self.name)
            .field("driver", &self.driver)
            .field("driver_info", &self.driver_info.keys())
            .field("instance_info", &self.instance_info.keys())
            .field("vendor_interface", &self.vendor_interface)
            .field("last_error", &self.last_error)
            .finish()
    }
}

/// How a caller names a node: by UUID or by logical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeIdent<'a> {
    /// By UUID.
    Uuid(Uuid),
    /// By logical name.
    Name(&'a str),
}

/// A text that is a UUID names the node by it, any other text by name.
impl<'a> From<&'a str> for NodeIdent<'a> {
    fn from(ident: &'a str) -> Self {
        Uuid::try_parse(ident).map_or(Self::Name(ident), Self::Uuid)
    }
}

impl From<Uuid> for NodeIdent<'_> {
    fn from(uuid: Uuid) -> Self {
        Self::Uuid(uuid)
    }
}

impl fmt::Display for NodeIdent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uuid(uuid) => uuid.fmt(f),
            Self::Name(name) => crate::text::Quoted(name).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value_that_may_be_a_secret() {
        let mut node = Node::new(Uuid::nil(), "ipmi");
        node.driver_info.insert("ipmi_password".into(), "hunter2".into());
        node.instance_info.insert("token".into(), "hunter2".into());
        let shown = format!("{node:?}");
        assert!(shown.contains("ipmi_password") && shown.contains("token"), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
