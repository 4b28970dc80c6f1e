use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    #[passthru(methods = ["POST"])]
    pub(crate) fn flash(&self, task: &Task, image: String) -> Result<()> {
        flash(task.node(), &image)
    }

    #[driver_passthru(methods = ["PUT"], method = "flash-all")]
    fn flash_all(&self, _: &Context) -> Result<()> {
        Ok(())
    }
}
