//! What a lock store has to hold: one holder at a time, fences that only grow, waits that end.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::task::yield_now;

use super::trial::{
    Conductor, Refusal, Rule, Trial, holder, let_others_run, other_fences, polled, together,
};
use super::{Subject, suite};
use crate::sync::race;
use crate::{Holder, LockStore, Reservation, Uuid};

/// How far a store's clock may be from that of the test.
const CLOCKS: Duration = Duration::from_hours(1);

suite! {
    /// Tries the rules of a [`LockStore`].
    lock_store:

    a_free_node_is_acquired
        "The reservation tells the very holder, the fence of the attempt, and since when, by a \
         clock that is right to the hour."
    a_held_node_is_not_acquired
        "Neither by another holder nor again by its own; both learn of the reservation, which \
         stays as it is."
    nodes_are_held_independently
        "What happens to one node is nothing to another."
    one_of_many_attempts_succeeds
        "Of attempts at the same moment one gets the node, all others learn of its reservation."
    a_release_ends_the_reservation_once
        "The first release tells that there was a reservation, the next that there was none."
    one_of_many_releases_succeeds
        "Of releases at the same moment one tells that it ended the reservation."
    another_fence_releases_nothing
        "Be it smaller or larger, 0 or the largest there is."
    a_stale_fence_releases_nothing
        "The reservation of a later holder stays as it is."
    fences_only_grow
        "Whoever holds the node, and whether its reservations are released or broken."
    a_node_that_is_unknown_is_never_held
        "An attempt tells that it is not found, everything else that it is free."
    a_wait_does_not_end_at_once_while_the_node_is_held
        "It may end early, but takes its time: no less than two questions take."
    a_wait_ends_with_the_release
        "Its own conductor's, or another's that breaks the lock."
    a_wait_misses_no_release
        "However far it has come when the reservation ends."
    a_wait_ends_with_the_node
        "When the node is removed, its reservation has ended."
    a_wait_for_another_fence_ends_at_once
        "Stale or never given, on a node that is held, free or unknown."
    every_wait_ends
        "However many wait for the same reservation, on either conductor."
    a_dropped_wait_changes_nothing
        "The reservation stays, and other waits for its end go on."
    reservations_are_those_held
        "Each with its node, as it is told of the node itself, and none that has ended."
    a_removed_node_is_not_held
        "Its reservation is gone and released by nobody, and it is not found."
    a_node_added_again_is_another
        "It is free, and its fences are larger than those that its UUID had before; with those, \
         nothing is released."
    one_holder_at_a_time
        "When many tasks want a few nodes again and again, everyone's turn comes, alone, under a \
         larger fence than anyone's before."
    what_is_acquired_at_once_is_held
        "`try_acquire_now` does what `try_acquire` does; where it gives no answer, it has done \
         nothing."
    one_of_many_attempts_of_both_kinds_succeeds
        "Of attempts at the same moment, at once or not, one gets the node."
    what_is_released_at_once_has_ended
        "`release_now` does what `release` does, and ends the waits; where it gives no answer, it \
         has done nothing."
    fences_grow_of_both_kinds
        "Whether the node is acquired and released at once or not."
}

async fn a_free_node_is_acquired(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    trial.same("reservation of a new node", trial.one.reservation(node).await, None);
    let purpose = "vendor method `größer`, \"50%_\\\" 'x'\n\u{1f512}";
    let holder = Holder::new("conductor-ä.example", Uuid::new_v4(), "req-1", purpose);
    let fence = trial.one.reserve(node, &holder).await;
    for conductor in [&trial.one, &trial.other] {
        let found = conductor.reserved(node).await;
        let now = SystemTime::now();
        let plausible = now - CLOCKS <= found.since && found.since <= now + CLOCKS;
        trial.check(plausible, "since", "within an hour of now", found.since);
        trial.same("holder", found.holder, holder.clone());
        trial.same("fence", found.fence, fence);
    }
}

async fn a_held_node_is_not_acquired(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let holder_of_it = holder("the first");
    trial.one.reserve(node, &holder_of_it).await;
    let held = trial.one.reserved(node).await;
    for conductor in [&trial.one, &trial.other] {
        for holder in [&holder("the second"), &holder_of_it] {
            let attempt = conductor.attempt(node, holder).await;
            trial.same("try_acquire of a held node", attempt, Err(held.clone()));
        }
        let after = conductor.reserved(node).await;
        trial.same("reservation after it", after, held.clone());
    }
}

async fn nodes_are_held_independently(trial: &Trial<'_, impl Subject>) {
    let (node, bystander) = (trial.node().await, trial.node().await);
    let fence = trial.one.hold(node).await;
    trial.same("reservation of the other node", trial.one.reservation(bystander).await, None);
    let other = trial.one.hold(bystander).await;
    let held = trial.one.reserved(bystander).await;
    trial.one.free(node, fence).await;
    trial.same("the other node's after the release", trial.one.reserved(bystander).await, held);
    trial.one.free(bystander, other).await;
}

async fn one_of_many_attempts_succeeds(trial: &Trial<'_, impl Subject>) {
    for _ in 0..5 {
        let node = trial.node().await;
        let attempts =
            together(conductors(trial, 12).map(|conductor| async move {
                conductor.attempt(node, &holder("one of many")).await
            }))
            .await;
        one_succeeded(trial, node, attempts).await;
    }
}

async fn one_succeeded(
    trial: &Trial<'_, impl Subject>,
    node: Uuid,
    attempts: Vec<Result<u64, Reservation>>,
) {
    let held = trial.one.reserved(node).await;
    let acquired: Vec<_> = attempts.iter().filter_map(|attempt| attempt.as_ref().ok()).collect();
    trial.same("fences that were acquired", acquired, vec![&held.fence]);
    for by in attempts.into_iter().filter_map(Result::err) {
        trial.same("reservation that was in the way", by, held.clone());
    }
}

async fn a_release_ends_the_reservation_once(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let fence = trial.one.hold(node).await;
    trial.same("the first release", trial.one.release(node, fence).await, true);
    for conductor in [&trial.one, &trial.other] {
        trial.same("reservation after the release", conductor.reservation(node).await, None);
        trial.same("one more release", conductor.release(node, fence).await, false);
    }
    trial.other.hold(node).await;
}

async fn one_of_many_releases_succeeds(trial: &Trial<'_, impl Subject>) {
    for _ in 0..5 {
        let node = trial.node().await;
        let fence = trial.one.hold(node).await;
        let releases = together(
            conductors(trial, 12)
                .map(|conductor| async move { conductor.release(node, fence).await }),
        )
        .await;
        let ended = releases.into_iter().filter(|released| *released).count();
        trial.same("releases that ended the reservation", ended, 1);
    }
}

async fn another_fence_releases_nothing(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    // A few rounds, so that smaller fences have been given too.
    for _ in 0..3 {
        let fence = trial.one.hold(node).await;
        let held = trial.one.reserved(node).await;
        for wrong in other_fences(fence) {
            let what = format_args!("release of fence {wrong} beside {fence}").to_string();
            trial.same(what, trial.other.release(node, wrong).await, false);
            let after = trial.one.reserved(node).await;
            trial.same("reservation after it", after, held.clone());
        }
        trial.one.free(node, fence).await;
        for wrong in other_fences(fence) {
            let what = format_args!("release of fence {wrong} of a free node").to_string();
            trial.same(what, trial.other.release(node, wrong).await, false);
        }
    }
}

async fn a_stale_fence_releases_nothing(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let stale = trial.one.hold(node).await;
    trial.other.free(node, stale).await;
    let fence = trial.other.reserve(node, &holder("the next")).await;
    let held = trial.other.reserved(node).await;
    trial.same("release of the stale fence", trial.one.release(node, stale).await, false);
    trial.same("reservation after it", trial.one.reserved(node).await, held);
    trial.other.free(node, fence).await;
}

async fn fences_only_grow(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let mut fences = Vec::new();
    for _ in 0..4 {
        for (holds, releases) in
            [(&trial.one, &trial.one), (&trial.one, &trial.other), (&trial.other, &trial.one)]
        {
            let fence = holds.hold(node).await;
            let attempt = releases.attempt(node, &holder("another")).await;
            trial.same("a second attempt is refused", attempt.is_err(), true);
            releases.free(node, fence).await;
            fences.push(fence);
        }
    }
    let grow = fences.is_sorted_by(|earlier, later| earlier < later);
    trial.check(grow, "fences of one node", "each larger than the one before", fences);
}

async fn a_node_that_is_unknown_is_never_held(trial: &Trial<'_, impl Subject>) {
    never_held(trial, Uuid::new_v4(), 1).await;
}

/// Holds for a node that does not exist, whatever fence it may have had.
async fn never_held(trial: &Trial<'_, impl Subject>, node: Uuid, fence: u64) {
    for conductor in [&trial.one, &trial.other] {
        let refusal = conductor.refused_attempt(node).await;
        trial.same("try_acquire", refusal, Refusal::NodeNotFound);
        for fence in other_fences(fence).chain([fence]) {
            trial.same("release", conductor.release(node, fence).await, false);
            conductor.wait(node, fence).await;
        }
        trial.same("reservation", conductor.reservation(node).await, None);
        trial.same("reservations of it", conductor.reservations(&[node]).await, vec![]);
    }
}

async fn a_wait_does_not_end_at_once_while_the_node_is_held(trial: &Trial<'_, impl Subject>) {
    const QUESTIONS: usize = 64;
    let node = trial.node().await;
    let fence = trial.one.hold(node).await;
    let held = trial.one.reserved(node).await;
    let waits = async {
        for _ in 0..QUESTIONS / 2 {
            trial.one.store.wait_ended(node, fence).await;
        }
        "more than half as many waits"
    };
    let questions = async {
        for _ in 0..QUESTIONS {
            let after = trial.other.reserved(node).await;
            trial.same("reservation", after, held.clone());
            yield_now().await;
        }
        "no more waits"
    };
    let what = format_args!("waits that ended, beside {QUESTIONS} questions").to_string();
    trial.same(what, race(waits, questions).await, "no more waits");
}

async fn a_wait_ends_with_the_release(trial: &Trial<'_, impl Subject>) {
    for releases in [&trial.one, &trial.other] {
        let node = trial.node().await;
        let fence = trial.one.hold(node).await;
        let mut wait = pin!(trial.one.ended(node, fence));
        trial.one.begun(node, wait.as_mut()).await;
        releases.free(node, fence).await;
        wait.await;
    }
}

async fn a_wait_misses_no_release(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    for polls in 0..8 {
        let fence = trial.one.hold(node).await;
        let mut wait = pin!(trial.one.ended(node, fence));
        for _ in 0..polls {
            polled(1, wait.as_mut()).await;
        }
        trial.other.free(node, fence).await;
        wait.await;
    }
}

async fn a_wait_ends_with_the_node(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let fence = trial.one.hold(node).await;
    let mut wait = pin!(trial.one.ended(node, fence));
    trial.one.begun(node, wait.as_mut()).await;
    trial.remove(node).await;
    wait.await;
}

async fn a_wait_for_another_fence_ends_at_once(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    trial.one.wait(node, 1).await;
    let stale = trial.one.hold(node).await;
    trial.one.free(node, stale).await;
    trial.one.wait(node, stale).await;
    let fence = trial.other.hold(node).await;
    for wrong in other_fences(fence).chain([stale]) {
        trial.one.wait(node, wrong).await;
    }
    trial.one.wait(Uuid::new_v4(), fence).await;
}

async fn every_wait_ends(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let fence = trial.one.hold(node).await;
    let mut waits: Vec<_> = conductors(trial, 16)
        .map(|conductor| Box::pin(async move { conductor.ended(node, fence).await }))
        .collect();
    for wait in &mut waits {
        trial.one.begun(node, wait.as_mut()).await;
    }
    trial.one.free(node, fence).await;
    together(waits).await;
}

async fn a_dropped_wait_changes_nothing(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let fence = trial.one.hold(node).await;
    let held = trial.one.reserved(node).await;
    let mut other = pin!(trial.one.ended(node, fence));
    trial.one.begun(node, other.as_mut()).await;
    for _ in 0..4 {
        polled(1, trial.one.store.wait_ended(node, fence)).await;
        let dropped = pin!(trial.one.ended(node, fence));
        trial.one.begun(node, dropped).await;
        trial.same("reservation after it", trial.one.reserved(node).await, held.clone());
    }
    trial.one.free(node, fence).await;
    other.await;
}

async fn reservations_are_those_held(trial: &Trial<'_, impl Subject>) {
    let mut nodes = Vec::new();
    let mut fences = Vec::new();
    for call in ["first", "second", "third"] {
        let node = trial.node().await;
        nodes.push(node);
        fences.push(trial.one.reserve(node, &holder(call)).await);
    }
    // A node that is free all the time is none of them.
    nodes.push(trial.node().await);
    let mut held = Vec::new();
    for (node, _) in nodes.iter().zip(&fences) {
        held.push((*node, trial.one.reserved(*node).await));
    }
    for (node, fence) in nodes.iter().zip(fences) {
        trial.same("reservations", trial.other.reservations(&nodes).await, held.clone());
        trial.one.free(*node, fence).await;
        held.remove(0);
    }
    trial.same("reservations in the end", trial.other.reservations(&nodes).await, vec![]);
}

async fn a_removed_node_is_not_held(trial: &Trial<'_, impl Subject>) {
    let (held, free) = (trial.node().await, trial.node().await);
    let fence = trial.one.hold(held).await;
    trial.remove(held).await;
    never_held(trial, held, fence).await;
    trial.remove(free).await;
    never_held(trial, free, 1).await;
}

async fn a_node_added_again_is_another(trial: &Trial<'_, impl Subject>) {
    let node = trial.added(super::trial::node()).await;
    let uuid = node.uuid();
    let mut fences = Vec::new();
    for _ in 0..3 {
        trial.same("reservation of the new node", trial.one.reservation(uuid).await, None);
        released_by_none(trial, uuid, &fences).await;
        let fence = trial.one.hold(uuid).await;
        released_by_none(trial, uuid, &fences).await;
        trial.same("fence after that", trial.one.reserved(uuid).await.fence, fence);
        fences.push(fence);
        trial.remove(uuid).await;
        trial.added(node.clone()).await;
    }
    let grow = fences.is_sorted_by(|earlier, later| earlier < later);
    trial.check(grow, "fences of one UUID", "each larger than the one before", fences);
}

async fn released_by_none(trial: &Trial<'_, impl Subject>, node: Uuid, fences: &[u64]) {
    for fence in fences {
        let released = trial.other.release(node, *fence).await;
        trial.same("release of an earlier node's fence", released, false);
    }
}

/// How many tasks want each node of a storm, and how often each of them.
const TASKS: usize = 6;
const ROUNDS: usize = 5;

/// A node that many want, and what its holders write down while it is theirs.
struct Wanted {
    node: Uuid,
    taken: AtomicBool,
    fences: Mutex<Vec<u64>>,
}

async fn one_holder_at_a_time(trial: &Trial<'_, impl Subject>) {
    let mut all = Vec::new();
    for _ in 0..3 {
        let (taken, fences) = (AtomicBool::new(false), Mutex::default());
        all.push(Arc::new(Wanted { node: trial.node().await, taken, fences }));
    }
    let tasks = all.iter().flat_map(|wanted| {
        conductors(trial, TASKS)
            .map(|conductor| take_again_and_again(conductor, Arc::clone(wanted)))
    });
    together(tasks).await;
    for wanted in all {
        let fences = wanted.fences.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let distinct = fences.iter().collect::<HashSet<_>>().len();
        trial.same("different fences of one node", distinct, TASKS * ROUNDS);
        let grow = fences.is_sorted_by(|earlier, later| earlier < later);
        trial.check(grow, "fences of one node", "each larger than the one before", fences);
        trial.same("in the end", trial.one.reservation(wanted.node).await, None);
    }
}

async fn take_again_and_again<S: LockStore>(conductor: Conductor<S>, wanted: Arc<Wanted>) {
    let holder = holder("again and again");
    for _ in 0..ROUNDS {
        let fence = conductor.hold_in_turn(wanted.node, &holder).await;
        let taken = wanted.taken.swap(true, Ordering::SeqCst);
        conductor.same("another holder at the same time", taken, false);
        wanted.fences.lock().unwrap_or_else(PoisonError::into_inner).push(fence);
        let_others_run(fence).await;
        let reserved = conductor.reserved(wanted.node).await;
        conductor.same("reservation", (reserved.holder, reserved.fence), (holder.clone(), fence));
        wanted.taken.store(false, Ordering::SeqCst);
        conductor.free(wanted.node, fence).await;
    }
}

async fn what_is_acquired_at_once_is_held(trial: &Trial<'_, impl Subject>) {
    let (node, removed) = (trial.node().await, trial.node().await);
    let holder_of_it = holder("at once");
    let acquired = trial.one.attempt_now(node, &holder_of_it);
    let held = trial.other.reservation(node).await;
    let expected = held.as_ref().map(|held| Ok(held.fence));
    trial.same("try_acquire_now of a free node that is then so reserved", acquired, expected);
    if held.is_none() {
        trial.one.reserve(node, &holder_of_it).await;
    }
    let held = trial.other.reserved(node).await;
    trial.same("holder", &held.holder, &holder_of_it);
    trial.remove(removed).await;
    for conductor in [&trial.one, &trial.other] {
        for holder in [&holder("the second"), &holder_of_it] {
            let attempt = conductor.attempt_at_once(node, holder).await;
            trial.same("try_acquire_now of a held node", attempt, Err(held.clone()));
            let attempt = conductor.attempt(node, holder).await;
            trial.same("try_acquire of a node held so", attempt, Err(held.clone()));
            trial.same("reservation after it", conductor.reserved(node).await, held.clone());
        }
        for unknown in [removed, Uuid::new_v4()] {
            let refusal = conductor.refused_attempt_now(unknown).unwrap_or(Refusal::NodeNotFound);
            trial.same("try_acquire_now", refusal, Refusal::NodeNotFound);
            trial.same("reservation after it", conductor.reservation(unknown).await, None);
        }
    }
    trial.other.free(node, held.fence).await;
}

async fn one_of_many_attempts_of_both_kinds_succeeds(trial: &Trial<'_, impl Subject>) {
    for _ in 0..5 {
        let node = trial.node().await;
        let attempts = conductors(trial, 12).zip([false, true].into_iter().cycle()).map(
            |(conductor, at_once)| async move {
                let holder = holder("one of many");
                if at_once {
                    conductor.attempt_at_once(node, &holder).await
                } else {
                    conductor.attempt(node, &holder).await
                }
            },
        );
        one_succeeded(trial, node, together(attempts).await).await;
    }
}

async fn what_is_released_at_once_has_ended(trial: &Trial<'_, impl Subject>) {
    for releases in [&trial.one, &trial.other] {
        let node = trial.node().await;
        let fence = trial.one.hold(node).await;
        let held = trial.one.reserved(node).await;
        for wrong in other_fences(fence) {
            let what = format_args!("release_now of fence {wrong} beside {fence}").to_string();
            trial.same(what, releases.release_now(node, wrong).unwrap_or(false), false);
            trial.same("reservation after it", trial.one.reserved(node).await, held.clone());
        }
        let mut wait = pin!(trial.one.ended(node, fence));
        trial.one.begun(node, wait.as_mut()).await;
        let released = releases.release_now(node, fence);
        trial.same("release_now of the present fence", released.unwrap_or(true), true);
        let expected = released.is_none().then_some(held);
        trial.same("reservation after it", trial.one.reservation(node).await, expected);
        if released.is_none() {
            releases.free(node, fence).await;
        }
        wait.await;
        let again = releases.release_now(node, fence).unwrap_or(false);
        trial.same("one more release_now", again, false);
        trial.same("one more release", releases.release(node, fence).await, false);
        trial.other.hold(node).await;
    }
}

async fn fences_grow_of_both_kinds(trial: &Trial<'_, impl Subject>) {
    let node = trial.node().await;
    let mut fences = Vec::new();
    for (holds, releases) in [(&trial.one, &trial.one), (&trial.one, &trial.other)].repeat(3) {
        let fence = holds.hold_at_once(node).await;
        releases.free(node, fence).await;
        fences.push(fence);
        let fence = releases.hold(node).await;
        holds.free_at_once(node, fence).await;
        fences.push(fence);
    }
    let grow = fences.is_sorted_by(|earlier, later| earlier < later);
    trial.check(grow, "fences of one node", "each larger than the one before", fences);
}

/// So many times one of the two conductors, in turn.
fn conductors<S: Subject>(
    trial: &Trial<'_, S>,
    times: usize,
) -> impl Iterator<Item = Conductor<S::Store>> {
    [trial.one.clone(), trial.other.clone()].into_iter().cycle().take(times)
}
