use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    #[passthru(methods = ["POST", "PATCH"])]
    async fn subscribe(
        &self,
        _task: &mut Task,
        #[arg(name = "EventTypes", default)] event_types: Vec<String>,
        #[arg(default = Duration::from_secs(30))] timeout: Seconds,
        #[arg(secret)] password: Password,
        #[arg(name = "Context", secret = false, default = None::<Text<'static>>)] _context: Option<
            Text<'static>,
        >,
        protocol: Option<Protocol>,
        _unused: u8,
        r#type: (u8, [u8; 2]),
    ) -> Result<()> {
        Ok(())
    }
}
