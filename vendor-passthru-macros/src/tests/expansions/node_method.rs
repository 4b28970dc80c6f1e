use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    #[passthru(methods = ["POST"])]
    async fn reset(&self, task: &mut Task) -> Result<()> {
        task.node_mut().driver_info.clear();
        Ok(())
    }
}
