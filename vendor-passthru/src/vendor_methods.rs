//! What `#[vendor_interface]` implements: the methods of one impl as a constant table, each with
//! the glue that runs it.

use crate::arguments::Arguments;
use crate::interface::{Extended, InstanceRef};
use crate::metadata::{InterfaceMetadata, MethodMetadata};
use crate::run::BoxFuture;
use crate::running_call::RunningCall;
use crate::signature::VendorType;
use crate::{Answer, Result};

/// The vendor methods of one annotated impl, as constants.
///
/// Implemented by [`#[vendor_interface]`](macro@crate::vendor_interface), never by hand. `M` tells
/// several annotated impls of one type apart; with a single one the compiler finds it by itself:
///
/// ```
/// use vendor_passthru::prelude::*;
/// use vendor_passthru::VendorMethods;
///
/// #[derive(Default)]
/// struct Vendor;
///
/// impl VendorInterface for Vendor {}
///
/// #[vendor_interface(name = "example", drivers = ["example"])]
/// impl Vendor {
///     /// The version of the driver.
///     #[driver_passthru(methods = ["GET"], async_call = false)]
///     async fn version(&self, _context: &Context) -> Result<u32> {
///         Ok(1)
///     }
/// }
///
/// const NAME: &str = Vendor::METADATA.name;
/// assert_eq!(NAME, "example");
/// assert_eq!(Vendor::METHODS[0].metadata.description, "The version of the driver.");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no vendor methods",
    label = "this type has no impl under `#[vendor_interface]`",
    note = "put `#[vendor_interface(name = \"..\", drivers = [\"..\"])]` above an `impl {Self}`"
)]
pub trait VendorMethods<M>: VendorType + Sized {
    /// The interface.
    const METADATA: InterfaceMetadata;
    /// Its methods, in the order of the source.
    const METHODS: &'static [VendorMethod<Self>];

    #[doc(hidden)]
    fn instance() -> Self;

    #[doc(hidden)]
    fn extended(&self) -> Option<Extended> {
        None
    }
}

/// One vendor method of `T`: its metadata and the glue that runs it.
pub struct VendorMethod<T: 'static> {
    /// What the author declared.
    pub metadata: MethodMetadata,
    pub(crate) prepare: Prepare<T>,
}

/// Takes the arguments of a call and makes the run of it; `None` where one was refused.
pub(crate) type Prepare<T> =
    fn(InstanceRef<T>, RunningCall, &mut Arguments<'_>) -> Option<MethodRun>;

/// A method that has its arguments: validates, starts and runs, once its call has what it acts on.
pub type MethodRun = BoxFuture<Result<Answer>>;
