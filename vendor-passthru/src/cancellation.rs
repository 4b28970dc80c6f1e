//! Tells a vendor method that it is to come to an end.
//! A method can ask, wait for it, and pass it on to what it calls.

use std::sync::OnceLock;

use tokio_util::sync::CancellationToken;

/// Whether a call is to come to an end: [`Task::cancellation`](crate::Task::cancellation) of a
/// node method, [`Context::cancellation`](crate::Context::cancellation) of a driver method.
///
/// A call is cancelled when it runs longer than its run limit, when its node's reservation is
/// lost, and when shutting down can wait no longer. It then has a time of
/// [grace](crate::DispatcherBuilder::cancellation_grace) to leave the BMC in a good state and to
/// return; after that an `async fn` is dropped at the `await` where it is. A plain `fn` cannot be
/// dropped: it has to ask, or its node stays locked until it ends by itself.
///
/// Cloning it is cheap: all clones tell the same.
///
/// ```
/// use vendor_passthru::prelude::*;
/// use vendor_passthru::Cancellation;
///
/// fn write_block(_block: &[u8]) {}
///
/// fn flash(image: &[u8], cancellation: &Cancellation) -> Result<()> {
///     for block in image.chunks(4096) {
///         if cancellation.is_cancelled() {
///             return Err(VendorPassthruException::new("stopped between two blocks").into());
///         }
///         write_block(block);
///     }
///     Ok(())
/// }
/// # let context = Context::new();
/// # flash(&[0; 5000], &context.cancellation()).unwrap(); // outside of a call: never cancelled
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Option<CancellationToken>);

impl Cancellation {
    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.as_ref().is_some_and(CancellationToken::is_cancelled)
    }

    /// Completes when it is cancelled, at once if it was. Outside of a call that never happens.
    /// Dropping it does nothing.
    pub async fn cancelled(&self) {
        match &self.0 {
            Some(token) => token.cancelled().await,
            None => std::future::pending().await,
        }
    }

    /// The value of a future, or `None` if it is cancelled first; the future is dropped then.
    pub async fn run_until_cancelled<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        match &self.0 {
            Some(token) => token.run_until_cancelled(future).await,
            None => Some(future.await),
        }
    }
}

/// The cancellation of a call, made when somebody first asks for it: most methods never do.
#[derive(Debug, Default)]
pub(crate) struct OfCall(OnceLock<CancellationToken>);

impl OfCall {
    pub(crate) fn get(&self) -> Cancellation {
        Cancellation(Some(self.token().clone()))
    }

    pub(crate) fn cancel(&self) {
        self.token().cancel();
    }

    fn token(&self) -> &CancellationToken {
        self.0.get_or_init(CancellationToken::new)
    }
}

/// All clones tell the same.
impl Clone for OfCall {
    fn clone(&self) -> Self {
        Self(OnceLock::from(self.token().clone()))
    }
}
