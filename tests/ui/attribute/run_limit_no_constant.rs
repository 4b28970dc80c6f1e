//! What the attributes say is constant data of the program, as nothing of a driver runs before
//! `main`. A limit can be computed, by a `const fn`.

use std::time::Duration;

use vendor_passthru::prelude::*;

fn limit() -> Duration {
// mend: const fn limit() -> Duration {
    Duration::from_hours(2)
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], run_limit = limit())]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
