//! # What is promised, and what is not
//!
//! Each sentence below is followed by the tests that show it: by a function's name, or, with a
//! slash, by a case that must not compile. A test of its own checks that there are such tests for
//! each. A *store* is the [`LockStore`](crate::LockStore) and the [`NodeStore`](crate::NodeStore)
//! of a conductor.
//!
//! ## Locks
//!
//! At most one call at a time holds a node's exclusive lock, over all conductors on one store.
//! Shown by `one_call_at_a_time_has_the_node_and_each_has_it_once`,
//! `two_conductors_exclude_and_wake_each_other`,
//! `b49_there_is_one_holder_in_one_conductor_and_in_two`.
//!
//! Callers of one conductor get a node in the order in which they came. Shown by
//! `waiters_have_their_turn_in_order_of_arrival`, `b50_waiters_are_served_in_order_of_arrival`.
//!
//! The release itself wakes the next caller, also where it waits in another conductor. Shown by
//! `b50_a_waiter_is_woken_by_the_release_itself`, `b50_a_waiter_in_another_conductor_is_woken_too`,
//! `a_waiter_that_gives_up_takes_nobody_elses_turn`.
//!
//! A call waits for a locked node as long as its caller or the settings say, and then gets a 409
//! that names the holder, its purpose and its age. Shown by
//! `b50_a_call_on_a_locked_node_is_409_after_three_seconds`,
//! `b50_the_409_names_holder_purpose_and_age`,
//! `b50_attempts_and_interval_are_the_conductors_to_set`, `b50_a_caller_says_how_long_it_waits`.
//!
//! A caller that goes away leaves the queue at once and takes nobody's turn; one that is merely not
//! polled keeps its own. Shown by `a_waiter_that_gives_up_takes_nobody_elses_turn`,
//! `b50_a_waiter_whose_client_goes_away_leaves_the_queue`,
//! `b50_a_waiter_has_its_turn_although_its_caller_is_not_polled`.
//!
//! Waiting for one node delays no call on another. Shown by
//! `b49_locks_of_other_nodes_do_not_matter`, `all_calls_on_many_nodes_succeed`.
//!
//! The lock is given back however a call ends: with a value, an error or a panic, be it in the
//! method, in its validation or in the `Drop` of what it holds; refused for want of a worker; its
//! client gone at whichever moment; its node deleted. Shown by
//! `b54_the_lock_is_released_on_every_exit`, `b54_a_plain_function_releases_the_lock_too`,
//! `b43_a_panic_in_validation_is_500_before_any_202`,
//! `b54_a_panic_in_the_drop_of_what_a_method_holds_is_its_failure`,
//! `b65_a_full_pool_releases_the_lock`, `b66_a_caller_may_go_away_at_any_moment`,
//! `b54_a_node_that_is_deleted_meanwhile_is_no_error`.
//!
//! A store that fails for a while leaves no node locked: a release is tried again until it
//! succeeds, and what was reserved without anybody's knowing is released by the node's next caller.
//! Shown by `a_store_that_fails_costs_calls_but_never_the_node`,
//! `b54_a_release_that_fails_is_tried_again_each_second`,
//! `b54_a_node_that_was_reserved_by_a_store_that_failed_is_the_next_callers`.
//!
//! Only a task under the exclusive lock changes and saves its node, and only it satisfies a helper
//! that takes `&Task`; nothing else compiles, nor does keeping the task beyond its call. Shown by
//! `task/node_mut_of_a_shared_task`, `task/save_of_a_shared_task`,
//! `task/exclusive_helper_with_a_shared_task`, `task/task_kept_in_self`,
//! `task/upgraded_task_spawned`.
//!
//! Locking reads the node anew; if it has another driver or vendor interface by then, the call is
//! looked up again. Shown by `b52_upgrade_lock_reserves_the_node_and_reloads_it`,
//! `b52_an_exclusive_call_whose_node_changed_while_it_waited_is_looked_up_again`,
//! `b52_a_synchronous_upgrade_whose_node_changed_is_looked_up_again`,
//! `b52_an_asynchronous_upgrade_whose_node_changed_is_looked_up_again`.
//!
//! An operator can list what is held and break one lock, by its node and fence. Shown by
//! `b57_all_reservations_are_listed`, `b57_a_reservation_is_broken_by_its_fence_alone`,
//! `b57_breaking_a_reservation_is_audited`.
//!
//! A method that loses its lock is told, wherever it runs, and can save nothing any more. Shown by
//! `b56_a_method_that_lost_its_reservation_is_told_and_saves_nothing`,
//! `b56_a_reservation_that_another_conductor_took_is_lost`,
//! `a_broken_reservation_is_lost_by_its_holder_and_free_for_others`.
//!
//! A conductor that starts again clears what its earlier life left reserved before it takes its
//! first call, and records each on its node as interrupted, by method. Shown by
//! `b55_what_an_earlier_life_left_is_cleared_and_recorded`, `b55_the_first_call_clears_by_itself`,
//! `b55_what_ended_with_its_runtime_is_cleared_and_recorded_by_the_next_one`.
//!
//! ## Calls
//!
//! A method that has started runs to its end, also when its caller goes away. Shown by
//! `b66_a_synchronous_call_runs_on_when_its_client_goes_away`,
//! `b66_a_plain_function_runs_on_when_its_client_goes_away`,
//! `b66_a_caller_may_go_away_at_any_moment`.
//!
//! A caller that has waited for a running method as long as it may is answered 504; the method runs
//! on, under its lock. Shown by `b67_a_call_that_takes_long_is_504_and_runs_on_under_its_lock`,
//! `b67_the_caller_comes_before_the_method_and_that_before_the_conductor`.
//!
//! A caller is answered in the end even where a store never comes back. Shown by
//! `b67_a_caller_is_504_although_the_store_never_comes_back`.
//!
//! A method that runs longer than its run limit is cancelled and recorded. Shown by
//! `b54_a_method_that_runs_too_long_is_interrupted_and_its_caller_told`,
//! `b54_a_method_that_runs_too_long_in_the_background_is_recorded`.
//!
//! A method that is cancelled is told so and has a time of grace to end by itself; after the
//! cancellation it saves nothing and takes no lock. Shown by
//! `b56_a_method_hears_of_its_end_in_whichever_way_it_listens`,
//! `b68_a_method_that_ends_within_the_grace_has_finished`,
//! `b68_a_method_that_takes_longer_than_the_grace_is_dropped`,
//! `b56_after_its_cancellation_a_method_stores_and_reserves_nothing`.
//!
//! A panic of a driver is that call's 500 and harms nothing else. Shown by
//! `b54_the_lock_is_released_on_every_exit`, `b62_a_panic_is_a_failure_too`,
//! `b43_what_a_method_panics_with_may_panic_in_turn`.
//!
//! The pool of workers counts what runs and nothing else. Shown by
//! `workers_are_never_more_than_there_are_and_all_come_back`, `b64_only_running_work_is_counted`,
//! `a_pool_that_was_full_is_whole_again`.
//!
//! A full pool refuses at once and leaves the node unlocked. Shown by
//! `b65_a_full_pool_is_told_at_once_and_the_lock_is_free`,
//! `a_full_pool_refuses_at_once_and_locks_nothing`.
//!
//! A driver takes no more workers than its share. Shown by
//! `b64_a_driver_takes_its_share_and_leaves_the_rest_to_the_others`.
//!
//! Shutting down refuses new calls at once and lets the running ones finish in time. Shown by
//! `b68_shutting_down_refuses_new_calls_and_lets_running_ones_finish`.
//!
//! What does not finish in time is cancelled, recorded and unlocked. Shown by
//! `b68_what_does_not_end_in_time_is_cancelled_and_unlocked`,
//! `b68_what_was_cancelled_in_the_background_is_recorded`.
//!
//! Shutting down comes to an end itself, and tells how many calls there were of each kind. Shown by
//! `b68_every_call_is_in_one_of_the_figures`, `b68_a_call_whose_store_never_comes_back_is_stuck`.
//!
//! ## Failures
//!
//! The failure of an asynchronous call is recorded on its node, by the method's public name and
//! with a time, over an older one. Shown by
//! `b62_an_asynchronous_failure_is_recorded_and_nothing_else_is`,
//! `b62_a_stale_error_does_not_hide_a_new_one`.
//!
//! Nothing else that the method had changed and not saved is stored with its failure. Shown by
//! `b62_an_asynchronous_failure_is_recorded_and_nothing_else_is`.
//!
//! The failure of a synchronous call is recorded too if its caller was gone by then, or had its
//! 504. Shown by `b66_a_failure_that_its_caller_did_not_wait_for_is_recorded`,
//! `b67_a_failure_after_the_504_is_recorded`.
//!
//! A recorded failure is not undone by a task that saves an older copy of the node. Shown by
//! `nodes_in_memory_hold_the_rules`, `each_defect_of_a_node_store_is_found`.
//!
//! The failures of driver methods, which have no node, and those that could not be recorded on
//! theirs are kept by the conductor, the latest hundred of this life. Shown by
//! `b63_an_asynchronous_driver_failure_is_kept`,
//! `b62_a_failure_that_cannot_be_recorded_on_its_node_is_kept`, `the_oldest_failures_make_room`.
//!
//! ## All of it together
//!
//! Whatever calls, faults and cancellations come together in whichever order, these promises hold.
//! Shown by `what_is_promised_holds_whatever_happens`.
//!
//! Any store that passes the suites of `testing::conformance` keeps its part of them, and the one
//! in memory does. Shown by `locks_in_memory_hold_the_rules`, `nodes_in_memory_hold_the_rules`,
//! `each_defect_of_a_lock_store_is_found`, `each_defect_of_a_node_store_is_found`.
//!
//! ## What is not promised
//!
//! No lock can make a BMC do a thing exactly once: a method that was interrupted, or that lost its
//! lock, may or may not have reached it, and what is answered and recorded says no more. Shown by
//! `b56_an_asynchronous_call_that_lost_its_reservation_is_recorded`,
//! `b68_what_was_cancelled_in_the_background_is_recorded`.
//!
//! No status invites a client to repeat such a call, and nothing is repeated by itself. Shown by
//! `b56_a_lost_reservation_is_never_answered_as_a_call_that_is_to_be_repeated`,
//! `what_was_told_to_end_is_not_looked_up_again`.
//!
//! A lock that is broken excludes nobody any more, although its method may still be talking to the
//! BMC. Shown by `b57_another_conductor_does_not_wait_for_the_method`,
//! `b57_a_plain_function_that_does_not_end_keeps_nobody_from_a_node_whose_lock_was_broken`.
//!
//! A plain `fn` cannot be cancelled: one that does not ask keeps its node and its worker beyond its
//! run limit, until it ends. Shown by
//! `b54_a_plain_function_that_runs_too_long_keeps_its_node_until_its_thread_ends`,
//! `b54_a_plain_function_that_runs_too_long_keeps_its_worker_until_its_thread_ends`,
//! `b54_a_plain_function_that_asks_ends_early`.
//!
//! Shutting down unlocks the node of a plain `fn` that does not end, and leaves its thread running.
//! Shown by `b68_a_plain_function_is_recorded_and_unlocked_although_it_runs_on`,
//! `b68_shutting_down_frees_what_a_plain_function_keeps_beyond_its_run_limit`.
//!
//! An `async fn` that blocks its thread cannot be cancelled either, nor can a call whose store
//! never comes back: shutting down calls them stuck, and leaves their nodes locked until the
//! conductor's next life. Shown by
//! `b68_a_method_that_keeps_its_thread_is_stuck_and_hinders_nobody`,
//! `b68_a_call_whose_store_never_comes_back_is_stuck`.
//!
//! The lock is not re-entrant: a method that calls an exclusive method of its own node, or upgrades
//! twice, waits in vain and gets the 409. Shown by
//! `b49_a_method_cannot_call_an_exclusive_method_of_its_own_node`,
//! `b52_upgrade_lock_is_not_re_entrant`.
//!
//! A process that is killed says nothing: its clients see their connections end. Shown by
//! `a_kill_ends_a_synchronous_call_without_an_answer`,
//! `a_kill_ends_a_call_that_waits_for_the_node_without_an_answer`,
//! `a_kill_ends_a_shared_call_without_an_answer`.
//!
//! With the store in memory, the next life of a killed conductor knows of no call, no lock and no
//! failure, and claims none. Shown by `a_kill_forgets_an_asynchronous_call`,
//! `a_kill_ends_a_program_that_waits_for_its_calls`.
