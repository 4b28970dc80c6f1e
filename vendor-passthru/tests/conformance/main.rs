//! The store in memory holds the rules of the suites, and the suites find what breaks them.

#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail so")]

mod broken;
mod slow;

use std::sync::Arc;

use vendor_passthru::testing::conformance::{self, Subject};
use vendor_passthru::{MemoryStore, Node, Uuid};

use self::broken::{BrokenSubject, Defect, Defect::*};
use self::slow::Slow;

#[derive(Default)]
struct InMemory(Arc<MemoryStore>);

impl Subject for InMemory {
    type Store = MemoryStore;

    fn store(&self) -> Arc<MemoryStore> {
        Arc::clone(&self.0)
    }

    async fn add(&self, node: Node) {
        self.0.insert(node).unwrap();
    }

    async fn remove(&self, node: Uuid) {
        self.0.remove(node);
    }
}

#[tokio::test]
async fn locks_in_memory_hold_the_rules() {
    conformance::lock_store(&InMemory::default()).await;
}

#[tokio::test]
async fn nodes_in_memory_hold_the_rules() {
    conformance::node_store(&InMemory::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn locks_in_memory_hold_the_rules_on_several_threads() {
    conformance::lock_store(&InMemory::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_in_memory_hold_the_rules_on_several_threads() {
    conformance::node_store(&InMemory::default()).await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_store_that_is_told_of_nothing_holds_the_rules() {
    let subject = Slow::default();
    conformance::lock_store(&subject).await;
    conformance::node_store(&subject).await;
}

/// The rule that a store with this defect is found to break, of the locks' or of the nodes'.
async fn broken_rule(suite: Suite, defect: Defect) -> String {
    let subject = BrokenSubject::new(defect);
    let tried = tokio::spawn(async move {
        match suite {
            Suite::Locks => conformance::lock_store(&subject).await,
            Suite::Nodes => conformance::node_store(&subject).await,
        }
    });
    let Err(error) = tried.await else { return "none".to_owned() };
    let message = *error.into_panic().downcast::<String>().expect("a panic with a message");
    let rule = message.strip_prefix("rule `").and_then(|rest| rest.split_once("` is broken: "));
    rule.map_or(message.clone(), |(rule, _)| rule.to_owned())
}

#[derive(Clone, Copy)]
enum Suite {
    Locks,
    Nodes,
}

#[tokio::test(start_paused = true)]
async fn each_defect_of_a_lock_store_is_found() {
    let defects = [
        (ForgetsReservations, "a_free_node_is_acquired"),
        (ForgetsThePurpose, "a_free_node_is_acquired"),
        (DoesNotKnowTheTime, "a_free_node_is_acquired"),
        (GivesALockTwice, "a_held_node_is_not_acquired"),
        (IsReentrant, "a_held_node_is_not_acquired"),
        (ReleasesAllNodes, "nodes_are_held_independently"),
        (LooksBeforeItTakes, "one_of_many_attempts_succeeds"),
        (ReleasesNothing, "a_release_ends_the_reservation_once"),
        (AlwaysSaysReleased, "a_release_ends_the_reservation_once"),
        (LooksBeforeItReleases, "one_of_many_releases_succeeds"),
        (ReleasesAnyFence, "another_fence_releases_nothing"),
        (ReleasesOlderFences, "another_fence_releases_nothing"),
        (GivesOneFence, "a_stale_fence_releases_nothing"),
        (CountsDown, "fences_only_grow"),
        (ReservesUnknownNodes, "a_node_that_is_unknown_is_never_held"),
        (MissesUnknownNodes, "a_node_that_is_unknown_is_never_held"),
        (NeverEnds, "a_node_that_is_unknown_is_never_held"),
        (EndsAtOnce, "a_wait_does_not_end_at_once_while_the_node_is_held"),
        (EndsAfterAYield, "a_wait_does_not_end_at_once_while_the_node_is_held"),
        (MissesReleases, "a_wait_ends_with_the_release"),
        (MissesReleasesByOthers, "a_wait_ends_with_the_release"),
        (LooksBeforeItListens, "a_wait_misses_no_release"),
        (MissesRemovals, "a_wait_ends_with_the_node"),
        (KeepsReservationsOfRemovedNodes, "a_wait_ends_with_the_node"),
        (WaitsForAnyFence, "a_wait_for_another_fence_ends_at_once"),
        (WakesOne, "every_wait_ends"),
        (ReleasesOnDrop, "a_dropped_wait_changes_nothing"),
        (ListsNoReservations, "reservations_are_those_held"),
        (ListsNoNodes, "reservations_are_those_held"),
        (ReleasesRemovedNodes, "a_removed_node_is_not_held"),
        (BeginsAgain, "a_node_added_again_is_another"),
        (LooksBeforeItTakesAgain, "one_holder_at_a_time"),
        (ReservesAtOnceWithoutAnAnswer, "what_is_acquired_at_once_is_held"),
        (ReservesAtOnceForItselfAlone, "what_is_acquired_at_once_is_held"),
        (GivesALockTwiceAtOnce, "what_is_acquired_at_once_is_held"),
        (ReservesUnknownNodesAtOnce, "what_is_acquired_at_once_is_held"),
        (LocksOnlyWhereItWaits, "one_of_many_attempts_of_both_kinds_succeeds"),
        (ReleasesAtOnceWithoutAnAnswer, "what_is_released_at_once_has_ended"),
        (ReleasesNothingAtOnce, "what_is_released_at_once_has_ended"),
        (ReleasesAnyFenceAtOnce, "what_is_released_at_once_has_ended"),
        (TellsNobodyAtOnce, "what_is_released_at_once_has_ended"),
        (CountsApartAtOnce, "fences_grow_of_both_kinds"),
    ];
    for (defect, rule) in defects {
        assert_eq!(broken_rule(Suite::Locks, defect).await, rule, "{defect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_defect_of_a_node_store_is_found() {
    let defects = [
        (IgnoresCase, "a_node_is_found_by_uuid_and_by_name"),
        (AddsUnknownNodes, "a_node_that_is_unknown_is_not_found"),
        (RecordsFailuresOfUnknownNodes, "a_node_that_is_unknown_is_not_found"),
        (SavesTheLastError, "a_save_replaces_all_but_the_last_error"),
        (SavesNoInterface, "a_save_replaces_all_but_the_last_error"),
        (FindsAnOldCopy, "a_save_replaces_all_but_the_last_error"),
        (ComparesLastErrors, "a_save_replaces_all_but_the_last_error"),
        (SavesUnderAnyFence, "a_save_needs_the_present_fence"),
        (SavesUnderOlderFences, "a_save_needs_the_present_fence"),
        (GivesOneFence, "a_save_needs_the_present_fence"),
        (SavesUnderOneFenceForEver, "nothing_is_saved_after_a_break"),
        (BeginsAgain, "nothing_is_saved_after_a_removal"),
        (KeepsOldNames, "a_renamed_node_has_its_new_name_alone"),
        (SwallowsTakenNames, "a_name_that_is_taken_is_refused"),
        (SavesTheRestUnderATakenName, "a_name_that_is_taken_is_refused"),
        (LooksBeforeItRenames, "one_of_many_gets_a_name"),
        (SavesOneAtATime, "saves_at_the_same_moment_follow_each_other"),
        (RecordsTheFirstFailure, "a_failure_is_recorded"),
        (RecordsNoFailureOfAHeldNode, "a_failure_is_recorded"),
        (SavesTheLastErrorItFound, "a_save_keeps_a_failure_that_it_has_not_seen"),
        (RecordsWithAnOldCopy, "saves_and_failures_lose_nothing"),
        (SavesAnOldLastError, "saves_and_failures_lose_nothing"),
        (SavesInTwoSteps, "a_find_shows_a_whole_node"),
        (FindsByNameInTwoSteps, "a_find_shows_a_whole_node"),
        (IsHalfSavedWhenDropped, "a_dropped_save_is_whole"),
        (FindsAnOldCopyAtOnce, "what_is_found_at_once_is_what_there_is"),
        (IgnoresCaseAtOnce, "what_is_found_at_once_is_what_there_is"),
        (FindsNoNamesAtOnce, "what_is_found_at_once_is_what_there_is"),
    ];
    for (defect, rule) in defects {
        assert_eq!(broken_rule(Suite::Nodes, defect).await, rule, "{defect:?}");
    }
}
