//! What a node in memory takes beyond its own data.

use vendor_passthru::{MemoryStore, Node, Uuid};

use crate::counted::bytes_kept;
use crate::{Failure, Figure, ratio};

/// From one power of two almost to the next: a hash table has room for half as many again as it
/// holds, or for hardly any more, and the average of these is what it takes on average.
const SIZES: [usize; 4] = [16_384, 20_480, 24_576, 28_672];

pub(crate) fn figures() -> Result<Vec<Figure>, Failure> {
    Ok(vec![
        Figure {
            what: "a node in memory, beyond its own data, in bytes",
            found: beyond_its_data("stored_nodes", "nodes")?,
            at_most: 200.0,
        },
        Figure {
            what: "a node with a name in memory, beyond its own data, in bytes",
            found: beyond_its_data("stored_named_nodes", "named_nodes")?,
            at_most: 200.0, // its name in the index included
        },
    ])
}

/// What a store of nodes has on the heap more than a plain array of the same nodes, for each.
fn beyond_its_data(stored: &str, plain: &str) -> Result<f64, Failure> {
    let mut bytes = 0;
    for size in SIZES {
        bytes += bytes_kept(stored, size)?.saturating_sub(bytes_kept(plain, size)?);
    }
    let nodes: usize = SIZES.iter().sum();
    Ok(ratio(bytes, nodes as u64))
}

pub(crate) fn part(name: &str, size: usize) -> Option<Result<(), Failure>> {
    let named = name.contains("named");
    let nodes = (0..size).map(move |number| node(number, named));
    match name {
        "stored_nodes" | "stored_named_nodes" => Some(store(nodes)),
        "nodes" | "named_nodes" => {
            std::mem::forget(nodes.collect::<Box<[Node]>>());
            Some(Ok(()))
        }
        _ => None,
    }
}

/// Keeps nodes in a store.
fn store(nodes: impl Iterator<Item = Node>) -> Result<(), Failure> {
    let store = MemoryStore::new();
    for node in nodes {
        store.insert(node)?;
    }
    std::mem::forget(store);
    Ok(())
}

fn node(number: usize, named: bool) -> Node {
    let mut node = Node::new(Uuid::from_u128(number as u128), "cost");
    node.name = named.then(|| format!("rack{}-u{}", number / 42, number % 42));
    node.driver_info.insert("cost_address".into(), "192.0.2.7".into());
    node
}
