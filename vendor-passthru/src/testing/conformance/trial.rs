//! One rule on trial: its nodes, the two conductors that use the store, and what they may find.

#![expect(clippy::panic, reason = "a store that breaks a rule fails its test")]
#![expect(clippy::needless_pass_by_value, reason = "checks read best without borrows")]

use std::fmt::{Debug, Display};
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

use super::Subject;
use crate::sync::race;
use crate::{
    Attempt, Holder, LockStore, Node, NodeIdent, NodeStore, Reservation, StoreError, Uuid,
};

/// How long a store may take for one answer, and for telling of one end.
const PATIENCE: Duration = Duration::from_secs(10);

/// More than a store ends early while it is waited for, at any pace of its own.
const EARLY_ENDS: usize = 10_000;

/// What a store has to hold.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

impl Rule {
    #[track_caller]
    fn broken(self, what: impl Display, expected: impl Display, found: impl Display) -> ! {
        let Self { name, text } = self;
        panic!("rule `{name}` is broken: {what}: expected {expected}, found {found}. Rule: {text}")
    }
}

/// A rule that is being tried.
pub(super) struct Trial<'a, S: Subject> {
    subject: &'a S,
    pub(super) one: Conductor<S::Store>,
    pub(super) other: Conductor<S::Store>,
    added: Mutex<Vec<Uuid>>,
}

impl<'a, S: Subject> Trial<'a, S> {
    pub(super) fn new(subject: &'a S, rule: Rule) -> Self {
        let conductor = || Conductor { rule, store: subject.store() };
        Self { subject, one: conductor(), other: conductor(), added: Mutex::default() }
    }

    /// Adds a node of no special kind.
    pub(super) async fn node(&self) -> Uuid {
        self.added(node()).await.uuid()
    }

    /// Adds this node.
    pub(super) async fn added(&self, node: Node) -> Node {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).push(node.uuid());
        self.subject.add(node.clone()).await;
        node
    }

    pub(super) async fn remove(&self, node: Uuid) {
        self.subject.remove(node).await;
    }

    /// Removes what the rule left; it held.
    pub(super) async fn end(self) {
        for node in self.added.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.subject.remove(node).await;
        }
    }

    #[track_caller]
    pub(super) fn same<T: PartialEq + Debug>(&self, what: impl Display, found: T, expected: T) {
        self.one.same(what, found, expected);
    }

    #[track_caller]
    pub(super) fn check(&self, good: bool, what: &str, expected: &str, found: impl Debug) {
        if !good {
            self.one.rule.broken(what, expected, format_args!("{found:?}"));
        }
    }
}

/// The store as one conductor uses it. Every answer has to come in time, and to be no failure of
/// the store.
pub(super) struct Conductor<S> {
    rule: Rule,
    pub(super) store: Arc<S>,
}

impl<S> Clone for Conductor<S> {
    fn clone(&self) -> Self {
        Self { rule: self.rule, store: Arc::clone(&self.store) }
    }
}

impl<S> Conductor<S> {
    #[track_caller]
    pub(super) fn same<T: PartialEq + Debug>(&self, what: impl Display, found: T, expected: T) {
        if found != expected {
            self.rule.broken(what, format_args!("{expected:?}"), format_args!("{found:?}"));
        }
    }

    async fn in_time<T>(&self, what: &str, answer: impl Future<Output = T>) -> T {
        match timeout(PATIENCE, answer).await {
            Ok(answer) => answer,
            Err(_) => self.rule.broken(what, "it to complete", "nothing after 10 s"),
        }
    }

    async fn good<T>(&self, what: &str, answer: impl Future<Output = Result<T, StoreError>>) -> T {
        let answer = self.in_time(what, answer).await;
        self.answered(what, answer)
    }

    #[track_caller]
    fn answered<T>(&self, what: &str, answer: Result<T, StoreError>) -> T {
        match answer {
            Ok(answer) => answer,
            Err(error) => self.rule.broken(what, "an answer", format_args!("Err({error:?})")),
        }
    }

    async fn refusal<T: Debug>(
        &self,
        what: &str,
        answer: impl Future<Output = Result<T, StoreError>>,
    ) -> Refusal {
        let answer = self.in_time(what, answer).await;
        self.refused(what, answer)
    }

    #[track_caller]
    fn refused<T: Debug>(&self, what: &str, answer: Result<T, StoreError>) -> Refusal {
        match answer {
            Ok(answer) => self.rule.broken(what, "a refusal", format_args!("Ok({answer:?})")),
            Err(error) => Refusal::from(error),
        }
    }
}

/// The errors of a store, comparable.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NodeNotFound,
    Fenced,
    Backend,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NodeNotFound => Self::NodeNotFound,
            StoreError::Fenced => Self::Fenced,
            StoreError::Backend(_) => Self::Backend,
        }
    }
}

impl<S: LockStore> Conductor<S> {
    /// Tries to reserve a node: its fence, or the reservation that is in the way.
    pub(super) async fn attempt(&self, node: Uuid, holder: &Holder) -> Result<u64, Reservation> {
        fence_or_holder(self.good("try_acquire", self.store.try_acquire(node, holder)).await)
    }

    /// The same at once, or no answer.
    pub(super) fn attempt_now(
        &self,
        node: Uuid,
        holder: &Holder,
    ) -> Option<Result<u64, Reservation>> {
        let attempt = self.store.try_acquire_now(node, holder)?;
        Some(fence_or_holder(self.answered("try_acquire_now", attempt)))
    }

    /// The same at once where the store has an answer.
    pub(super) async fn attempt_at_once(
        &self,
        node: Uuid,
        holder: &Holder,
    ) -> Result<u64, Reservation> {
        match self.attempt_now(node, holder) {
            Some(attempt) => attempt,
            None => self.attempt(node, holder).await,
        }
    }

    pub(super) fn refused_attempt_now(&self, node: Uuid) -> Option<Refusal> {
        let attempt = self.store.try_acquire_now(node, &holder("refused"))?;
        Some(self.refused("try_acquire_now", attempt))
    }

    pub(super) async fn refused_attempt(&self, node: Uuid) -> Refusal {
        self.refusal("try_acquire", self.store.try_acquire(node, &holder("refused"))).await
    }

    /// Reserves a node that is free.
    pub(super) async fn reserve(&self, node: Uuid, holder: &Holder) -> u64 {
        match self.attempt(node, holder).await {
            Ok(fence) => fence,
            Err(by) => self.rule.broken("try_acquire of a free node", "Acquired", Held(&by)),
        }
    }

    /// Reserves a node for a call of no special kind.
    pub(super) async fn hold(&self, node: Uuid) -> u64 {
        self.reserve(node, &holder("a call")).await
    }

    /// The same at once where the store can.
    pub(super) async fn hold_at_once(&self, node: Uuid) -> u64 {
        match self.attempt_at_once(node, &holder("a call")).await {
            Ok(fence) => fence,
            Err(by) => self.rule.broken("try_acquire_now of a free node", "Acquired", Held(&by)),
        }
    }

    /// Reserves a node that others reserve too, as soon as it is free.
    pub(super) async fn hold_in_turn(&self, node: Uuid, holder: &Holder) -> u64 {
        let mut ended = None;
        loop {
            let by = match self.attempt(node, holder).await {
                Ok(fence) => return fence,
                Err(by) => by,
            };
            if ended == Some(by.fence) {
                self.rule.broken("try_acquire", "Held by one that has not ended", Held(&by));
            }
            self.ended(node, by.fence).await;
            ended = Some(by.fence);
        }
    }

    pub(super) async fn release(&self, node: Uuid, fence: u64) -> bool {
        self.good("release", self.store.release(node, fence)).await
    }

    /// Releases a reservation that there is.
    pub(super) async fn free(&self, node: Uuid, fence: u64) {
        let released = self.release(node, fence).await;
        self.same("release of the present fence", released, true);
    }

    /// Releases at once, or gives no answer.
    pub(super) fn release_now(&self, node: Uuid, fence: u64) -> Option<bool> {
        let released = self.store.release_now(node, fence)?;
        Some(self.answered("release_now", released))
    }

    /// Releases a reservation that there is, at once where the store can.
    pub(super) async fn free_at_once(&self, node: Uuid, fence: u64) {
        match self.release_now(node, fence) {
            Some(released) => self.same("release_now of the present fence", released, true),
            None => self.free(node, fence).await,
        }
    }

    pub(super) async fn reservation(&self, node: Uuid) -> Option<Reservation> {
        self.good("reservation", self.store.reservation(node)).await
    }

    /// The reservation that a node must have.
    pub(super) async fn reserved(&self, node: Uuid) -> Reservation {
        match self.reservation(node).await {
            Some(reservation) => reservation,
            None => self.rule.broken("reservation of a held node", "Some", "None"),
        }
    }

    /// Those of all reservations that belong to these nodes, in the nodes' order.
    pub(super) async fn reservations(&self, nodes: &[Uuid]) -> Vec<(Uuid, Reservation)> {
        let mut all = self.good("reservations", self.store.reservations()).await;
        let place = |uuid| nodes.iter().position(|node| *node == uuid);
        all.retain(|(uuid, _)| place(*uuid).is_some());
        all.sort_by_key(|(uuid, _)| place(*uuid));
        all
    }

    /// One wait, which may end early.
    pub(super) async fn wait(&self, node: Uuid, fence: u64) {
        self.in_time("wait_ended", self.store.wait_ended(node, fence)).await;
    }

    /// Waits as a conductor does: until the reservation is gone, however often a wait ends early.
    pub(super) async fn ended(&self, node: Uuid, fence: u64) {
        let ended = async {
            // Without this limit, waits that end at once would keep the clock from going on.
            for _ in 0..EARLY_ENDS {
                self.store.wait_ended(node, fence).await;
                if self.reservation(node).await.is_none_or(|held| held.fence != fence) {
                    return;
                }
                yield_now().await;
            }
            self.rule.broken("wait_ended", "its reservation to end", "it ends again and again");
        };
        self.in_time("wait_ended", ended).await;
    }

    /// Gives a wait for the end of a reservation time to begin, and to end too soon.
    pub(super) async fn begun(&self, node: Uuid, wait: Pin<&mut impl Future<Output = ()>>) {
        let asked = async {
            for _ in 0..8 {
                self.reserved(node).await;
                yield_now().await;
            }
            "it waits"
        };
        let ended = async {
            wait.await;
            "it has ended"
        };
        self.same("a wait for the present fence", race(asked, ended).await, "it waits");
    }
}

fn fence_or_holder(attempt: Attempt) -> Result<u64, Reservation> {
    match attempt {
        Attempt::Acquired { fence } => Ok(fence),
        Attempt::Held(by) => Err(by),
    }
}

struct Held<'a>(&'a Reservation);

impl Display for Held<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Held({:?})", self.0)
    }
}

impl<S: NodeStore> Conductor<S> {
    pub(super) async fn find(&self, ident: impl Into<NodeIdent<'_>>) -> Option<Node> {
        let found = self.good("find", self.store.find(ident.into())).await;
        found.map(Arc::unwrap_or_clone)
    }

    /// What is found at once, if that has an answer, is what `find` finds.
    pub(super) async fn find_at_once(&self, ident: NodeIdent<'_>) {
        // Before `find`, which may bring a copy up to date.
        let at_once = self.store.find_now(ident).map(|found| self.answered("find_now", found));
        let found = self.find(ident).await;
        if let Some(at_once) = at_once {
            let what = format_args!("find_now of {ident:?}").to_string();
            self.same(what, at_once.map(Arc::unwrap_or_clone), found);
        }
    }

    pub(super) async fn find_name(&self, name: &str) -> Option<Node> {
        self.find(NodeIdent::Name(name)).await
    }

    /// The node of this UUID, which there must be.
    pub(super) async fn node(&self, node: Uuid) -> Node {
        match self.find(node).await {
            Some(node) => node,
            None => self.rule.broken("find of a node that exists", "Some", "None"),
        }
    }

    pub(super) async fn save(&self, node: &Node, fence: u64) {
        self.good("save", self.store.save(node, fence)).await;
    }

    /// A save that is dropped after so many polls; whether it had completed before.
    pub(super) async fn dropped_save(&self, node: &Node, fence: u64, polls: usize) -> bool {
        let save = self.store.save(node, fence);
        self.in_time("save", polled(polls, save)).await.is_some()
    }

    pub(super) async fn refused_save(&self, node: &Node, fence: u64) -> Refusal {
        self.refusal("save", self.store.save(node, fence)).await
    }

    pub(super) async fn fail(&self, node: Uuid, last_error: &str) {
        self.good("record_failure", self.store.record_failure(node, last_error)).await;
    }

    pub(super) async fn refused_failure(&self, node: Uuid) -> Refusal {
        self.refusal("record_failure", self.store.record_failure(node, "it failed")).await
    }
}

/// A node with a name, all of its own.
pub(super) fn node() -> Node {
    let mut node = Node::new(Uuid::new_v4(), "ipmi");
    node.name = Some(name());
    node
}

/// A name that no node has.
pub(super) fn name() -> String {
    format!("node-{}", Uuid::new_v4().simple())
}

/// A call of a conductor that holds nothing else.
pub(super) fn holder(call: &str) -> Holder {
    Holder::new("conductor-1", Uuid::new_v4(), call, "vendor method `send_raw`")
}

/// Fences that a reservation of this fence does not have.
pub(super) fn other_fences(fence: u64) -> impl Iterator<Item = u64> {
    let near = [fence.wrapping_sub(1), fence.wrapping_add(1)];
    let far = [0, u64::MAX, i64::MAX.unsigned_abs()];
    near.into_iter().chain(far).filter(move |other| *other != fence)
}

/// What a future has to say within this many polls.
pub(super) async fn polled<T>(times: usize, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut left) = (pin!(future), times);
    poll_fn(|cx| {
        left = left.saturating_sub(1);
        match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Lets others run, a different while each time, so that tasks meet in many ways also where a
/// single thread runs them in a fixed order.
pub(super) async fn let_others_run(number: u64) {
    for _ in 0..=number % 4 {
        yield_now().await;
    }
}

/// Runs futures beside each other, each as a task of its own, and gives their values in no order.
pub(super) async fn together<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let mut tasks: JoinSet<_> = futures.into_iter().collect();
    let mut values = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        values.push(ended.unwrap_or_else(|error| resume_unwind(error.into_panic())));
    }
    values
}
