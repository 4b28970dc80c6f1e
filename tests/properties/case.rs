//! What is drawn at random: the settings of a conductor, and what befalls it, step by step.

use std::fmt;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// One conductor and its life.
#[expect(clippy::struct_excessive_bools, reason = "each is drawn by itself")]
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) nodes: usize,
    pub(crate) workers: usize,
    /// Whether half of the workers are kept for other work.
    pub(crate) reserved: bool,
    /// How often each operation of the store lets others go first.
    pub(crate) yields: u8,
    /// Whether methods may run, and shutting down waits, less long than callers do.
    pub(crate) short: bool,
    /// Whether an earlier life of the conductor left the first node reserved.
    pub(crate) left: bool,
    /// Whether the conductor shuts down in the midst of its work instead of after it.
    pub(crate) hurry: bool,
    pub(crate) steps: Vec<Step>,
}

/// What happens, and how far everything goes after it before the next thing happens.
#[derive(Clone)]
pub(crate) struct Step(pub(crate) Op, pub(crate) Then);

#[derive(Clone, Debug)]
pub(crate) enum Then {
    /// As far as it can without time.
    Settle,
    /// Only so many turns.
    Yield(u8),
}

#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// A call comes in.
    Call(Plan),
    /// A method that waits may go on to its end. Calls are counted from the latest.
    LetGo(usize),
    /// A caller goes away.
    Leave(usize),
    /// So many milliseconds go by.
    Wait(u64),
    /// A node is deleted, or added anew if it was.
    RemoveOrAdd(usize),
    /// An operator breaks the reservation of a node, or tries to with an older one's fence.
    Break {
        node: usize,
        stale: bool,
    },
    /// Another conductor reserves a node, or changes and releases the one it has.
    Foreign {
        node: usize,
        change: Change,
    },
    /// The store fails the next times it is asked for this.
    Fail {
        what: StoreOp,
        how: How,
        times: u8,
    },
    ShutDown,
}

/// A call, and what its method is going to do.
#[expect(clippy::struct_excessive_bools, reason = "each is drawn by itself")]
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) kind: Kind,
    pub(crate) node: usize,
    /// Whether its caller does not wait for a locked node.
    pub(crate) at_once: bool,
    /// Whether its caller asks for an early answer.
    pub(crate) hasty: bool,
    pub(crate) check: Check,
    /// Whether its argument panics when it is dropped.
    pub(crate) bomb: bool,
    /// For kinds that upgrade: whether the method goes on when that fails.
    pub(crate) lenient: bool,
    /// What it saves before it waits, and after.
    pub(crate) early: Option<Change>,
    pub(crate) late: Option<Change>,
    /// Whether it waits to be let go.
    pub(crate) gated: bool,
    pub(crate) end: End,
    /// What it does when it is told to end while it waits.
    pub(crate) told: Told,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Exclusive,
    ExclusiveAsync,
    Shared,
    SharedAsync,
    Upgrade,
    UpgradeAsync,
    Driver,
    DriverAsync,
}

/// What validation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Pass,
    Refuse,
    Panic,
    /// Takes longer than callers wait for an answer.
    Slow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Value,
    Error,
    Panic,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Goes on as if nothing had happened.
    Ignore,
    Value,
    Error,
}

/// How a node is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing that a call is resolved by.
    Mark,
    /// To the other driver.
    Driver,
    /// The interface by name, or by its driver's default.
    Interface,
    /// To the interface without methods.
    NoVendor,
}

/// An operation of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreOp {
    Find,
    Save,
    RecordFailure,
    TryAcquire,
    WaitEnded,
    Release,
    Reservation,
    Reservations,
}

/// Whether what fails was done all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Before,
    After,
}

impl Kind {
    pub(crate) fn is_async(self) -> bool {
        matches!(
            self,
            Self::ExclusiveAsync | Self::SharedAsync | Self::UpgradeAsync | Self::DriverAsync
        )
    }

    pub(crate) fn is_exclusive(self) -> bool {
        matches!(self, Self::Exclusive | Self::ExclusiveAsync)
    }

    pub(crate) fn of_driver(self) -> bool {
        matches!(self, Self::Driver | Self::DriverAsync)
    }

    /// The public name of its method.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Exclusive => "exclusive-now",
            Self::ExclusiveAsync => "exclusive-later",
            Self::Shared => "shared-now",
            Self::SharedAsync => "shared-later",
            Self::Upgrade => "upgrade-now",
            Self::UpgradeAsync => "upgrade-later",
            Self::Driver => "driver-now",
            Self::DriverAsync => "driver-later",
        }
    }
}

impl Case {
    /// These steps on a conductor with one node, whose store lets others go first.
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self {
            nodes: 1,
            workers: 2,
            reserved: false,
            yields: 2,
            short: false,
            left: false,
            hurry: false,
            steps,
        }
    }
}

impl Plan {
    /// A call that is good, and ends at once.
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            node: 0,
            at_once: false,
            hasty: false,
            check: Check::Pass,
            bomb: false,
            lenient: false,
            early: None,
            late: None,
            gated: false,
            end: End::Value,
            told: Told::Ignore,
        }
    }
}

/// One line, to be read in a report.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Step({:?}, {:?})", self.0, self.1)
    }
}

/// What is not as in a good call, to be pasted into a test.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, node, at_once, hasty, check, bomb, .. } = *self;
        let Self { lenient, early, late, gated, end, told, .. } = *self;
        f.write_str("Plan { ")?;
        let fields: [(bool, &str, &dyn fmt::Debug); 11] = [
            (node > 0, "node", &node),
            (at_once, "at_once", &at_once),
            (hasty, "hasty", &hasty),
            (check != Check::Pass, "check", &check),
            (bomb, "bomb", &bomb),
            (lenient, "lenient", &lenient),
            (early.is_some(), "early", &early),
            (late.is_some(), "late", &late),
            (gated, "gated", &gated),
            (end != End::Value, "end", &end),
            (told != Told::Ignore, "told", &told),
        ];
        for (_, name, value) in fields.iter().filter(|(shown, ..)| *shown) {
            write!(f, "{name}: {value:?}, ")?;
        }
        write!(f, "..Plan::new({kind:?}) }}")
    }
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let settings = (1..=3_usize, 2..=4_usize, any::<bool>(), 0..=2_u8);
    let rare = || prop::bool::weighted(0.2);
    (settings, rare(), rare(), any::<bool>(), vec(step(), 1..40)).prop_map(
        |((nodes, workers, reserved, yields), short, left, hurry, steps)| Case {
            nodes,
            workers,
            reserved,
            yields,
            short,
            left,
            hurry,
            steps,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let then = prop_oneof![3 => Just(Then::Settle), 2 => (0..8_u8).prop_map(Then::Yield)];
    (op(), then).prop_map(|(op, then)| Step(op, then))
}

fn op() -> impl Strategy<Value = Op> {
    let time = prop::sample::select(&[5, 500, 1000, 2000, 3000, 5000, 11_000][..]);
    prop_oneof![
        36 => plan().prop_map(Op::Call),
        16 => (0..4_usize).prop_map(Op::LetGo),
        10 => (0..4_usize).prop_map(Op::Leave),
        12 => time.prop_map(Op::Wait),
        7 => node().prop_map(Op::RemoveOrAdd),
        6 => (node(), prop::bool::weighted(0.2)).prop_map(|(node, stale)| Op::Break { node, stale }),
        8 => (node(), change()).prop_map(|(node, change)| Op::Foreign { node, change }),
        12 => fault(),
        1 => Just(Op::ShutDown),
    ]
}

/// The first one mostly, so that calls meet.
fn node() -> impl Strategy<Value = usize> {
    prop_oneof![3 => Just(0_usize), 1 => 0..3_usize]
}

fn plan() -> impl Strategy<Value = Plan> {
    use Kind::{Driver, DriverAsync, Exclusive, ExclusiveAsync};
    use Kind::{Shared, SharedAsync, Upgrade, UpgradeAsync};
    let kind = prop_oneof![
        4 => Just(Exclusive),
        4 => Just(ExclusiveAsync),
        1 => Just(Shared),
        2 => Just(SharedAsync),
        3 => Just(Upgrade),
        3 => Just(UpgradeAsync),
        1 => Just(Driver),
        1 => Just(DriverAsync),
    ];
    let check = prop_oneof![
        16 => Just(Check::Pass),
        1 => Just(Check::Refuse),
        1 => Just(Check::Panic),
        1 => Just(Check::Slow),
    ];
    let end = prop_oneof![
        3 => Just(End::Value),
        3 => Just(End::Error),
        1 => Just(End::Panic),
        1 => Just(End::Never),
    ];
    let told = prop_oneof![Just(Told::Ignore), Just(Told::Value), Just(Told::Error)];
    let rare = || prop::bool::weighted(0.15);
    let saves = || option::weighted(0.4, change());
    let gated = prop::bool::weighted(0.7);
    (
        (kind, node(), rare(), rare(), check, rare(), any::<bool>()),
        (saves(), saves(), gated, end, told),
    )
        .prop_map(|((kind, node, at_once, hasty, check, bomb, lenient), does)| {
            let (early, late, gated, end, told) = does;
            Plan { kind, node, at_once, hasty, check, bomb, lenient, early, late, gated, end, told }
        })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => Just(Change::Mark),
        2 => Just(Change::Driver),
        2 => Just(Change::Interface),
        1 => Just(Change::NoVendor),
    ]
}

fn fault() -> impl Strategy<Value = Op> {
    use StoreOp::{Find, RecordFailure, Release, Save, TryAcquire};
    use StoreOp::{Reservation, Reservations, WaitEnded};
    let what = prop::sample::select(
        &[Find, Save, RecordFailure, TryAcquire, WaitEnded, Release, Reservation, Reservations][..],
    );
    let how = prop_oneof![Just(How::Before), Just(How::After)];
    (what, how, 1..=3_u8).prop_map(|(what, how, times)| Op::Fail { what, how, times })
}
