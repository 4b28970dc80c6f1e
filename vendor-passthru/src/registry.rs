//! All drivers and vendor interfaces of a conductor: tables that never change.
//! Finds the methods of nodes and drivers.

mod builder;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;

pub use self::builder::{Registration, RegistryBuilder, RegistryError};

use crate::interface::{Interface, Method};
use crate::listing::MethodListing;
use crate::metadata::InterfaceMetadata;
use crate::{Error, Node, Properties, Result};

/// The drivers that a conductor serves, with their vendor interfaces.
///
/// ```standalone_crate
/// let registry = vendor_passthru::Registry::collect()?;
/// assert_eq!(registry.drivers().count(), 0); // no driver crate is linked into this example
/// # Ok::<(), vendor_passthru::RegistryError>(())
/// ```
pub struct Registry {
    /// The enabled drivers. Every call looks one up, whatever their number: in a hash table.
    drivers: HashMap<&'static str, Driver, RandomState>,
    interfaces: BTreeMap<&'static str, Arc<Interface>>,
    linked: BTreeSet<&'static str>,
    no_vendor: Interface,
}

/// A driver's interfaces: the default one first, the others sorted by name.
struct Driver(Vec<Arc<Interface>>);

impl Registry {
    /// Everything that is linked into the program, with every driver enabled.
    ///
    /// A driver crate that is never named in the source is not linked: write `use my_driver as _;`.
    /// [Why is my driver not found?](crate::_faq#why-is-my-driver-not-found)
    /// Where drivers are no part of the program, as plugins, or the conductor is a static library of
    /// another one, there is nothing to find: name the interfaces with [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// [`RegistryError`] as [`RegistryBuilder::build`] says.
    pub fn collect() -> Result<Self, RegistryError> {
        Self::builder().collected().build()
    }

    /// A registry to be put together by hand.
    #[must_use]
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    /// The names of the enabled drivers, sorted.
    pub fn drivers(&self) -> impl Iterator<Item = &'static str> {
        self.linked.iter().copied().filter(|driver| self.drivers.contains_key(driver))
    }

    /// The vendor interfaces of a driver, its default first, the others sorted by name.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`] when the driver is not linked in or not enabled.
    pub fn interfaces(&self, driver: &str) -> Result<impl Iterator<Item = InterfaceMetadata>> {
        Ok(self.driver(driver)?.1.0.iter().map(|interface| interface.metadata))
    }

    /// The properties that a driver's default interface reads.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`] when the driver is not linked in or not enabled.
    pub fn properties(&self, driver: &str) -> Result<Properties> {
        let default = self.driver(driver)?.1.0.first();
        Ok(default.map(|interface| interface.properties.clone()).unwrap_or_default())
    }

    fn driver(&self, name: &str) -> Result<(&'static str, &Driver)> {
        let found = self.drivers.get_key_value(name).map(|(name, driver)| (*name, driver));
        found.ok_or_else(|| Error::DriverNotFound {
            driver: name.to_owned(),
            linked: self.linked.contains(name),
            known: self.linked.iter().copied().collect(),
        })
    }

    /// The interface a node's calls go to: the one it asks for, else its driver's default.
    fn resolve(&self, node: &Node) -> Result<&Interface> {
        let (_, driver) = self.driver(&node.driver)?;
        let Some(name) = node.requested_interface() else {
            return Ok(driver.0.first().map_or(&self.no_vendor, Arc::as_ref));
        };
        if name == self.no_vendor.metadata.name {
            return Ok(&self.no_vendor);
        }
        if let Some(found) = driver.0.iter().find(|interface| interface.metadata.name == name) {
            return Ok(found);
        }
        let interface = name.to_owned();
        if self.interfaces.contains_key(name) {
            Err(Error::IncompatibleInterface { interface, driver: node.driver.clone() })
        } else {
            Err(Error::InterfaceNotFound {
                interface,
                known: self.interfaces.keys().copied().collect(),
            })
        }
    }

    pub(crate) fn node_method(&self, node: &Node, name: &str) -> Result<&Method> {
        let methods = &self.resolve(node)?.node_methods;
        methods.get(name).ok_or_else(|| Error::MethodNotFound {
            method: name.to_owned(),
            known: methods.metadata().map(|method| method.name).collect(),
        })
    }

    pub(crate) fn node_methods(&self, node: &Node) -> Result<MethodListing> {
        Ok(MethodListing::new(self.resolve(node)?.node_methods.metadata()))
    }

    /// The driver's method of this name: its default interface's, else the first one's that has
    /// it. With it, the driver's own name.
    pub(crate) fn driver_method(
        &self,
        driver: &str,
        name: &str,
    ) -> Result<(&'static str, &Method)> {
        let (driver, interfaces) = self.driver(driver)?;
        if let Some(method) = interfaces.0.iter().find_map(|i| i.driver_methods.get(name)) {
            return Ok((driver, method));
        }
        let known = self.driver_methods(driver)?.iter().map(|method| method.name).collect();
        Err(Error::MethodNotFound { method: name.to_owned(), known })
    }

    pub(crate) fn driver_methods(&self, driver: &str) -> Result<MethodListing> {
        let mut methods = BTreeMap::new();
        for method in self.driver(driver)?.1.0.iter().flat_map(|i| i.driver_methods.metadata()) {
            methods.entry(method.name).or_insert(method);
        }
        Ok(MethodListing::new(methods.into_values()))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("drivers", &self.drivers().collect::<Vec<_>>())
            .field("interfaces", &self.interfaces.keys())
            .finish_non_exhaustive()
    }
}
