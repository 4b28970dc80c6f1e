use vendor::prelude::*;

#[vendor::vendor_interface(
    name = "example",
    drivers = ["example", "other"],
    default,
    new = ExampleVendor::open,
    crate = ::renamed::vendor
)]
impl ExampleVendor {
    #[vendor::passthru(
        methods = ["POST"],
        method = "power.cycle",
        description = "Turns it off and on.",
        async_call = false,
        attach = false,
        call_timeout = Duration::from_secs(5),
        run_limit = longest::<u8, { 1 + 1 }>(),
        require_exclusive_lock = true,
    )]
    async fn r#loop(&self, task: &mut Task<Exclusive>) -> Result<(), Failure> {
        power_cycle(task).await
    }

    #[vendor::driver_passthru(
        methods = ["GET"],
        method = "power.state",
        description = "Whether it is on.",
        async_call = true,
        attach = false,
        call_timeout = TIMEOUT,
        run_limit = TIMEOUT * 2,
    )]
    async fn state(&self, context: &Context) -> Result<(), Failure> {
        Ok(())
    }
}
