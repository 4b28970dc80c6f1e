//! What a vendor interface says about itself: its properties and its validation.
//! Its methods are beside it, in the impl under `#[vendor_interface]`.

use crate::{Call, Context, Properties, Result, Task, Validating};

/// A set of vendor methods that one or more drivers support (Ironic's `VendorInterface`).
///
/// One instance serves all calls of a conductor's life, many at once. All three hooks have a
/// default, and most validation needs none of them: an argument type that deserializes only from
/// what is valid is checked before the node is locked. Whoever has such an interface in Python finds
/// what each thing is called here under [From Ironic's Python](crate::_porting).
///
/// ```
/// use vendor_passthru::prelude::*;
///
/// #[derive(Default)]
/// struct Vendor;
///
/// impl VendorInterface for Vendor {
///     fn get_properties(&self) -> Properties {
///         Properties::new().required("bmc_address", "Address of the BMC.")
///     }
///
///     async fn validate(&self, task: &Task<Validating>, _call: &Call) -> Result<()> {
///         let properties = self.get_properties();
///         let mut info = properties.read_from(&task.node().driver_info);
///         let _ = info.take::<std::net::IpAddr>("bmc_address");
///         Ok(info.finish()?)
///     }
/// }
/// ```
///
/// # An interface that extends another one
///
/// A vendor's BMC often speaks a common protocol and a little more. Such an interface holds the common
/// one in a field and `extends` it: it has the methods of both, says `overrides` where one takes the
/// place of an inherited one, and `removes` what it does without.
///
/// ```
/// use std::sync::Arc;
///
/// use vendor_passthru::Registry;
/// use vendor_passthru::prelude::*;
///
/// #[derive(Default)]
/// struct Common;
///
/// impl VendorInterface for Common {}
///
/// #[vendor_interface(name = "common", drivers = ["common"])]
/// impl Common {
///     #[passthru(methods = ["GET"], async_call = false)]
///     async fn sensors(&self, _task: &mut Task) -> Result<Vec<&'static str>> {
///         Ok(vec!["inlet"])
///     }
///
///     #[passthru(methods = ["POST"])]
///     async fn eject(&self, _task: &mut Task) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// #[derive(Default)]
/// struct Acme {
///     common: Arc<Common>,
/// }
///
/// impl VendorInterface for Acme {}
///
/// #[vendor_interface(name = "acme", drivers = ["acme"], extends = self.common, removes = ["eject"])]
/// impl Acme {
///     #[passthru(methods = ["GET"], async_call = false, overrides)]
///     async fn sensors(&self, task: &mut Task) -> Result<Vec<&'static str>> {
///         let mut sensors = self.common.sensors(task).await?;
///         sensors.push("fan");
///         Ok(sensors)
///     }
/// }
///
/// let registry = Registry::builder().interface(Acme::default()).build()?;
/// assert_eq!(registry.drivers().collect::<Vec<_>>(), ["acme"]);
/// # Ok::<(), vendor_passthru::RegistryError>(())
/// ```
///
/// What is inherited stays the other interface's: it runs on that instance, and is validated by that
/// one's [`validate`](Self::validate) alone, as its own methods are by its own. Its
/// [properties](Self::get_properties) are those of both. Two methods that meet by accident, or one
/// that overrides or removes what is not there, are refused when the registry is built.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `VendorInterface`",
    label = "a vendor interface says with it what it reads, and what it checks",
    note = "`impl VendorInterface for {Self} {{}}` is enough: all of it has a default"
)]
pub trait VendorInterface {
    /// The properties of a node that the interface reads. Asked once, when the registry is built.
    fn get_properties(&self) -> Properties {
        Properties::new()
    }

    /// Checks a call of a node method before it runs, under the lock it will run under.
    ///
    /// An error is the answer to the call, and the method does not run. When the call is
    /// [cancelled](crate::Cancellation), the future is dropped after its time of grace.
    fn validate(
        &self,
        task: &Task<Validating>,
        call: &Call,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (task, call);
        std::future::ready(Ok(()))
    }

    /// Checks a call of a driver method before it runs, as [`validate`](Self::validate) does.
    fn driver_validate(
        &self,
        context: &Context,
        call: &Call,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (context, call);
        std::future::ready(Ok(()))
    }
}
