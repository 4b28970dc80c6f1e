//! A validation runs under whichever lock its method asks for, and changes nothing: its task is of
//! a type of its own, which only reads the node.

use vendor_passthru::prelude::*;

struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task, _call: &Call) -> Result<()> {
    // mend: async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        Ok(())
    }
}

fn main() {}
