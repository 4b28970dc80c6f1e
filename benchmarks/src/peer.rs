//! What all peers are to this program: something that is called, one call after the other.

use tokio::runtime::Builder;
use tokio::task::LocalSet;
use uuid::Uuid;

use crate::Result;
use crate::job::NODES;

/// Made in every run, so that no run differs in what it makes beforehand.
const REQUESTS: usize = 6000;

pub(crate) trait Peer {
    type Request;
    type Answer;

    /// Made before anything is counted.
    fn request(&self, node: Uuid) -> Result<Self::Request>;

    /// What is counted.
    async fn call(&mut self, request: Self::Request) -> Result<Self::Answer>;

    /// Whether the job was done.
    async fn is_right(&self, answer: Self::Answer) -> Result<bool>;
}

/// Calls every node once and looks at the answers, then makes so many calls more.
pub(crate) fn make<P: Peer>(
    start: impl AsyncFnOnce() -> Result<P> + 'static,
    times: usize,
) -> Result<()> {
    // In a task, as a server's calls are.
    let calls = LocalSet::new();
    let made = calls.spawn_local(async move {
        let mut peer = start().await?;
        let nodes = (0..NODES).cycle().take(REQUESTS).map(Uuid::from_u128);
        let requests: Vec<P::Request> =
            nodes.map(|node| peer.request(node)).collect::<Result<_>>()?;
        let mut requests = requests.into_iter();
        for request in requests.by_ref().take(usize::try_from(NODES)?) {
            let answer = peer.call(request).await?;
            if !peer.is_right(answer).await? {
                return Err("the answer is wrong".into());
            }
        }
        for request in requests.by_ref().take(times) {
            drop(peer.call(request).await?);
        }
        // Those left over are to cost nothing, not even being dropped.
        std::mem::forget(requests);
        Ok(())
    });
    calls.block_on(&Builder::new_current_thread().enable_all().build()?, made)?
}
