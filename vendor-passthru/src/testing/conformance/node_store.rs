//! What a node store has to hold: nodes are saved whole, by those who hold them, and no failure is
//! lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map, Value, json};

use super::trial::{
    Conductor, Refusal, Rule, Trial, holder, let_others_run, name, node, other_fences, together,
};
use super::{Subject, suite};
use crate::{Node, NodeIdent, NodeStore, Uuid};

/// How often a storm saves.
const SAVES: u64 = 40;

suite! {
    /// Tries the rules of a [`NodeStore`], those that take a reservation included: a store of nodes
    /// refuses what the [`LockStore`](crate::LockStore) of the same nodes does not allow.
    node_store:

    a_node_is_found_by_uuid_and_by_name
        "With every field as it was added, and by nothing that is not exactly its UUID or name."
    a_node_that_is_unknown_is_not_found
        "Not to be saved or failed either, be it removed or never added."
    a_save_replaces_all_but_the_last_error
        "Of this node and no other; what the saved copy has as `last_error` is not written."
    a_save_needs_the_present_fence
        "Under a stale fence, or one that was never given, it is refused and changes nothing."
    nothing_is_saved_after_a_break
        "What its next holder saved stays as it is."
    nothing_is_saved_after_a_removal
        "The fences of a node that was removed do not save the one added under its UUID."
    a_renamed_node_has_its_new_name_alone
        "Another node can have the old one at once."
    a_name_that_is_taken_is_refused
        "By an error of the store's own; the node stays as it was, and so does the name's owner."
    one_of_many_gets_a_name
        "Of nodes that are given the same name at the same moment."
    saves_at_the_same_moment_follow_each_other
        "Under one fence none of them fails, and what one of them saved remains."
    a_failure_is_recorded
        "Over an older one, with a reservation and without; nothing else is changed."
    a_save_keeps_a_failure_that_it_has_not_seen
        "Of the copies that a task works on, none has to be newer than a failure."
    saves_and_failures_lose_nothing
        "However they meet, each is there when it has completed, and stays."
    a_find_shows_a_whole_node
        "All of one save and nothing of another; and by name, one that has that name."
    a_dropped_save_is_whole
        "Wherever it is dropped, the node is as it was before or as it was to be."
    what_is_found_at_once_is_what_there_is
        "`find_now` answers what `find` does, also after a change, or not at all."
}

async fn a_node_is_found_by_uuid_and_by_name(trial: &Trial<'_, impl Subject>) {
    let bare = trial.added(Node::new(Uuid::new_v4(), "ipmi")).await;
    let full = trial.added(full()).await;
    let name = full.name.clone().unwrap_or_default();
    let uuid = full.uuid().to_string();
    for conductor in [&trial.one, &trial.other] {
        trial.same("find by UUID", conductor.node(bare.uuid()).await, bare.clone());
        trial.same("find by UUID", conductor.node(full.uuid()).await, full.clone());
        trial.same("find by name", conductor.find_name(&name).await, Some(full.clone()));
        let other_case = name.to_uppercase();
        for other in ["", "%", "node-", &other_case, &format!("{name} "), &uuid] {
            let found = conductor.find_name(other).await;
            trial.same(format!("find by the name {other:?}"), found, None);
        }
    }
}

async fn a_node_that_is_unknown_is_not_found(trial: &Trial<'_, impl Subject>) {
    missing(trial, &node(), 1).await;
    let removed = trial.added(node()).await;
    let fence = trial.one.hold(removed.uuid()).await;
    trial.remove(removed.uuid()).await;
    missing(trial, &removed, fence).await;

    let mut namesake = node();
    namesake.name = removed.name;
    let namesake = trial.added(namesake).await;
    trial.same("a new node of its name", trial.one.node(namesake.uuid()).await, namesake);
}

/// Holds for a node that is not in the store, whatever fence it may have had.
async fn missing(trial: &Trial<'_, impl Subject>, node: &Node, fence: u64) {
    let name = node.name.clone().unwrap_or_default();
    for conductor in [&trial.one, &trial.other] {
        for fence in other_fences(fence).chain([fence]) {
            let refusal = conductor.refused_save(node, fence).await;
            trial.same("save", refusal, Refusal::NodeNotFound);
        }
        let refusal = conductor.refused_failure(node.uuid()).await;
        trial.same("record_failure", refusal, Refusal::NodeNotFound);
        trial.same("find by UUID", conductor.find(node.uuid()).await, None);
        trial.same("find by name", conductor.find_name(&name).await, None);
    }
}

async fn a_save_replaces_all_but_the_last_error(trial: &Trial<'_, impl Subject>) {
    let bystander = trial.added(full()).await;
    for failure in [None, Some("it failed".to_owned())] {
        let uuid = trial.node().await;
        if let Some(failure) = &failure {
            trial.one.fail(uuid, failure).await;
        }
        let fence = trial.one.hold(uuid).await;
        for mut saved in [with_uuid(uuid, full()), Node::new(uuid, "redfish")] {
            for copied in [Some("not to be written".to_owned()), None] {
                saved.last_error = copied;
                trial.one.save(&saved, fence).await;
                let expected = failed(saved.clone(), failure.clone());
                trial.same("the saved node", trial.other.node(uuid).await, expected);
            }
        }
    }
    let after = trial.one.node(bystander.uuid()).await;
    trial.same("another node", after, bystander);
}

async fn a_save_needs_the_present_fence(trial: &Trial<'_, impl Subject>) {
    let before = trial.added(node()).await;
    let uuid = before.uuid();
    unsaved(trial, &before, [0, 1, u64::MAX]).await;
    let stale = trial.one.hold(uuid).await;
    unsaved(trial, &before, other_fences(stale)).await;
    trial.one.free(uuid, stale).await;
    unsaved(trial, &before, other_fences(stale).chain([stale])).await;
    let fence = trial.other.hold(uuid).await;
    unsaved(trial, &before, other_fences(fence).chain([stale])).await;
    // The fence of one node is none of another's.
    let neighbour = trial.added(node()).await;
    unsaved(trial, &neighbour, [stale, fence]).await;
}

/// Under these fences a node cannot be saved.
async fn unsaved(
    trial: &Trial<'_, impl Subject>,
    before: &Node,
    fences: impl IntoIterator<Item = u64>,
) {
    let changed = with_uuid(before.uuid(), full());
    for fence in fences {
        let refusal = trial.one.refused_save(&changed, fence).await;
        trial.same(format!("save under fence {fence}"), refusal, Refusal::Fenced);
        let after = trial.other.node(before.uuid()).await;
        trial.same("the node after it", after, before.clone());
        let name = changed.name.clone().unwrap_or_default();
        trial.same("find by the new name", trial.other.find_name(&name).await, None);
    }
}

async fn nothing_is_saved_after_a_break(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let broken = trial.one.hold(uuid).await;
    trial.one.save(&generation(uuid, 1), broken).await;
    trial.other.free(uuid, broken).await;
    unsaved(trial, &generation(uuid, 1), [broken]).await;
    let fence = trial.other.hold(uuid).await;
    unsaved(trial, &generation(uuid, 1), [broken]).await;
    trial.other.save(&generation(uuid, 2), fence).await;
    unsaved(trial, &generation(uuid, 2), [broken]).await;
}

async fn nothing_is_saved_after_a_removal(trial: &Trial<'_, impl Subject>) {
    let before = trial.added(node()).await;
    let uuid = before.uuid();
    let mut fences = Vec::new();
    for _ in 0..3 {
        unsaved(trial, &before, fences.clone()).await;
        trial.one.fail(uuid, "of this node, and not of the next").await;
        let failed = trial.one.node(uuid).await;
        let fence = trial.one.hold(uuid).await;
        unsaved(trial, &failed, fences.clone()).await;
        trial.remove(uuid).await;
        trial.added(before.clone()).await;
        fences.push(fence);
    }
}

async fn a_renamed_node_has_its_new_name_alone(trial: &Trial<'_, impl Subject>) {
    let (one, other) = (trial.added(node()).await, trial.added(node()).await);
    let fence = trial.one.hold(one.uuid()).await;
    let mut renamed = one.clone();
    for new in [Some(name()), None, Some(name())] {
        let old = std::mem::replace(&mut renamed.name, new).unwrap_or_default();
        trial.one.save(&renamed, fence).await;
        let new = renamed.name.clone().unwrap_or_default();
        trial.same("find by the old name", trial.other.find_name(&old).await, None);
        let expected = renamed.name.as_ref().map(|_| renamed.clone());
        trial.same("find by the new name", trial.other.find_name(&new).await, expected);
    }
    let fence = trial.other.hold(other.uuid()).await;
    let heir = named(other, one.name.clone());
    trial.other.save(&heir, fence).await;
    let found = trial.one.find_name(&one.name.unwrap_or_default()).await;
    trial.same("find by the name that another took over", found, Some(heir));
}

async fn a_name_that_is_taken_is_refused(trial: &Trial<'_, impl Subject>) {
    let (before, owner) = (trial.added(node()).await, trial.added(node()).await);
    let fence = trial.one.hold(before.uuid()).await;
    let mut taken = with_uuid(before.uuid(), full());
    taken.name.clone_from(&owner.name);
    let refusal = trial.one.refused_save(&taken, fence).await;
    trial.same("save under another's name", refusal, Refusal::Backend);
    for node in [&before, &owner] {
        let name = node.name.clone().unwrap_or_default();
        trial.same("find by UUID", trial.other.find(node.uuid()).await.as_ref(), Some(node));
        trial.same("find by name", trial.other.find_name(&name).await.as_ref(), Some(node));
    }
    trial.one.save(&with_uuid(before.uuid(), full()), fence).await;
}

async fn one_of_many_gets_a_name(trial: &Trial<'_, impl Subject>) {
    let name = name();
    let mut saves = Vec::new();
    for index in 0..8 {
        let conductor = if index % 2 == 0 { trial.one.clone() } else { trial.other.clone() };
        let before = trial.added(node()).await;
        let fence = conductor.hold(before.uuid()).await;
        let renamed = named(before.clone(), Some(name.clone()));
        saves.push(async move {
            let result = conductor.store.save(&renamed, fence).await;
            (before, renamed, result.map_err(Refusal::from))
        });
    }
    let mut owners = Vec::new();
    for (before, renamed, result) in together(saves).await {
        let expected = if result.is_ok() { renamed.clone() } else { before };
        trial.same("the node", trial.one.node(renamed.uuid()).await, expected);
        match result {
            Ok(()) => owners.push(renamed),
            Err(refusal) => trial.same("save", refusal, Refusal::Backend),
        }
    }
    trial.same("nodes that were given the name", owners.len(), 1);
    trial.same("find by name", trial.one.find_name(&name).await, owners.pop());
}

async fn saves_at_the_same_moment_follow_each_other(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let fence = trial.one.hold(uuid).await;
    let names = [name(), name()];
    for _ in 0..10 {
        let saves = names.iter().cycle().take(8).zip([&trial.one, &trial.other].repeat(4));
        let saves = saves.map(|(name, conductor)| {
            let renamed = named(generation(uuid, 1), Some(name.clone()));
            let conductor = conductor.clone();
            async move { conductor.save(&renamed, fence).await }
        });
        together(saves.collect::<Vec<_>>()).await;
        let after = trial.one.node(uuid).await;
        for name in &names {
            let expected = (after.name.as_ref() == Some(name)).then(|| after.clone());
            trial.same("find by name", trial.other.find_name(name).await, expected);
        }
    }
}

async fn a_failure_is_recorded(trial: &Trial<'_, impl Subject>) {
    let mut expected = trial.added(full()).await;
    let long = "50% of 'it' \"failed\" \\\n \u{1f525} ".repeat(12);
    for failure in ["it failed", &long, "it failed again"] {
        trial.one.fail(expected.uuid(), failure).await;
        expected.last_error = Some(failure.to_owned());
        trial.same("the node", trial.other.node(expected.uuid()).await, expected.clone());
        // The next one is recorded on a node that somebody holds.
        trial.other.attempt(expected.uuid(), &holder("in the way")).await.ok();
        let held = trial.one.reserved(expected.uuid()).await;
        trial.one.fail(expected.uuid(), failure).await;
        trial.same("the reservation", trial.one.reserved(expected.uuid()).await, held);
    }
}

async fn a_save_keeps_a_failure_that_it_has_not_seen(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let fence = trial.one.hold(uuid).await;
    let mut copy = trial.one.node(uuid).await;
    for failure in ["the first", "the second"] {
        trial.other.fail(uuid, failure).await;
        copy.driver_info.insert("changed".into(), failure.into());
        trial.one.save(&copy, fence).await;
        let expected = failed(copy.clone(), Some(failure.to_owned()));
        trial.same("the saved node", trial.one.node(uuid).await, expected);
    }
}

async fn saves_and_failures_lose_nothing(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let fence = trial.one.hold(uuid).await;
    let (saves, fails) = (trial.one.clone(), trial.other.clone());
    let saves = async move {
        for number in 0..SAVES {
            let node = generation(uuid, number);
            saves.save(&node, fence).await;
            let_others_run(number).await;
            let found = saves.node(uuid).await;
            let expected = failed(node, found.last_error.clone());
            saves.same("the node after a save", found, expected);
        }
    };
    let fails = async move {
        for number in 0..SAVES {
            let failure = Some(format!("failure {number}"));
            fails.fail(uuid, failure.as_deref().unwrap_or_default()).await;
            let_others_run(number / 4).await;
            let found = fails.node(uuid).await.last_error;
            fails.same("last_error after record_failure", found, failure);
        }
    };
    together([Box::pin(saves) as BoxFuture, Box::pin(fails)]).await;
    let last_error = Some(format!("failure {}", SAVES - 1));
    let expected = failed(generation(uuid, SAVES - 1), last_error);
    trial.same("the node in the end", trial.one.node(uuid).await, expected);
}

async fn a_find_shows_a_whole_node(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let fence = trial.one.hold(uuid).await;
    trial.one.save(&generation(uuid, 0), fence).await;
    let ended = Arc::new(AtomicBool::new(false));
    let (saves, end) = (trial.one.clone(), Arc::clone(&ended));
    let saves = async move {
        for number in 0..SAVES {
            saves.save(&generation(uuid, number), fence).await;
            let_others_run(number).await;
        }
        end.store(true, Ordering::SeqCst);
    };
    let mut tasks = vec![Box::pin(saves) as BoxFuture];
    for conductor in [&trial.one, &trial.other] {
        tasks.push(Box::pin(find_again_and_again(conductor.clone(), uuid, Arc::clone(&ended))));
    }
    together(tasks).await;
}

async fn find_again_and_again<S: NodeStore>(
    conductor: Conductor<S>,
    uuid: Uuid,
    ended: Arc<AtomicBool>,
) {
    let mut rounds = 0;
    while !ended.load(Ordering::SeqCst) {
        whole(&conductor, conductor.node(uuid).await);
        for number in [0, 1] {
            let named = generation(uuid, number);
            let found = conductor.find_name(&named.name.clone().unwrap_or_default()).await;
            if let Some(found) = found {
                conductor.same("name of what was found by name", &found.name, &named.name);
                whole(&conductor, found);
            }
        }
        rounds += 1;
        let_others_run(rounds / 4).await;
    }
}

/// The node is of one generation.
#[track_caller]
fn whole<S>(conductor: &Conductor<S>, found: Node) {
    let number = found.driver_info.get("generation").and_then(Value::as_u64).unwrap_or_default();
    let expected = generation(found.uuid(), number);
    conductor.same("what was found", found, expected);
}

async fn a_dropped_save_is_whole(trial: &Trial<'_, impl Subject>) {
    let uuid = trial.node().await;
    let fence = trial.one.hold(uuid).await;
    trial.one.save(&generation(uuid, 0), fence).await;
    for (number, polls) in (1..).zip(1..=20) {
        let completed = trial.one.dropped_save(&generation(uuid, number), fence, polls).await;
        whole(&trial.one, trial.other.node(uuid).await);
        if completed {
            break;
        }
    }
    trial.one.save(&generation(uuid, 100), fence).await;
    whole(&trial.one, trial.other.node(uuid).await);
}

async fn what_is_found_at_once_is_what_there_is(trial: &Trial<'_, impl Subject>) {
    let mut node = trial.added(full()).await;
    let uuid = node.uuid();
    let names = [node.name.clone().unwrap_or_default(), name()];
    found_at_once(trial, uuid, &names).await;
    trial.one.fail(uuid, "it failed").await;
    found_at_once(trial, uuid, &names).await;
    let fence = trial.one.hold(uuid).await;
    for name in names.iter().rev() {
        node.name = Some(name.clone());
        node.driver_info.insert("renamed".into(), name.clone().into());
        trial.other.save(&node, fence).await;
        found_at_once(trial, uuid, &names).await;
    }
    trial.remove(uuid).await;
    found_at_once(trial, uuid, &names).await;
}

async fn found_at_once(trial: &Trial<'_, impl Subject>, uuid: Uuid, names: &[String]) {
    let other_case = names.iter().map(|name| name.to_uppercase());
    let names: Vec<_> = names.iter().cloned().chain(other_case).collect();
    for conductor in [&trial.one, &trial.other] {
        for ident in names.iter().map(|name| NodeIdent::Name(name)).chain([uuid.into()]) {
            conductor.find_at_once(ident).await;
        }
    }
}

type BoxFuture = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// A node with something in each field but `last_error`.
fn full() -> Node {
    let mut node = node();
    node.driver = "redfish".into();
    node.driver_info = object(json!({
        "redfish_address": "https://[2001:db8::7]", "größe": 1.5, "retries": 3, "verify_ca": false,
        "quotes": "'\"\\\n%", "large": u64::MAX, "negative": i64::MIN, "empty": {}, "none": null,
    }));
    node.instance_info = object(json!({"deep": [{"list": [1, [2, []]]}, "\u{1f512}"]}));
    node.vendor_interface = Some("redfish".into());
    node
}

fn with_uuid(uuid: Uuid, node: Node) -> Node {
    let mut copy = Node::new(uuid, node.driver);
    (copy.name, copy.vendor_interface) = (node.name, node.vendor_interface);
    (copy.driver_info, copy.instance_info) = (node.driver_info, node.instance_info);
    copy
}

fn named(node: Node, name: Option<String>) -> Node {
    let mut copy = node;
    copy.name = name;
    copy
}

fn failed(node: Node, last_error: Option<String>) -> Node {
    let mut copy = node;
    copy.last_error = last_error;
    copy
}

/// One of many states of a node, told by each of its fields. It has two names in turn.
fn generation(uuid: Uuid, number: u64) -> Node {
    let mut node = Node::new(uuid, format!("driver-{number}"));
    node.name = Some(format!("node-{}-{}", uuid.simple(), number % 2));
    node.driver_info = object(json!({ "generation": number }));
    node.instance_info = object(json!({ "generation": number }));
    node.vendor_interface = Some(format!("interface-{number}"));
    node
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
