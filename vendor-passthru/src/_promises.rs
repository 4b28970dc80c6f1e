//! # What is promised, and what is not
//!
//! Each paragraph below ends with the tests that show it, and a test of its own checks that they
//! exist: by its function's name, or, with a slash, a case that must not compile. A *store* is the
//! [`LockStore`](crate::LockStore) and the [`NodeStore`](crate::NodeStore) of a conductor.
//!
//! ## Locks
//!
//! At most one call at a time holds a node's exclusive lock, over all conductors on one store.
//! Shown by `b49_there_is_one_holder_in_one_conductor_and_in_two`.
//!
//! Callers of one conductor get a node in the order in which they came. The release itself wakes the
//! next one, also where it waits in another conductor. Shown by
//! `b50_waiters_are_served_in_order_of_arrival`, `b50_a_waiter_is_woken_by_the_release_itself`,
//! `b50_a_waiter_in_another_conductor_is_woken_too`.
//!
//! A call waits for a locked node as long as the settings or its caller say, and then gets a 409 that
//! names the holder, its purpose and its age. Shown by
//! `b50_a_call_on_a_locked_node_is_409_after_three_seconds`,
//! `b50_the_409_names_holder_purpose_and_age`,
//! `b50_attempts_and_interval_are_the_conductors_to_set`.
//!
//! A caller that goes away leaves the queue at once and takes nobody's turn; one that is merely not
//! polled keeps its own. Shown by `b50_a_waiter_whose_client_goes_away_leaves_the_queue`,
//! `b50_a_waiter_has_its_turn_although_its_caller_is_not_polled`.
//!
//! Waiting for one node delays no call on another. Shown by
//! `b49_locks_of_other_nodes_do_not_matter`.
//!
//! The lock is given back however a call ends: with a value, an error or a panic, refused by
//! validation or for want of a worker, its client gone, its node deleted. Shown by
//! `b54_the_lock_is_released_on_every_exit`, `b54_a_plain_function_releases_the_lock_too`,
//! `b54_a_node_that_is_deleted_meanwhile_is_no_error`, `b65_a_full_pool_releases_the_lock`.
//!
//! Only a task under the exclusive lock changes and saves its node, and only it satisfies a helper
//! that takes `&Task`; nothing else compiles. Shown by `task/node_mut_of_a_shared_task`,
//! `task/save_of_a_shared_task`, `task/exclusive_helper_with_a_shared_task`,
//! `task/upgraded_task_spawned`.
//!
//! `upgrade_lock` reads the node anew; if it has another driver or vendor interface by then, the call
//! is looked up again. Shown by `b52_upgrade_lock_reserves_the_node_and_reloads_it`,
//! `b52_a_synchronous_upgrade_whose_node_changed_is_looked_up_again`,
//! `b52_an_asynchronous_upgrade_whose_node_changed_is_looked_up_again`.
//!
//! ## Calls
//!
//! A method that has started runs to its end, also when its caller goes away, wherever the caller
//! was at that moment. Shown by `b66_a_synchronous_call_runs_on_when_its_client_goes_away`,
//! `b66_a_plain_function_runs_on_when_its_client_goes_away`.
//!
//! A caller that has waited for a running method as long as it may is answered 504; the method runs
//! on, under its lock. Shown by `b67_a_call_that_takes_long_is_504_and_runs_on_under_its_lock`.
//!
//! A panic of a driver is that call's 500 and harms nothing else. Shown by
//! `b54_the_lock_is_released_on_every_exit`, `b62_a_panic_is_a_failure_too`.
//!
//! The pool of workers counts what runs and nothing else. A full one refuses at once, and leaves the
//! node unlocked. Shown by `b64_only_running_work_is_counted`,
//! `b64_a_full_pool_is_503_with_retry_after`, `b65_a_full_pool_releases_the_lock`.
//!
//! Shutting down refuses new calls at once, lets the running ones finish in time, and then cancels,
//! records and unlocks the rest. Shown by
//! `b68_shutting_down_refuses_new_calls_and_lets_running_ones_finish`,
//! `b68_what_does_not_end_in_time_is_cancelled_and_unlocked`,
//! `b68_what_was_cancelled_in_the_background_is_recorded`.
//!
//! ## Failures
//!
//! The failure of an asynchronous call is recorded on its node, by the method's public name and with
//! a time, over an older one. Nothing else that the method had changed and not saved is stored with
//! it. Shown by `b62_an_asynchronous_failure_is_recorded_and_nothing_else_is`,
//! `b62_a_stale_error_does_not_hide_a_new_one`.
//!
//! The failures of driver methods, which have no node, are kept by the conductor, the latest
//! hundred of this life. Shown by `b63_an_asynchronous_driver_failure_is_kept`,
//! `the_oldest_failures_make_room`.
//!
//! ## What is not promised
//!
//! No lock can make a BMC do a thing exactly once. A method that was interrupted, or that lost its
//! reservation, may or may not have reached it: what is recorded says so, and nothing is repeated
//! by itself. Shown by `b68_what_was_cancelled_in_the_background_is_recorded`.
