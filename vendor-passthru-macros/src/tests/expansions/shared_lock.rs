use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    /// Sensor readings; touches nothing,
    /// so it needs no exclusive lock.
    ///
    /// It may take a while.
    #[passthru(methods = ["GET"], async = false, require_exclusive_lock = false)]
    async fn sensors(&self, task: &Task<Shared>) -> Result<Vec<Sensor>, SensorError> {
        Sensor::read(task).await
    }
}
