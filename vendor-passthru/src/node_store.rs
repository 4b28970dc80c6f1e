//! Where nodes are kept: the seam to a conductor's database.

use std::error::Error as StdError;
use std::sync::Arc;

use async_trait::async_trait;
use uuid::Uuid;

use crate::{Node, NodeIdent};

/// Keeps nodes, and what went wrong with them.
///
/// An implementation is called from many tasks at once, bounds the time it takes to answer, and
/// holds nothing that all nodes share across an await. `testing::conformance` (feature `testing`)
/// is what it has to pass.
#[async_trait]
pub trait NodeStore: Send + Sync + 'static {
    /// The node of this UUID or name as it is now, or `None`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Backend`] when the store cannot be asked.
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError>;

    /// What [`find`](Self::find) would answer, where that is known without waiting, as in memory. It
    /// saves a call most of what asking costs. `None`, the default, has `find` asked.
    fn find_now(&self, ident: NodeIdent<'_>) -> Option<Result<Option<Arc<Node>>, StoreError>> {
        let _ = ident;
        None
    }

    /// Replaces the node by this one, under the fence of the reservation that allows it. Its
    /// `last_error` stays as it is stored: a task may hold a copy that is older than a failure.
    ///
    /// Dropped before it completes, it has replaced the node as a whole or not at all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Fenced`] when the fence is not that of the node's present reservation;
    /// [`StoreError::NodeNotFound`] when the node is gone; [`StoreError::Backend`] when its name is
    /// another node's. In these cases nothing is changed. [`StoreError::Backend`] also when the
    /// store cannot be asked.
    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError>;

    /// Sets `last_error` of a node, over an older one, and changes nothing else.
    ///
    /// # Errors
    ///
    /// [`StoreError::NodeNotFound`] when the node is gone.
    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError>;
}

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such node.
    #[error("no such node")]
    NodeNotFound,
    /// The fence is not that of the node's present reservation.
    #[error("the reservation is gone")]
    Fenced,
    /// The store itself failed.
    #[error("the store failed")]
    Backend(#[source] Box<dyn StdError + Send + Sync>),
}
