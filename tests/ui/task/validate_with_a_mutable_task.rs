//! A validation checks a call and changes nothing, so it is given its task for reading.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &mut Task<Validating>, _call: &Call) -> Result<()> {
    // mend: async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        Ok(())
    }
}

fn main() {}
