//! A vendor interface as the registry keeps it: an instance and its tables of methods.

mod composition;

use std::ops::Deref;
use std::sync::Arc;

use crate::arguments::Arguments;
use crate::metadata::{InterfaceMetadata, Location, MethodMetadata, Target};
use crate::run::caught;
use crate::running_call::RunningCall;
use crate::signature::VendorType;
use crate::spread::Spread;
use crate::value::Refused;
use crate::vendor_methods::{MethodRun, VendorMethod, VendorMethods};
use crate::{Error, HttpMethod, Properties, Result};

/// One interface, ready to be called.
pub(crate) struct Interface {
    pub(crate) metadata: InterfaceMetadata,
    /// The interface that it extends, the one that this extends, and so on.
    pub(crate) extends: Vec<InterfaceMetadata>,
    pub(crate) properties: Properties,
    pub(crate) node_methods: Table,
    pub(crate) driver_methods: Table,
}

/// The interface that another one extends.
pub struct Extended(Result<Interface, Vec<String>>);

impl Extended {
    pub(crate) fn new<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Self {
        Self(Interface::of(instance))
    }
}

/// Methods sorted by public name.
pub(crate) struct Table(Vec<Method>);

/// A method and the instance it runs on.
pub(crate) struct Method {
    pub(crate) metadata: &'static MethodMetadata,
    instance: Arc<dyn Instance>,
    /// Among the methods of that instance.
    index: usize,
}

/// An instance, whatever its type is.
trait Instance: Send + Sync {
    /// Takes the arguments out of a call of one of its methods.
    fn prepare(
        &self,
        index: usize,
        call: RunningCall,
        arguments: &mut Arguments<'_>,
    ) -> Option<MethodRun>;
}

struct Of<T: 'static>(Spread<Counted<T>>, &'static [VendorMethod<T>]);

#[repr(align(128))]
struct Counted<T>(Arc<T>);

/// The instance that a method runs on, counted apart from what other threads have of it.
pub struct InstanceRef<T>(Arc<Counted<T>>);

impl<T> Deref for InstanceRef<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: VendorType> Instance for Of<T> {
    fn prepare(
        &self,
        index: usize,
        call: RunningCall,
        arguments: &mut Arguments<'_>,
    ) -> Option<MethodRun> {
        (self.1.get(index)?.prepare)(InstanceRef(Arc::clone(self.0.mine())), call, arguments)
    }
}

impl Interface {
    /// The interface of every driver that has no methods at all (Ironic's `no-vendor`).
    pub(crate) fn no_vendor() -> Self {
        Self {
            metadata: InterfaceMetadata::new(
                "no-vendor",
                &[],
                false,
                Location::new(file!(), line!()),
            ),
            extends: Vec::new(),
            properties: Properties::new(),
            node_methods: Table(Vec::new()),
            driver_methods: Table(Vec::new()),
        }
    }

    /// The interface of this instance.
    ///
    /// # Errors
    ///
    /// Which methods share a name, and what does not fit between it and the interface it extends, a
    /// sentence each.
    pub(crate) fn of<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Result<Self, Vec<String>> {
        let own = Self::own(instance);
        let twice = own.named_twice();
        if !twice.is_empty() {
            return Err(twice);
        }
        match instance.extended() {
            Some(Extended(base)) => own.extend(base?),
            None => Ok(own),
        }
    }

    fn own<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Self {
        let properties = instance.get_properties();
        let copies = Spread::new(|| Counted(Arc::clone(instance)));
        let of: Arc<dyn Instance> = Arc::new(Of(copies, T::METHODS));
        let methods =
            T::METHODS.iter().enumerate().map(|(index, VendorMethod { metadata, .. })| Method {
                metadata,
                instance: Arc::clone(&of),
                index,
            });
        let (node, driver) = methods.partition(|method| method.metadata.target != Target::Driver);
        Self {
            metadata: T::METADATA,
            extends: Vec::new(),
            properties,
            node_methods: Table::sorted(node),
            driver_methods: Table::sorted(driver),
        }
    }

    /// The macro cannot know it of methods under a `#[cfg]`.
    fn named_twice(&self) -> Vec<String> {
        let of = |kind, table: &Table| {
            let what = |name| format!("has several {kind} methods `{name}`");
            table.twice().map(|name| self.metadata.problem(&what(name))).collect::<Vec<_>>()
        };
        [of("node", &self.node_methods), of("driver", &self.driver_methods)].concat()
    }
}

impl InterfaceMetadata {
    fn problem(&self, what: &str) -> String {
        format!("vendor interface `{}` ({}) {what}", self.name, self.location)
    }
}

impl Table {
    fn sorted(mut methods: Vec<Method>) -> Self {
        methods.sort_by_key(|method| method.metadata.name);
        Self(methods)
    }

    /// The names that more than one method has.
    fn twice(&self) -> impl Iterator<Item = &'static str> {
        let named_alike = |a: &Method, b: &Method| a.metadata.name == b.metadata.name;
        let several = self.0.chunk_by(named_alike).filter(|alike| alike.len() > 1);
        several.filter_map(|alike| alike.first()).map(|method| method.metadata.name)
    }

    /// The method of exactly this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Method> {
        let index = self.0.binary_search_by_key(&name, |method| method.metadata.name).ok()?;
        self.0.get(index)
    }

    pub(crate) fn metadata(&self) -> impl Iterator<Item = &'static MethodMetadata> {
        self.0.iter().map(|method| method.metadata)
    }
}

impl Method {
    /// Checks the verb.
    ///
    /// # Errors
    ///
    /// [`Error::HttpMethodNotSupported`].
    pub(crate) fn supports(&self, http_method: HttpMethod) -> Result<()> {
        let MethodMetadata { name, http_methods, .. } = self.metadata;
        if http_methods.contains(&http_method) {
            return Ok(());
        }
        Err(Error::HttpMethodNotSupported { method: name, http_method, allowed: http_methods })
    }

    /// Takes the arguments out of a call. How one is read is its author's code.
    pub(crate) fn prepare(&self, call: &RunningCall) -> Result<MethodRun> {
        let run = caught(|| {
            let mut arguments = call.call().arguments();
            arguments.read()?;
            let run = self.instance.prepare(self.index, call.clone(), &mut arguments);
            arguments.finish()?;
            Ok(run.ok_or(Refused)?)
        });
        run.unwrap_or(Err(Error::Panicked { method: self.metadata.name }))
    }
}
