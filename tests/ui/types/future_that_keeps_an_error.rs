//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! What hides behind a trait object is not known, so its type says so.

use vendor_passthru::prelude::*;

use std::error::Error as StdError;

fn connect() -> Result<(), Box<dyn StdError>> {
// mend: fn connect() -> Result<(), Box<dyn StdError + Send + Sync>> {
    Ok(())
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let result = connect();
        task.save().await?;
        drop(result);
        Ok(())
    }
}

fn main() {}
