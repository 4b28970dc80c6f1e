//! What a driver names, in one line: `use vendor_passthru::prelude::*;`.

#[doc(no_inline)]
pub use crate::{
    Attachment, Call, Context, Error, Exclusive, HttpMethod, Node, Properties, Result, Shared,
    Task, Validating, VendorInterface, VendorPassthruException, driver_passthru, passthru,
    vendor_interface,
};
