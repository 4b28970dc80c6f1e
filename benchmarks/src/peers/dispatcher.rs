//! Ours, without HTTP: the dispatcher with its nodes in memory, from body bytes to answer.
//! Finds node, interface and method, checks verb and arguments, locks, supervises and logs.

use tokio::task::yield_now;
use vendor_passthru::prelude::*;
use vendor_passthru::{Answer, Bytes, Dispatcher, MemoryStore, Registry, Uuid};

use crate::job::{ANSWER, BODY, NODES, Sent};
use crate::peer::Peer;

pub(crate) const DRIVER: &str = "benchmarks";

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "benchmarks", drivers = ["benchmarks"])]
impl Vendor {
    #[passthru(method = "send_raw", methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, _task: &Task<Shared>, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn exclusive(&self, _task: &mut Task, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[driver_passthru(methods = ["POST"], async_call = false)]
    async fn driver(&self, _context: &Context, raw_bytes: String) -> Result<Sent> {
        Ok(Sent { ok: !raw_bytes.is_empty() })
    }

    #[passthru(methods = ["POST"])]
    async fn asynchronous(&self, _task: &mut Task, raw_bytes: String) -> Result<()> {
        drop(raw_bytes);
        Ok(())
    }
}

/// A dispatcher with a thousand nodes.
pub(crate) fn dispatcher() -> crate::Result<Dispatcher> {
    let store = MemoryStore::new();
    for node in 0..NODES {
        store.insert(Node::new(Uuid::from_u128(node), DRIVER))?;
    }
    Ok(Dispatcher::builder(Registry::collect()?).nodes(store).build()?)
}

/// Which of the methods above is called.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Shared,
    Exclusive,
    Driver,
    Asynchronous,
}

impl Kind {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Shared => crate::job::METHOD,
            Self::Exclusive => "exclusive",
            Self::Driver => "driver",
            Self::Asynchronous => "asynchronous",
        }
    }
}

pub(crate) struct Ours {
    dispatcher: Dispatcher,
    context: Context,
    kind: Kind,
}

impl Ours {
    pub(crate) fn new(kind: Kind) -> crate::Result<Self> {
        Ok(Self { dispatcher: dispatcher()?, context: Context::new(), kind })
    }
}

impl Peer for Ours {
    type Request = (Uuid, Bytes);
    type Answer = Answer;

    fn request(&self, node: Uuid) -> crate::Result<(Uuid, Bytes)> {
        Ok((node, Bytes::from_static(BODY)))
    }

    async fn call(&mut self, (node, body): (Uuid, Bytes)) -> crate::Result<Answer> {
        let Self { dispatcher, context, kind } = self;
        let (method, post) = (kind.method(), HttpMethod::Post);
        if *kind == Kind::Driver {
            return Ok(dispatcher.driver_passthru(context, DRIVER, method, post, body).await?);
        }
        let answer = dispatcher.node_passthru(context, node, method, post, body).await?;
        if *kind == Kind::Asynchronous {
            // What runs in the background has its turn.
            yield_now().await;
        }
        Ok(answer)
    }

    async fn is_right(&self, answer: Answer) -> crate::Result<bool> {
        Ok(match answer {
            Answer::Json(json) => json == ANSWER,
            Answer::Accepted => self.kind == Kind::Asynchronous,
            Answer::Attachment(_) => false,
        })
    }
}
