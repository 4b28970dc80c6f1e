use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"], default = true)]
#[cfg(feature = "example")]
#[allow(dead_code)]
#[expect(clippy::unused_async, reason = "for later")]
impl ExampleVendor {
    #![allow(unused_variables)]

    #[cfg(unix)]
    #[deprecated(note = "use `reboot`")]
    #[passthru(methods = ["POST"])]
    #[allow(clippy::unused_self, deprecated)]
    async fn reset(&self, #[expect(unused)] task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[cfg(not(unix))]
    #[cfg(target_pointer_width = "64")]
    #[passthru(methods = ["POST"], method = "reset")]
    #[doc = "Resets\nthe node."]
    async fn reset_elsewhere(&self, task: &mut Task, #[allow(unused)] hard: bool) -> Result<()> {
        Ok(())
    }
}
