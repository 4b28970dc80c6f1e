//! What a vendor interface says about itself: its properties and its validation.
//! Its methods are beside it, in the impl under `#[vendor_interface]`.

use crate::{Call, Context, Properties, Result, Task, Validating};

/// A set of vendor methods that one or more drivers support (Ironic's `VendorInterface`).
///
/// One instance serves all calls of a conductor's life, many at once. All three hooks have a
/// default, and most validation needs none of them: an argument type that deserializes only from
/// what is valid is checked before the node is locked.
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
