//! All mistakes of one impl are reported in one go, across its keys and its methods, so that it is
//! mended in one go too.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "", driver = ["example"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["FETCH", "post"], async_call = "true", attach = 1)]
    // mend: #[passthru(methods = ["GET", "POST"], async_call = true, attach = false)]
    async fn several_keys(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async unsafe fn several_places<T>(
    // mend: async fn several_places(
        &mut self,
        // mend: &self,
        _task: &mut Task,
        #[arg(nane = "data")] _data: &str,
        // mend: #[arg(name = "data")] _data: String,
        (_a, _b): (T, T),
        // mend: _pair: (u8, u8),
    ) {
    // mend: ) -> Result<()> {
    // mend:     Ok(())
    }

    #[driver_passthru(methods = ["GET"], description = "", require_exclusive_lock = false)]
    // mend: #[driver_passthru(methods = ["GET"], description = "Key and signature")]
    async fn key_and_signature(self, _context: &Context) -> Result<()> {
    // mend: async fn key_and_signature(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    // mend:
    const NO_METHOD: u8 = 1;

    /// What is right is left as it is.
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {
    let _ = Vendor::reset;
}
