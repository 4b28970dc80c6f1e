use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &mut Task<Validating>, _call: &Call) -> Result<()> {
        Ok(())
    }
}

fn main() {}
