//! An interface that extends another one: which methods it has in the end.
//! What is inherited, overridden and removed is what the source says, never an accident.

use super::{Interface, Table};
use crate::Properties;
use crate::metadata::InterfaceMetadata;
use crate::text::nearest;

impl Interface {
    /// This interface with those methods of `base` that it neither overrides nor removes. What is
    /// inherited runs on the instance of `base`, with that one's validation.
    pub(super) fn extend(self, base: Self) -> Result<Self, Vec<String>> {
        let Self { metadata, properties, node_methods, driver_methods, .. } = self;
        let pair = Pair { own: &metadata, base: &base.metadata };
        let mut problems = pair.cannot_remove(&base);
        let node_methods = pair.combined("node", node_methods, base.node_methods, &mut problems);
        let driver_methods =
            pair.combined("driver", driver_methods, base.driver_methods, &mut problems);
        let properties = Properties::merged(base.properties, properties);
        if !problems.is_empty() {
            return Err(problems);
        }
        let extends = std::iter::once(base.metadata).chain(base.extends).collect();
        Ok(Self { metadata, extends, properties, node_methods, driver_methods })
    }

    fn has(&self, method: &str) -> bool {
        self.node_methods.get(method).is_some() || self.driver_methods.get(method).is_some()
    }

    fn method_names(&self) -> impl Iterator<Item = &'static str> {
        self.node_methods.metadata().chain(self.driver_methods.metadata()).map(|method| method.name)
    }
}

/// An interface and the one it extends.
struct Pair<'a> {
    own: &'a InterfaceMetadata,
    base: &'a InterfaceMetadata,
}

impl Pair<'_> {
    fn cannot_remove(&self, base: &Interface) -> Vec<String> {
        let unknown = self.own.removes.iter().copied().filter(|name| !base.has(name));
        let problem = |name| {
            let hint = Self::hint(name, base.method_names());
            self.problem(&format!("removes `{name}`, which {} does not have{hint}", self.base()))
        };
        unknown.map(problem).collect()
    }

    /// The methods of one kind.
    fn combined(&self, kind: &str, own: Table, base: Table, problems: &mut Vec<String>) -> Table {
        for method in own.metadata() {
            let (name, interface) = (method.name, self.base());
            match (method.overrides, base.get(name).is_some()) {
                (false, true) => problems.push(self.problem(&format!(
                    "has a {kind} method `{name}`, as {interface} that it extends; say \
                     `overrides` or give it another name",
                ))),
                (true, false) => {
                    let hint = Self::hint(name, base.metadata().map(|method| method.name));
                    problems.push(self.problem(&format!(
                        "overrides a {kind} method `{name}`, which {interface} does not have{hint}",
                    )));
                }
                _ => {}
            }
        }
        let stays = |name: &str| own.get(name).is_none() && !self.own.removes.contains(&name);
        let inherited: Vec<_> =
            base.0.into_iter().filter(|method| stays(method.metadata.name)).collect();
        Table::sorted(own.0.into_iter().chain(inherited).collect())
    }

    fn problem(&self, what: &str) -> String {
        self.own.problem(what)
    }

    fn base(&self) -> String {
        format!("`{}` ({})", self.base.name, self.base.location)
    }

    fn hint(name: &str, known: impl Iterator<Item = &'static str>) -> String {
        nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
    }
}
