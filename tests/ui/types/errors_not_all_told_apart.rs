//! A later version may know more errors, so there is always one more case.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        match task.save().await {
            Err(Error::ReservationLost { .. }) | Ok(()) => Ok(()),
            // mend: Err(Error::ReservationLost { .. }) | Ok(()) => Ok(()),
            // mend: Err(error) => Err(error),
        }
    }
}

fn main() {}
