//! A vendor interface as the registry keeps it: an instance and its tables of methods.

mod composition;

use std::sync::Arc;

use bytes::Bytes;

use crate::metadata::{InterfaceMetadata, Location, MethodMetadata};
use crate::run::caught;
use crate::vendor_methods::{DriverRun, Handler, NodeRun, VendorMethods};
use crate::{Call, Error, HttpMethod, Properties, Result};

/// One interface, ready to be called.
pub(crate) struct Interface {
    pub(crate) metadata: InterfaceMetadata,
    /// The interface that it extends, the one that this extends, and so on.
    pub(crate) extends: Vec<InterfaceMetadata>,
    pub(crate) properties: Properties,
    pub(crate) node_methods: Table<NodeRun>,
    pub(crate) driver_methods: Table<DriverRun>,
}

/// The interface that another one extends.
pub struct Extended(Result<Interface, Vec<String>>);

impl Extended {
    pub(crate) fn new<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Self {
        Self(Interface::of(instance))
    }
}

/// Methods sorted by public name.
pub(crate) struct Table<R>(Vec<Method<R>>);

/// A method and the instance it runs on.
pub(crate) struct Method<R> {
    pub(crate) metadata: &'static MethodMetadata,
    prepare: Prepare<R>,
}

/// Takes the arguments out of a call.
type Prepare<R> = Box<dyn Fn(Call) -> Result<R> + Send + Sync>;

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
    /// What does not fit between it and the interface it extends, a sentence each.
    pub(crate) fn of<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Result<Self, Vec<String>> {
        let own = Self::own(instance);
        match instance.extended() {
            Some(Extended(base)) => own.extend(base?),
            None => Ok(own),
        }
    }

    fn own<T: VendorMethods<M>, M>(instance: &Arc<T>) -> Self {
        let properties = instance.get_properties();
        let (mut node, mut driver) = (Vec::new(), Vec::new());
        for method in T::METHODS {
            match method.handler {
                Handler::Node(run) => node.push(Method::new(&method.metadata, instance, run)),
                Handler::Driver(run) => driver.push(Method::new(&method.metadata, instance, run)),
            }
        }
        Self {
            metadata: T::METADATA,
            extends: Vec::new(),
            properties,
            node_methods: Table::sorted(node),
            driver_methods: Table::sorted(driver),
        }
    }
}

impl<R> Table<R> {
    fn sorted(mut methods: Vec<Method<R>>) -> Self {
        methods.sort_by_key(|method| method.metadata.name);
        Self(methods)
    }

    /// The method of exactly this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Method<R>> {
        let index = self.0.binary_search_by_key(&name, |method| method.metadata.name).ok()?;
        self.0.get(index)
    }

    pub(crate) fn metadata(&self) -> impl Iterator<Item = &'static MethodMetadata> {
        self.0.iter().map(|method| method.metadata)
    }
}

impl<R: 'static> Method<R> {
    fn new<T: Send + Sync + 'static>(
        metadata: &'static MethodMetadata,
        instance: &Arc<T>,
        run: fn(Arc<T>, Call) -> Result<R>,
    ) -> Self {
        let instance = Arc::clone(instance);
        Self { metadata, prepare: Box::new(move |call| run(Arc::clone(&instance), call)) }
    }
}

impl<R> Method<R> {
    /// Checks verb and arguments, in this order, and makes the call and its run.
    pub(crate) fn call(&self, http_method: HttpMethod, body: Bytes) -> Result<(Call, R)> {
        let method = self.metadata.name;
        tracing::Span::current().record("method", method);
        if !self.metadata.http_methods.contains(&http_method) {
            return Err(self.verb_not_supported(http_method));
        }
        let call = Call::new(self.metadata, http_method, body);
        // How an argument is read is its author's code.
        let run =
            caught(|| (self.prepare)(call.clone())).unwrap_or(Err(Error::Panicked { method }))?;
        Ok((call, run))
    }

    fn verb_not_supported(&self, http_method: HttpMethod) -> Error {
        let MethodMetadata { name, http_methods, .. } = self.metadata;
        Error::HttpMethodNotSupported { method: name, http_method, allowed: http_methods }
    }
}
