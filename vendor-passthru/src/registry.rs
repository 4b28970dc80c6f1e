//! All drivers and vendor interfaces of a conductor: a sorted table that never changes.
//! Collected from what is linked in, or built by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::interface::{Interface, Method};
use crate::listing::MethodListing;
use crate::metadata::InterfaceMetadata;
use crate::registration::{DriverRun, NodeRun, Registration, VendorMethods};
use crate::{Error, Node, Properties, Result};

/// The drivers that a conductor serves, with their vendor interfaces.
///
/// ```standalone_crate
/// let registry = vendor_passthru::Registry::collect()?;
/// assert_eq!(registry.drivers().count(), 0); // no driver crate is linked into this example
/// # Ok::<(), vendor_passthru::RegistryError>(())
/// ```
pub struct Registry {
    drivers: BTreeMap<&'static str, Driver>,
    interfaces: BTreeMap<&'static str, Arc<Interface>>,
    linked: BTreeSet<&'static str>,
    no_vendor: Interface,
}

/// A driver's interfaces: the default one first, the others sorted by name.
struct Driver(Vec<Arc<Interface>>);

impl Registry {
    /// Everything that is linked into the program, with every driver enabled.
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
        self.drivers.keys().copied()
    }

    /// The vendor interfaces of a driver, its default first, the others sorted by name.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`] when the driver is not linked in or not enabled.
    pub fn interfaces(&self, driver: &str) -> Result<impl Iterator<Item = InterfaceMetadata>> {
        Ok(self.driver(driver)?.0.iter().map(|interface| interface.metadata))
    }

    /// The properties that a driver's default interface reads.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`] when the driver is not linked in or not enabled.
    pub fn properties(&self, driver: &str) -> Result<Properties> {
        let default = self.driver(driver)?.0.first();
        Ok(default.map(|interface| interface.properties.clone()).unwrap_or_default())
    }

    fn driver(&self, name: &str) -> Result<&Driver> {
        self.drivers.get(name).ok_or_else(|| Error::DriverNotFound {
            driver: name.to_owned(),
            linked: self.linked.contains(name),
            known: self.linked.iter().copied().collect(),
        })
    }

    /// The interface a node's calls go to: the one it asks for, else its driver's default.
    fn resolve(&self, node: &Node) -> Result<&Interface> {
        let driver = self.driver(&node.driver)?;
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

    pub(crate) fn node_method(&self, node: &Node, name: &str) -> Result<&Method<NodeRun>> {
        let methods = &self.resolve(node)?.node_methods;
        methods.get(name).ok_or_else(|| Error::MethodNotFound {
            method: name.to_owned(),
            known: methods.metadata().map(|method| method.name).collect(),
        })
    }

    pub(crate) fn node_methods(&self, node: &Node) -> Result<MethodListing> {
        Ok(MethodListing::new(self.resolve(node)?.node_methods.metadata()))
    }

    /// The driver's method of this name: its default interface's, else the first one's that has it.
    pub(crate) fn driver_method(&self, driver: &str, name: &str) -> Result<&Method<DriverRun>> {
        let found = self.driver(driver)?.0.iter().find_map(|i| i.driver_methods.get(name));
        let Some(found) = found else {
            let known = self.driver_methods(driver)?.iter().map(|method| method.name).collect();
            return Err(Error::MethodNotFound { method: name.to_owned(), known });
        };
        Ok(found)
    }

    pub(crate) fn driver_methods(&self, driver: &str) -> Result<MethodListing> {
        let mut methods = BTreeMap::new();
        for method in self.driver(driver)?.0.iter().flat_map(|i| i.driver_methods.metadata()) {
            methods.entry(method.name).or_insert(method);
        }
        Ok(MethodListing::new(methods.into_values()))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("drivers", &self.drivers.keys())
            .field("interfaces", &self.interfaces.keys())
            .finish_non_exhaustive()
    }
}

/// Puts a [`Registry`] together.
///
/// ```standalone_crate
/// use vendor_passthru::Registry;
/// use vendor_passthru::prelude::*;
///
/// struct Vendor { timeout: u64 }
///
/// impl VendorInterface for Vendor {}
///
/// #[vendor_interface(name = "example", drivers = ["example"], new = Vendor::by_default)]
/// impl Vendor {
///     fn by_default() -> Self {
///         Self { timeout: 30 }
///     }
///
///     /// The time limit of the driver in seconds.
///     #[driver_passthru(methods = ["GET"], async_call = false)]
///     async fn timeout(&self, _context: &Context) -> Result<u64> {
///         Ok(self.timeout)
///     }
/// }
///
/// // Everything that is linked in, but this interface with an instance of the conductor's own.
/// let registry = Registry::builder().collected().interface(Vendor { timeout: 5 }).build()?;
/// assert_eq!(registry.drivers().collect::<Vec<_>>(), ["example"]);
/// # Ok::<(), vendor_passthru::RegistryError>(())
/// ```
#[derive(Default)]
pub struct RegistryBuilder {
    collected: bool,
    instances: Vec<Candidate>,
    enabled: Option<Vec<String>>,
    defaults: BTreeMap<String, String>,
}

/// An interface that may become part of the registry.
struct Candidate {
    metadata: InterfaceMetadata,
    build: Box<dyn FnOnce() -> Interface>,
}

impl Candidate {
    fn linked(registration: &'static Registration) -> Self {
        Self { metadata: registration.metadata, build: Box::new(registration.build) }
    }

    /// Whether both come from the same annotated impl.
    fn is(&self, other: &Self) -> bool {
        let key = |c: &Self| (c.metadata.name, c.metadata.location);
        key(self) == key(other)
    }
}

impl RegistryBuilder {
    /// Takes every interface that is linked into the program.
    #[must_use]
    pub fn collected(mut self) -> Self {
        self.collected = true;
        self
    }

    /// Takes one interface as this instance, instead of the one that collecting would make.
    #[must_use]
    pub fn interface<M>(mut self, instance: impl VendorMethods<M>) -> Self {
        fn metadata<T: VendorMethods<M>, M>(_: &T) -> InterfaceMetadata {
            T::METADATA
        }
        let metadata = metadata(&instance);
        self.instances.push(Candidate { metadata, build: Box::new(|| Interface::of(instance)) });
        self
    }

    /// Enables these drivers and no others (Ironic's `enabled_hardware_types`). Without it, every
    /// driver is enabled.
    #[must_use]
    pub fn enabled_drivers(mut self, drivers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.enabled = Some(drivers.into_iter().map(Into::into).collect());
        self
    }

    /// Chooses the default interface of a driver (Ironic's `default_vendor_interface`), over the
    /// one that says `default`.
    #[must_use]
    pub fn default_interface(
        mut self,
        driver: impl Into<String>,
        interface: impl Into<String>,
    ) -> Self {
        self.defaults.insert(driver.into(), interface.into());
        self
    }

    /// The registry.
    ///
    /// # Errors
    ///
    /// [`RegistryError`] with everything that is wrong at once: an interface name that is taken, a
    /// driver with several interfaces and not exactly one default, an enabled driver or a chosen
    /// default that is not linked in.
    pub fn build(self) -> Result<Registry, RegistryError> {
        let (enabled, defaults) = (self.enabled.clone(), self.defaults.clone());
        let candidates = self.candidates();
        let linked: BTreeSet<_> =
            candidates.iter().flat_map(|c| c.metadata.drivers).copied().collect();
        let is_enabled =
            |driver: &str| enabled.as_ref().is_none_or(|e| e.iter().any(|d| d == driver));

        let mut problems = duplicates(&candidates);
        problems.extend(unknown_drivers(enabled.iter().flatten().chain(defaults.keys()), &linked));
        let mut orders = BTreeMap::new();
        for driver in linked.iter().copied().filter(|driver| is_enabled(driver)) {
            let all = candidates.iter().map(|c| c.metadata).filter(|m| m.drivers.contains(&driver));
            match in_order(driver, all.collect(), defaults.get(driver)) {
                Ok(order) => drop(orders.insert(driver, order)),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(RegistryError { problems });
        }
        Ok(assemble(candidates, &orders, linked))
    }

    /// The instances made by hand, and everything collected that they do not replace.
    fn candidates(self) -> Vec<Candidate> {
        let mut candidates = self.instances;
        if self.collected {
            let linked: Vec<_> = inventory::iter::<Registration>
                .into_iter()
                .map(Candidate::linked)
                .filter(|linked| !candidates.iter().any(|c| c.is(linked)))
                .collect();
            candidates.extend(linked);
        }
        candidates.sort_by_key(|c| (c.metadata.name, c.metadata.location));
        candidates
    }
}

impl fmt::Debug for RegistryBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.instances.iter().map(|c| c.metadata.name).collect();
        f.debug_struct("RegistryBuilder")
            .field("collected", &self.collected)
            .field("interfaces", &names)
            .field("enabled", &self.enabled)
            .field("defaults", &self.defaults)
            .finish()
    }
}

/// Why a registry was refused: one line for each problem, with the places in the source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the registry of vendor interfaces is refused:\n  {}", problems.join("\n  "))]
pub struct RegistryError {
    problems: Vec<String>,
}

impl RegistryError {
    /// The problems, each a sentence; never empty.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

/// Names of interfaces that stand in several places, or are ours.
fn duplicates(candidates: &[Candidate]) -> Vec<String> {
    let mut problems = Vec::new();
    for same in candidates.chunk_by(|a, b| a.metadata.name == b.metadata.name) {
        let Some(name) = same.first().map(|c| c.metadata.name) else { continue };
        let places = places(same.iter().map(|c| &c.metadata));
        if name == "no-vendor" {
            problems.push(format!("vendor interface `no-vendor` is built in: {places}"));
        } else if same.len() > 1 {
            problems.push(format!("vendor interface `{name}` is registered twice: {places}"));
        }
    }
    problems
}

fn unknown_drivers<'a>(
    named: impl Iterator<Item = &'a String>,
    linked: &BTreeSet<&'static str>,
) -> Vec<String> {
    named
        .filter(|driver| !linked.contains(driver.as_str()))
        .map(|driver| {
            let error = Error::DriverNotFound {
                driver: driver.clone(),
                linked: false,
                known: linked.iter().copied().collect(),
            };
            error.to_string()
        })
        .collect()
}

/// The interfaces of a driver, its default first, the others sorted by name.
fn in_order(
    driver: &'static str,
    mut all: Vec<InterfaceMetadata>,
    chosen: Option<&String>,
) -> Result<Vec<&'static str>, String> {
    // One name in several places is a problem of its own, and named elsewhere.
    all.dedup_by_key(|m| m.name);
    let is_default = |m: &InterfaceMetadata| match chosen {
        Some(chosen) => m.name == chosen,
        None => m.default || all.len() == 1,
    };
    let defaults: Vec<_> = all.iter().filter(|m| is_default(m)).copied().collect();
    let [default] = defaults.as_slice() else {
        return Err(no_single_default(driver, &all, &defaults, chosen));
    };
    let default = default.name;
    all.sort_by_key(|m| (m.name != default, m.name));
    Ok(all.iter().map(|m| m.name).collect())
}

fn no_single_default(
    driver: &str,
    all: &[InterfaceMetadata],
    defaults: &[InterfaceMetadata],
    chosen: Option<&String>,
) -> String {
    match chosen {
        Some(chosen) => format!(
            "driver `{driver}` has no vendor interface `{chosen}` to be its default; it has {}",
            places(all)
        ),
        None if defaults.is_empty() => format!(
            "driver `{driver}` has several vendor interfaces and none says `default`: {}",
            places(all)
        ),
        None => {
            format!("driver `{driver}` has several default vendor interfaces: {}", places(defaults))
        }
    }
}

fn places<'a>(interfaces: impl IntoIterator<Item = &'a InterfaceMetadata>) -> String {
    let places: Vec<_> =
        interfaces.into_iter().map(|m| format!("`{}` ({})", m.name, m.location)).collect();
    places.join(", ")
}

fn assemble(
    candidates: Vec<Candidate>,
    orders: &BTreeMap<&'static str, Vec<&'static str>>,
    linked: BTreeSet<&'static str>,
) -> Registry {
    let enabled = |c: &Candidate| c.metadata.drivers.iter().any(|d| orders.contains_key(d));
    let interfaces: BTreeMap<_, _> = candidates
        .into_iter()
        .filter(enabled)
        .map(|c| (c.metadata.name, Arc::new((c.build)())))
        .collect();
    let drivers = orders
        .iter()
        .map(|(driver, order)| {
            (
                *driver,
                Driver(order.iter().filter_map(|name| interfaces.get(name).cloned()).collect()),
            )
        })
        .collect();
    Registry { drivers, interfaces, linked, no_vendor: Interface::no_vendor() }
}
