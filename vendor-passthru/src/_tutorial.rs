//! # Tutorial
//!
//! Ten steps from an empty folder to a tested IPMI driver in a conductor that Ironic's own client
//! calls. Each step is a whole program that adds a few lines to the one before, with what it
//! answers: copy it to `src/main.rs`, `cargo run` it, and call it from a second terminal.
//!
//! 1. [A method of a driver](#1-a-method-of-a-driver)
//! 2. [A method of a node](#2-a-method-of-a-node)
//! 3. [Verbs, and the list of methods](#3-verbs-and-the-list-of-methods)
//! 4. [Modes: who waits for the BMC](#4-modes-who-waits-for-the-bmc)
//! 5. [Locks](#5-locks)
//! 6. [Arguments](#6-arguments)
//! 7. [Validation](#7-validation)
//! 8. [Errors, and work that takes long](#8-errors-and-work-that-takes-long)
//! 9. [A BMC, and a test](#9-a-bmc-and-a-test)
//! 10. [Shipping](#10-shipping)
//!
//! You need Rust 1.95 or newer, a C compiler for the linker, and `curl`; the last two steps want
//! `ipmitool` and a simulated BMC, and the very last one Ironic's client.
//!
//! In what the commands print, `[..]` stands for what differs from run to run, and `...` for lines
//! that are left out. The programs and transcripts are in `vendor-passthru/examples/tutorial` of
//! the repository, where a test plays each transcript against its program. In a clone, `cargo run
//! -p tutorial --bin tutorial_04` starts that of step 4.
//!
//! # 1. A method of a driver
//!
//! Make a package, with the library, the web framework that it serves its API with, and the
//! runtime:
//!
//! ```console
//! $ cargo new my-conductor && cd my-conductor
//! $ cargo add vendor-passthru -F http
//! $ cargo add axum
//! $ cargo add tokio -F full
//! ```
//!
//! (Until the first release: `cargo add --path ../vendor-passthru/vendor-passthru -F http`, from
//! beside a clone, in place of the second line.)
//!
//! A *driver* is the code for one kind of hardware; a *vendor interface* is a named set of methods
//! that drivers have beyond the standard ones. Here is one with a single method, and a *conductor*,
//! the process that serves it.
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_01.rs")]
//! ```
//!
//! Start it with `cargo run`; it says where it listens. In a second terminal:
//!
#![doc = include_str!("../examples/tutorial/step_01.md")]
//!
//! ## What just happened
//!
//! `#[vendor_interface]` registered `MyVendor` under the name `my-ipmi`, for the driver `my-ipmi`,
//! and [`Registry::collect`](crate::Registry::collect) found it. The function's name became part of
//! the URL, and its doc comment a description. `#[driver_passthru]` makes a method of the driver as
//! a whole: it gets the [`Context`](crate::Context), which is who is calling, and no node. What it
//! returns is sent as JSON. A name that is wrong is a 400, as in Ironic, and the message says which
//! names there are.
//!
//! `http::AllowAll` lets anyone do anything. That is for a conductor that only its own machine can
//! reach, as this one on 127.0.0.1; any other has an `http::Authorizer` of its own.
//!
//! # 2. A method of a node
//!
//! Most vendor methods act on one machine, the *node*. `#[passthru]` makes such a method; it gets a
//! [`Task`](crate::Task), which is a node held for the length of one call. A node's `driver_info`
//! says how to reach its BMC. The conductor keeps two nodes in memory, and the second one has no
//! address.
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_02.rs")]
//! ```
//!
//! Stop the program of the step before with Ctrl-C, here and in all steps to come, and start this
//! one.
//!
#![doc = include_str!("../examples/tutorial/step_02.md")]
//!
//! ## What just happened
//!
//! The nodes have the UUIDs 1 and 2, so that you can type them. The library found the node, took
//! its lock, and called `light` with the task. An [`Error`](crate::Error) knows its HTTP status: a
//! value that is missing is a 400. Its text is what the client reads, in the envelope of Ironic's
//! API: a JSON object whose `error_message` is the text of another one. Ironic's clients unpack
//! that.
//!
//! `curl` names nodes by UUID here. Names are part of Ironic's API since version 1.5, and `curl`
//! asks for no version, which means the oldest; in step 10 the client asks for a newer one.
//!
//! # 3. Verbs, and the list of methods
//!
//! `methods` lists the HTTP verbs that call a method. One that tells its verbs apart has a
//! parameter `http_method` of the type [`HttpMethod`](crate::HttpMethod). Verbs are free to choose,
//! but people expect that `GET` changes nothing.
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_03.rs")]
//! ```
//!
#![doc = include_str!("../examples/tutorial/step_03.md")]
//!
//! ## What just happened
//!
//! A verb that is not listed is a 400, as in Ironic, where HTTP itself has 405; the header `allow`
//! says which there are. The verbs are checked by the compiler: `"put"` or `"PUSH"` does not
//! compile.
//!
//! `methods` is there for every node and every driver, and is no method of yours: what can be
//! called, by which verbs, and what happens then. Of the columns, `async` and
//! `require_exclusive_lock` are the subjects of the next two steps.
//!
//! # 4. Modes: who waits for the BMC
//!
//! `async_call = false` made the methods so far *synchronous*: the client waits for the value.
//! Without it a method is *asynchronous*, which is the default: the client is answered 202 at once,
//! and the method runs on a *worker* of the conductor. This has nothing to do with `async fn`.
//!
//! Nobody waits for an asynchronous method, so its failure is recorded on the node, in
//! `last_error`. This conductor shows it on a page of its own, as Ironic does at the same address,
//! and logs all calls.
//!
//! ```console
//! $ cargo add serde_json tracing-subscriber
//! ```
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_04.rs")]
//! ```
//!
#![doc = include_str!("../examples/tutorial/step_04.md")]
//!
//! ## What just happened
//!
//! `reset` was answered before it ran: 202 with no body, since there was nothing to say yet. The
//! call of `light` came after it on the same node, so it had to wait for the lock that `reset`
//! held; therefore `reset` had ended, and its failure was recorded, when you looked. The log in the
//! first terminal has the same failure under the same request id.
//!
//! An asynchronous method returns `Result<()>`: a value would have nowhere to go, and does not
//! compile. The failure of an asynchronous *driver* method has no node to be recorded on;
//! [`Dispatcher::failures`](crate::Dispatcher::failures) has it.
//!
//! **Warning: synchronous methods and slow BMCs.** A BMC may take seconds for an answer, or
//! minutes. A client that waits so long gives up, and so do the proxies between; it cannot tell
//! what became of its call, which runs on and keeps the node locked. The library answers 504 after
//! a minute. Make a method synchronous only where it reads something and the BMC is quick;
//! everything else is asynchronous.
//!
//! # 5. Locks
//!
//! A method of a node holds the node's *exclusive* lock, its reservation, while it runs. No other
//! exclusive call comes near that BMC meanwhile, on this conductor or on another one with the same
//! store. A method with `require_exclusive_lock = false` has a *shared* lock: it runs beside all
//! others, the holder of the exclusive lock too, and cannot change the node. Its task is a
//! `&Task<Shared>`.
//!
#![doc = ""]
#![doc = include_str!("_diagrams/lock.svg")]
#![doc = ""]
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_05.rs")]
//! ```
//!
//! The third call takes three seconds to be refused:
//!
#![doc = include_str!("../examples/tutorial/step_05.md")]
//!
//! ## What just happened
//!
//! `update` holds the node for a minute. `firmware` did not care. `light` waited for the lock as
//! long as in Ironic, three seconds, and was refused with 409; the message says who has the node,
//! for what, and since when, and `retry-after` when to try again. Ironic's clients do try again by
//! themselves.
//! [`DispatcherBuilder::node_locked_retry`](crate::DispatcherBuilder::node_locked_retry) sets
//! another time.
//!
//! The lock is given back however the method ends, with a panic too, and the next caller gets it at
//! once, in order of arrival. The compiler holds you to your word: the attribute says shared and
//! the parameter is a `&mut Task`, or the other way around, does not compile, nor does changing the
//! node of a shared task. A shared method that finds something to change calls
//! [`upgrade_lock`](crate::Task::upgrade_lock).
//!
//! # 6. Arguments
//!
//! Parameters after the task are the arguments of the call: they are taken by name from the JSON
//! object in the request's body. Anything that `serde` can read is a type for one. An `Option` may
//! be absent, `#[arg(default = ..)]` has a default, and `#[arg(secret)]` keeps the value out of all
//! messages. What is valid belongs into a type: a `UserId` is a number from 1 to 63, or does not
//! exist.
//!
//! ```console
//! $ cargo add serde -F derive
//! ```
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_06.rs")]
//! ```
//!
#![doc = include_str!("../examples/tutorial/step_06.md")]
//!
//! ## What just happened
//!
//! All that is wrong with the arguments is told in one 400: the one that is unknown, with the name
//! that is nearest, the one that is invalid, in your words, and the secret one without its value.
//! That happened before the node was locked and before your code ran, also for asynchronous
//! methods: a 202 means that the arguments were good.
//!
//! `#[args]` on a single parameter takes the whole body as one value, such as a struct or a map.
//!
//! # 7. Validation
//!
//! Some calls are wrong because of the node, not the arguments.
//! [`VendorInterface::validate`](crate::VendorInterface::validate) is asked before each method of a
//! node, under the lock that the method will have; its error is the answer, and the method does not
//! run. [`get_properties`](crate::VendorInterface::get_properties) says which entries of
//! `driver_info` the interface reads, and [`Properties::read_from`](crate::Properties::read_from)
//! reads them so. The second node has an address now, but somebody mistyped its name.
//!
//! `user` of the last step is gone, to keep the program short. There is a page of Ironic's for the
//! properties.
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_07.rs")]
//! ```
//!
#![doc = include_str!("../examples/tutorial/step_07.md")]
//!
//! ## What just happened
//!
//! `update` is asynchronous, and was refused with 400 all the same: validation comes before the
//! 202. Both problems of the node were told at once, and the name that was probably meant.
//! Operators read on the driver's page what their nodes have to have.
//!
//! The order of a call is: find the method (400), check the verb (400), read the arguments (400),
//! lock the node (409), `validate`, take a worker if the method is asynchronous (503), run. Methods
//! of drivers have [`driver_validate`](crate::VendorInterface::driver_validate).
//!
//! # 8. Errors, and work that takes long
//!
//! A driver has an error type of its own, which says what went wrong in words that clients may
//! read, with a status for each. The causes, such as an `io::Error`, go to the log and never to a
//! client.
//!
//! Work may take longer than anybody waits, and it may take too long. `call_timeout` is how long
//! the answer of a synchronous method is waited for, a minute unless the method or the conductor
//! says otherwise; the method runs on after that. `run_limit` is how long a method may run, an hour
//! by default; then it is *cancelled*. It learns that from
//! [`task.cancelled()`](crate::Task::cancelled) or
//! [`task.cancellation()`](crate::Task::cancellation), and has five seconds to leave the BMC in a
//! good state. After that it is dropped where it is.
//!
//! ```console
//! $ cargo add thiserror
//! ```
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_08.rs")]
//! ```
//!
#![doc = include_str!("../examples/tutorial/step_08.md")]
//!
//! ## What just happened
//!
//! `firmware` failed with the status and the words of `BmcError::NoAnswer`, and "no route to host"
//! is in the log alone, under the request id that the message names. `selftest` was answered 504
//! after one second and ran for two; `update` began when it had ended. It was cancelled after its
//! one second, told the BMC to stop, and returned. What is recorded is that it was interrupted,
//! whatever it returned: nobody can know what the BMC made of it. The error itself is in the log.
//!
//! A plain `fn` runs on a thread of its own and cannot be dropped: it asks
//! [`is_cancelled`](crate::Task::is_cancelled) now and then, or it keeps its node until it ends.
//! Methods are cancelled too when the conductor shuts down and when an operator breaks the lock.
//!
//! **Warning: workers and starvation.** Every asynchronous call that runs has a worker until it
//! ends, and there are 300 of them, of which 5 in a hundred are kept for other work of the
//! conductor. If they are all busy, calls are refused with 503. A method that waits for something
//! that never comes, such as a BMC that was unplugged, takes one away until its `run_limit`: a rack
//! without power takes many. So everything that a method waits for has a time limit, and
//! [`DispatcherBuilder::driver_workers`](crate::DispatcherBuilder::driver_workers) keeps one driver
//! from using up the workers of all others. In an `async fn`, code that blocks its thread stops
//! other calls as well: write such a method as a plain `fn`.
//!
//! # 9. A BMC, and a test
//!
//! Now the driver talks to a BMC, by the program `ipmitool`. The steps before were about what is
//! around that; of their methods, those stay that `ipmitool` has a command for. `light` is
//! asynchronous now, and `firmware` answers with an object.
//!
//! The password is in the environment of `ipmitool` and not among its arguments, which every user
//! of the machine can read. The process has a time limit, and is killed when the call is cancelled.
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_09.rs")]
//! ```
//!
//! The tests at its end need no server and no BMC: `testing::TestConductor` is a conductor around
//! one interface and one node. Add the library's feature `testing`, for tests alone, and run them:
//!
//! ```console
//! $ cargo add --dev vendor-passthru -F testing
//! $ cargo test
//! ```
//!
//! (Until the first release: `cargo add --dev --path ../vendor-passthru/vendor-passthru -F
//! testing`.)
//!
//! For a call you need a BMC. `ipmi_sim` simulates one (`apt-get install openipmi ipmitool`). It
//! reads two files; write them into a folder of its own. `lan.conf`:
//!
//! ```text
#![doc = include_str!("../examples/tutorial/lan.conf")]
//! ```
//!
//! `bmc.emu`:
//!
//! ```text
#![doc = include_str!("../examples/tutorial/bmc.emu")]
//! ```
//!
//! In that folder:
//!
//! ```console
//! $ ipmi_sim -c lan.conf -f bmc.emu -s . --nopersist
//! ```
//!
//! It prints each command that the BMC gets. With the conductor in a second terminal, in a third one:
//!
#![doc = include_str!("../examples/tutorial/step_09.md")]
//!
//! ## What just happened
//!
//! `firmware` ran `ipmitool mc info` and took the version out of it. `light` was accepted, and the
//! simulated BMC refused the command. Nobody was waiting, so `last_error` has it, in the words of
//! `ipmitool`. The second call of `light` had waited for the first one.
//!
//! The tests called the same method by name, with JSON, and saw the status and the message that a
//! client would. `TestConductor` has more: it waits for asynchronous calls, shows `last_error` and
//! the log, and locks the node for somebody else.
//!
//! # 10. Shipping
//!
//! A driver is a crate of its own, so that any conductor can link it. Make one beside the
//! conductor:
//!
//! ```console
//! $ cd ..
//! $ cargo new --lib my-driver && cd my-driver
//! $ cargo add vendor-passthru
//! $ cargo add serde -F derive
//! $ cargo add thiserror
//! $ cargo add tokio -F process,time
//! $ cargo add --dev vendor-passthru -F testing
//! $ cargo add --dev tokio -F macros,rt
//! ```
//!
//! (Until the first release, `--path ../vendor-passthru/vendor-passthru` takes the place of
//! `vendor-passthru`, twice.) The driver moves there as it is, but for `pub`:
//!
//! `src/lib.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_10_driver.rs")]
//! ```
//!
//! The conductor is what is left. It names the driver, and its node has a name:
//!
//! ```console
//! $ cd ../my-conductor
//! $ cargo add --path ../my-driver
//! ```
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "http", doc = "```no_run\n# mod my_driver {}")]
#![cfg_attr(not(feature = "http"), doc = "```text")]
#![doc = include_str!("../examples/tutorial/step_10.rs")]
//! ```
//!
//! Ironic's client is `baremetal` (`pip install python-ironicclient`). With `ipmi_sim` and the
//! conductor running as in step 9:
//!
#![doc = include_str!("../examples/tutorial/step_10.md")]
//!
//! ## What just happened
//!
//! `use my_driver as _;` is all that links a driver: a crate that is only listed in `Cargo.toml` is
//! not part of the program, and its registration neither. The client found the methods, called
//! them, and read `last_error`; it wants JSON objects, which is why `firmware` answers with one. A
//! conductor that serves the other pages of Ironic's API, reads its nodes from a file and stops
//! without losing calls is in `examples/conductor` of the repository.
//!
//! **Warning: compatibility.** Once others call your methods, these are your API, and none of them
//! can change without breaking somebody's script: the names of driver, interface, methods and
//! arguments; the verbs; the keys of `driver_info`; the fields of answers; and whether a method is
//! synchronous, since a client that expects a value gets none from a 202. What you may do at any
//! time: add a method, a verb, an argument that has a default, an optional property, or a field of
//! an answer. Messages are for people, and may change; the status of an error is for programs, and
//! may not.
