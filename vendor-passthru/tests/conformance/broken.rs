//! Stores in memory with one defect each, of the kind that a store in a database may have.

mod locks;
mod nodes;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tokio::sync::Notify;
use vendor_passthru::testing::conformance::Subject;
use vendor_passthru::{LockStore, MemoryStore, Node, NodeStore, Reservation, Uuid};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    // Of attempts and reservations.
    ForgetsReservations,
    ForgetsThePurpose,
    DoesNotKnowTheTime,
    GivesALockTwice,
    IsReentrant,
    LooksBeforeItTakes,
    LooksBeforeItTakesAgain,
    ReservesUnknownNodes,
    ListsNoReservations,
    ListsNoNodes,
    // Of fences.
    GivesOneFence,
    CountsDown,
    BeginsAgain,
    // Of releases.
    ReleasesAnyFence,
    ReleasesOlderFences,
    ReleasesNothing,
    ReleasesAllNodes,
    AlwaysSaysReleased,
    LooksBeforeItReleases,
    ReleasesRemovedNodes,
    MissesUnknownNodes,
    // Of waits.
    NeverEnds,
    MissesReleases,
    MissesReleasesByOthers,
    LooksBeforeItListens,
    MissesRemovals,
    WaitsForAnyFence,
    EndsAtOnce,
    EndsAfterAYield,
    WakesOne,
    ReleasesOnDrop,
    KeepsReservationsOfRemovedNodes,
    // Of what is done at once.
    ReservesAtOnceWithoutAnAnswer,
    ReservesAtOnceForItselfAlone,
    GivesALockTwiceAtOnce,
    ReservesUnknownNodesAtOnce,
    LocksOnlyWhereItWaits,
    CountsApartAtOnce,
    ReleasesAtOnceWithoutAnAnswer,
    ReleasesNothingAtOnce,
    ReleasesAnyFenceAtOnce,
    TellsNobodyAtOnce,
    // Of finding.
    IgnoresCase,
    FindsAnOldCopy,
    FindsByNameInTwoSteps,
    FindsAnOldCopyAtOnce,
    IgnoresCaseAtOnce,
    FindsNoNamesAtOnce,
    // Of saving.
    SavesUnderAnyFence,
    SavesUnderOlderFences,
    SavesUnderOneFenceForEver,
    SavesTheLastError,
    SavesAnOldLastError,
    SavesTheLastErrorItFound,
    SavesNoInterface,
    SavesInTwoSteps,
    IsHalfSavedWhenDropped,
    ComparesLastErrors,
    SavesOneAtATime,
    AddsUnknownNodes,
    KeepsOldNames,
    SwallowsTakenNames,
    SavesTheRestUnderATakenName,
    LooksBeforeItRenames,
    // Of failures.
    RecordsTheFirstFailure,
    RecordsNoFailureOfAHeldNode,
    RecordsFailuresOfUnknownNodes,
    RecordsWithAnOldCopy,
}

use Defect as D;

/// What all conductors share.
struct Shared {
    defect: Defect,
    memory: MemoryStore,
    ended: Notify,
    /// What the first fence of a node, or of an earlier one of its UUID, was counted from.
    bases: Mutex<HashMap<Uuid, u64>>,
    /// All reservations that were ever given.
    given: Mutex<Vec<(Uuid, Reservation)>>,
    /// The names that nodes once had.
    old_names: Mutex<HashMap<String, Uuid>>,
    saved_under: Mutex<HashSet<(Uuid, u64)>>,
    /// The fences that were given at once.
    at_once: Mutex<HashSet<(Uuid, u64)>>,
    saving: AtomicBool,
    /// Held by a save from its first step to its last.
    steps: tokio::sync::Mutex<()>,
}

pub(crate) struct Broken {
    shared: Arc<Shared>,
    /// Told of the releases by this conductor.
    own: Notify,
    copies: Mutex<HashMap<Uuid, Arc<Node>>>,
}

pub(crate) struct BrokenSubject(Arc<Shared>);

impl BrokenSubject {
    pub(crate) fn new(defect: Defect) -> Self {
        Self(Arc::new(Shared {
            defect,
            memory: MemoryStore::new(),
            ended: Notify::new(),
            bases: Mutex::default(),
            given: Mutex::default(),
            old_names: Mutex::default(),
            saved_under: Mutex::default(),
            at_once: Mutex::default(),
            saving: AtomicBool::new(false),
            steps: tokio::sync::Mutex::default(),
        }))
    }
}

impl Subject for BrokenSubject {
    type Store = Broken;

    fn store(&self) -> Arc<Broken> {
        let shared = Arc::clone(&self.0);
        Arc::new(Broken { shared, own: Notify::new(), copies: Mutex::default() })
    }

    async fn add(&self, node: Node) {
        self.0.bases.lock().unwrap().remove(&node.uuid());
        self.0.memory.insert(node).unwrap();
    }

    async fn remove(&self, node: Uuid) {
        self.0.memory.remove(node);
        self.0.ended.notify_waiters();
    }
}

impl Broken {
    fn has(&self, defect: Defect) -> bool {
        self.shared.defect == defect
    }

    fn memory(&self) -> &MemoryStore {
        &self.shared.memory
    }

    async fn exists(&self, node: Uuid) -> bool {
        self.memory().find(node.into()).await.unwrap().is_some()
    }

    /// The present fence, as it really is.
    async fn present(&self, node: Uuid) -> Option<u64> {
        self.memory().reservation(node).await.unwrap().map(|held| held.fence)
    }

    /// What a fence is told as.
    fn told(&self, node: Uuid, fence: u64) -> u64 {
        match self.shared.defect {
            D::GivesOneFence => 1,
            D::CountsDown => (1 << 40) - fence,
            D::BeginsAgain => {
                fence - *self.shared.bases.lock().unwrap().entry(node).or_insert(fence - 1)
            }
            D::CountsApartAtOnce
                if self.shared.at_once.lock().unwrap().contains(&(node, fence)) =>
            {
                fence + 1000
            }
            _ => fence,
        }
    }

    /// What a fence that was told really is.
    async fn real(&self, node: Uuid, fence: u64) -> u64 {
        match self.present(node).await {
            Some(present) if self.told(node, present) == fence => present,
            _ if [D::GivesOneFence, D::CountsDown, D::BeginsAgain, D::CountsApartAtOnce]
                .contains(&self.shared.defect) =>
            {
                0
            }
            _ => fence,
        }
    }

    fn told_reservation(&self, node: Uuid, held: Reservation) -> Reservation {
        let mut told = Reservation { fence: self.told(node, held.fence), ..held };
        if self.has(D::ForgetsThePurpose) {
            told.holder.purpose = "".into();
        }
        if self.has(D::DoesNotKnowTheTime) {
            told.since = SystemTime::UNIX_EPOCH;
        }
        told
    }
}
