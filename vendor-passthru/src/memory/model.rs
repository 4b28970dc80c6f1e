//! The rules of the store in memory, over the interleavings of its steps; see the models of locks.

use shuttle::future::spawn;

use super::*;
use crate::sync::checked::{explore, perhaps};

const NODE: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

fn node(uuid: Uuid, name: &str) -> Node {
    let mut node = Node::new(uuid, "example");
    node.name = Some(name.to_owned());
    node
}

fn store() -> MemoryStore {
    let store = MemoryStore::new();
    store.insert(node(NODE, "node")).unwrap();
    store
}

async fn reserved(store: &MemoryStore, session: u128) -> Option<u64> {
    let holder = Holder::new("conductor", Uuid::from_u128(session), "req-1", "a model");
    match store.try_acquire(NODE, &holder).await {
        Ok(Attempt::Acquired { fence }) => Some(fence),
        _ => None,
    }
}

#[test]
fn who_waits_for_the_end_of_a_reservation_is_told_of_it() {
    explore(|| async {
        let store = store();
        let fence = reserved(&store, 1).await.unwrap();
        let waiting = [(); 2].map(|()| {
            let store = store.clone();
            spawn(async move { store.wait_ended(NODE, fence).await })
        });
        if perhaps() {
            assert!(store.release(NODE, fence).await.unwrap());
        } else {
            store.remove(NODE);
        }
        for waiter in waiting {
            waiter.await.unwrap();
        }
    });
}

#[test]
fn an_old_fence_is_worth_nothing_even_if_the_node_was_deleted_and_added_again() {
    explore(|| async {
        let store = store();
        let old = reserved(&store, 1).await.unwrap();
        let holder = store.clone();
        let release = spawn(async move { holder.release(NODE, old).await });
        store.remove(NODE);
        store.insert(node(NODE, "node")).unwrap();
        let new = reserved(&store, 2).await.unwrap();
        assert!(new > old);
        store.wait_ended(NODE, old).await;
        let saved = store.save(&node(NODE, "node"), old).await;
        assert!(matches!(saved, Err(StoreError::Fenced)), "{saved:?}");
        assert_eq!(store.reservation(NODE).await.unwrap().map(|by| by.fence), Some(new));
        release.await.unwrap().unwrap();
        assert_eq!(store.reservation(NODE).await.unwrap().map(|by| by.fence), Some(new));
    });
}

#[test]
fn who_finds_a_node_that_is_then_deleted_does_not_reserve_it() {
    explore(|| async {
        let store = store();
        let finds = store.clone();
        let finds = spawn(async move { reserved(&finds, 1).await });
        store.remove(NODE);
        store.insert(node(NODE, "node")).unwrap();
        let (new, old) = (reserved(&store, 2).await, finds.await.unwrap());
        assert!(new.is_none() || new != old, "a fence came twice");
    });
}

#[test]
fn a_name_belongs_to_one_node_while_nodes_are_added_renamed_and_deleted() {
    explore(|| async {
        let store = store();
        store.insert(node(OTHER, "other")).unwrap();
        let fence = reserved(&store, 1).await.unwrap();
        let renaming = store.clone();
        let renaming = spawn(async move {
            let _ = renaming.save(&node(NODE, "new"), fence).await;
        });
        let deleting = store.clone();
        let deleting = spawn(async move {
            deleting.remove(if perhaps() { NODE } else { OTHER });
        });
        let adding = store.clone();
        let adding = spawn(async move {
            let _ = adding.insert(node(Uuid::from_u128(3), "new"));
        });
        let _ = store.reservations().await.unwrap();
        for task in [renaming, deleting, adding] {
            task.await.unwrap();
        }
        let nodes = store.nodes();
        for node in &nodes {
            let name = node.name.as_deref().unwrap();
            let found = store.find(NodeIdent::Name(name)).await.unwrap().unwrap();
            assert_eq!(found.uuid(), node.uuid(), "{name} is another's");
        }
        assert_eq!(store.0.names.read().unwrap().len(), nodes.len());
    });
}
