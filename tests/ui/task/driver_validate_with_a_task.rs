use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {
    async fn driver_validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        Ok(())
    }
}

fn main() {}
