//! Puts a registry together: what is linked in or made by hand, checked for everything that cannot
//! go together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::{Driver, Registry};
use crate::interface::Interface;
use crate::metadata::{InterfaceMetadata, Location};
use crate::vendor_methods::VendorMethods;
use crate::{Error, Result};

/// What `inventory` collects: one interface, and how to make its instance.
pub struct Registration {
    pub(crate) metadata: InterfaceMetadata,
    pub(crate) build: fn() -> Built,
}

inventory::collect!(Registration);

/// An interface, or what does not fit in it.
type Built = Result<Interface, Vec<String>>;

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
    /// Whether the conductor has made its instance.
    by_hand: bool,
    build: Box<dyn FnOnce() -> Built>,
}

impl Candidate {
    fn linked(registration: &'static Registration) -> Self {
        let build = Box::new(registration.build);
        Self { metadata: registration.metadata, by_hand: false, build }
    }
}

/// The annotated impl that an interface comes from.
fn origin(interface: &InterfaceMetadata) -> (&'static str, Location) {
    (interface.name, interface.location)
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
    pub fn interface<M>(self, instance: impl VendorMethods<M>) -> Self {
        self.shared_interface(Arc::new(instance))
    }

    /// The same with an instance that others have too, such as an interface that extends it.
    #[must_use]
    pub fn shared_interface<T: VendorMethods<M>, M>(mut self, instance: Arc<T>) -> Self {
        let build = Box::new(move || Interface::of(&instance));
        self.instances.push(Candidate { metadata: T::METADATA, by_hand: true, build });
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
    /// default that is not linked in, an interface that overrides or removes what the one it extends
    /// does not have, or has a method of the same name without saying that it overrides it, and one
    /// that was collected and extends one whose instance was made by hand.
    pub fn build(self) -> Result<Registry, RegistryError> {
        let (enabled, defaults) = (self.enabled.clone(), self.defaults.clone());
        let only: Option<BTreeSet<_>> =
            enabled.as_ref().map(|named| named.iter().map(String::as_str).collect());
        let is_enabled = |driver: &str| only.as_ref().is_none_or(|only| only.contains(driver));
        let candidates = self.candidates();
        let drivers = by_driver(&candidates);
        let linked: BTreeSet<_> = drivers.keys().copied().collect();

        let mut problems = duplicates(&candidates);
        problems.extend(unknown_drivers(enabled.iter().flatten().chain(defaults.keys()), &linked));
        let mut orders = BTreeMap::new();
        for (driver, all) in drivers.into_iter().filter(|(driver, _)| is_enabled(driver)) {
            match in_order(driver, all, defaults.get(driver)) {
                Ok(order) => drop(orders.insert(driver, order)),
                Err(problem) => problems.push(problem),
            }
        }
        let interfaces = instances(candidates, is_enabled, &mut problems);
        if !problems.is_empty() {
            return Err(RegistryError { problems });
        }
        Ok(assemble(interfaces, &orders, linked))
    }

    /// The instances made by hand, and everything collected that they do not replace.
    fn candidates(self) -> Vec<Candidate> {
        let mut candidates = self.instances;
        if self.collected {
            let made: BTreeSet<_> = candidates.iter().map(|c| origin(&c.metadata)).collect();
            let linked = inventory::iter::<Registration>.into_iter().map(Candidate::linked);
            candidates.extend(linked.filter(|linked| !made.contains(&origin(&linked.metadata))));
        }
        candidates.sort_by_key(|c| origin(&c.metadata));
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
///
/// A conductor that meets one does not start. What the lines say, and what is done about it:
///
/// | problem | mend |
/// |---|---|
/// | ``vendor interface `x` is registered twice`` | another `name` for one of them. If both places are the same one, the conductor gave two instances of one type to [`interface`](RegistryBuilder::interface) |
/// | ``.. has several node methods `m` `` | another `method` for one of them, or `#[cfg(..)]`s of which one at a time is true |
/// | ``vendor interface `no-vendor` is built in`` | another `name`: every driver has that one |
/// | ``driver `x` has several vendor interfaces and none says `default` `` | the key `default` on one, or [`default_interface`](RegistryBuilder::default_interface) |
/// | ``driver `x` has several default vendor interfaces`` | the same: it chooses over the keys |
/// | ``driver `x` has no vendor interface `y` to be its default`` | a name that the line names, in `default_interface` |
/// | ``no driver `x` is linked into this conductor`` | `use my_driver as _;` in the conductor, or another name in [`enabled_drivers`](RegistryBuilder::enabled_drivers) or `default_interface` |
/// | ``.. has a node method `m`, as `y` that it extends`` | the key `overrides` on the method, or another name |
/// | ``.. overrides a node method `m`, which `y` does not have`` | no `overrides`, or the name that was meant |
/// | ``.. removes `m`, which `y` does not have`` | the name that was meant, in `removes` |
/// | ``.. extends `y`, of which the conductor has an instance of its own`` | both made by hand, around one `Arc`: [`shared_interface`](RegistryBuilder::shared_interface) |
///
/// ```
/// use vendor_passthru::Registry;
/// use vendor_passthru::prelude::*;
///
/// # #[derive(Default)]
/// # struct Vendor;
/// # impl VendorInterface for Vendor {}
/// #[vendor_interface(name = "example", drivers = ["example"])]
/// impl Vendor {
///     /// The version of the driver.
///     #[driver_passthru(methods = ["GET"], async_call = false)]
///     async fn version(&self, _context: &Context) -> Result<u32> {
///         Ok(1)
///     }
/// }
///
/// let registry = Registry::builder().interface(Vendor).enabled_drivers(["exampel"]);
/// assert_eq!(
///     registry.build().unwrap_err().problems(),
///     ["no driver `exampel` is linked into this conductor; linked: `example`. A driver crate is \
///       linked by naming it in the conductor's source: `use my_driver as _;`"]
/// );
/// ```
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

/// The drivers there are, each with its interfaces in the order of the candidates.
fn by_driver(candidates: &[Candidate]) -> BTreeMap<&'static str, Vec<InterfaceMetadata>> {
    let mut drivers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for Candidate { metadata, .. } in candidates {
        for driver in metadata.drivers {
            drivers.entry(*driver).or_default().push(*metadata);
        }
    }
    drivers
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

/// The interfaces of enabled drivers, each made once.
fn instances(
    candidates: Vec<Candidate>,
    is_enabled: impl Fn(&str) -> bool,
    problems: &mut Vec<String>,
) -> BTreeMap<&'static str, Arc<Interface>> {
    let by_hand = candidates.iter().filter(|candidate| candidate.by_hand);
    let made: BTreeSet<_> = by_hand.map(|candidate| origin(&candidate.metadata)).collect();
    let mut interfaces = BTreeMap::new();
    for candidate in candidates {
        let Candidate { metadata, by_hand, build } = candidate;
        if !metadata.drivers.iter().any(|driver| is_enabled(driver)) {
            continue;
        }
        match build() {
            Ok(interface) => {
                if !by_hand {
                    problems.extend(other_instance(&interface, &made));
                }
                interfaces.insert(metadata.name, Arc::new(interface));
            }
            // What is wrong with an interface is wrong with each that extends it.
            Err(found) => {
                for problem in found {
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                }
            }
        }
    }
    interfaces
}

/// An interface that was collected extends a default instance. Where the conductor has made one, what
/// it has set there would be missing from what is inherited.
fn other_instance(
    interface: &Interface,
    made: &BTreeSet<(&'static str, Location)>,
) -> Option<String> {
    let extended = interface.extends.iter().filter(|base| made.contains(&origin(base)));
    let base = extended.min_by_key(|base| origin(base))?;
    Some(format!(
        "vendor interface {} extends {}, of which the conductor has an instance of its own; make the \
         one that extends it by hand too, around that instance",
        places([&interface.metadata]),
        places([base])
    ))
}

fn assemble(
    interfaces: BTreeMap<&'static str, Arc<Interface>>,
    orders: &BTreeMap<&'static str, Vec<&'static str>>,
    linked: BTreeSet<&'static str>,
) -> Registry {
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
