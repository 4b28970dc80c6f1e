//! A call of a driver method concerns no node, so there is no task to check it with:
//! `driver_validate` is given the context, which says who is calling.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {
    async fn driver_validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
    // mend: async fn driver_validate(&self, _context: &Context, _call: &Call) -> Result<()> {
        Ok(())
    }
}

fn main() {}
