use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
/// What the author writes beside the methods stays as it is.
impl self::nested::Vendor<Option<[u8; { 1 + 2 }]>> {
    const RETRIES: usize = { 3 };

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, raw_bytes: RawBytes) -> Result<()> {
        for _ in 0..Self::RETRIES {
            self.send(task, raw_bytes.as_ref()).await?;
        }
        Ok(())
    }

    generated! { attributes, passthru }

    /// A method of the same name as the node method.
    #[driver_passthru(methods = ["GET"], method = "send_raw")]
    async fn supported(&self, context: &Context) -> Result<()> {
        Ok(())
    }

    #[must_use]
    pub(in crate::nested) async unsafe fn send<'a, T: AsRef<[u8]> + ?Sized>(
        &'a self,
        _task: &mut Task,
        #[cfg(unix)] (first, _rest): (T, &'a dyn Fn(u8) -> Vec<Vec<u8>>),
    ) -> Result<impl Iterator<Item = u8> + use<'a, T>, Box<dyn Error + Send>>
    where
        T: 'a,
    {
        let closure = |x: u8| -> bool { x >= 1 && x << 2 != 4 };
        Ok(first.as_ref().iter().copied().filter(closure))
    }
}
