//! What building a registry of ten thousand methods costs, against a plain map with the same keys.

use std::collections::HashMap;

use vendor_passthru::Registry;

use crate::counted::instructions;
use crate::many::{self, Glue, INTERFACES, METHODS_OF_EACH, Many};
use crate::{Failure, Figure, ratio};

pub(crate) fn figures() -> Result<Vec<Figure>, Failure> {
    let (registry, map) = (instructions("registry", 1)?, instructions("map", 1)?);
    Ok(vec![Figure {
        what: "a registry of 10,000 methods, to a HashMap with the same keys",
        found: ratio(registry, map),
        at_most: 3.0,
    }])
}

pub(crate) fn part(name: &str, size: usize) -> Option<Result<(), Failure>> {
    match name {
        "registry" => Some(collect(size)),
        "map" => {
            fill(size);
            Some(Ok(()))
        }
        _ => None,
    }
}

/// Collects so many registries, and keeps them: what is counted is building.
fn collect(times: usize) -> Result<(), Failure> {
    for _ in 0..times {
        std::mem::forget(Registry::collect()?);
    }
    Ok(())
}

/// Fills so many maps, and keeps them.
fn fill(times: usize) {
    for _ in 0..times {
        let mut map: HashMap<(&str, &str), Glue> = HashMap::new();
        for interface in 0..INTERFACES {
            for method in 0..METHODS_OF_EACH {
                let key = (many::interface_name(interface), many::method_name(interface, method));
                map.insert(key, Many::glue);
            }
        }
        std::mem::forget(std::hint::black_box(map));
    }
}
