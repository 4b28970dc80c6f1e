use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "", driver = ["example"])]
impl Vendor {
    #[passthru(methods = ["FETCH", "post"], async_call = "true", attach = 1)]
    async fn several_keys(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async unsafe fn several_places<T>(
        &mut self,
        _task: &mut Task,
        #[arg(nane = "data")] _data: &str,
        (_a, _b): (T, T),
    ) {
    }

    #[driver_passthru(methods = ["GET"], description = "", require_exclusive_lock = false)]
    async fn key_and_signature(self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
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
