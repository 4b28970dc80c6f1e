//! What compiles in the way of everything is served as anything else.

use hygiene_driver::Vendor;
use renamed::testing::{TestConductor, json};
use renamed::{HttpMethod, Registry};

#[tokio::test]
async fn a_driver_without_a_prelude_answers() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(HttpMethod::Post, "node", json!({"text": "a", "number": 1})).await;
    let value: (String, u8, Option<u8>, String) = called.value();
    assert_eq!(value, ("a".to_owned(), 3, None, "POST".to_owned()));
    let called = conductor.call(HttpMethod::Post, "asynchronous", json!({"a": 1})).await;
    assert_eq!(called.status(), 202);
    let called = conductor.call_driver(HttpMethod::Get, "driver", json!({})).await;
    assert_eq!(called.status(), 200);
    conductor.finished().await;
    assert!(conductor.last_error().is_some_and(|error| error.contains("[\"a\"]")));
}

#[test]
fn a_driver_under_another_name_of_the_library_is_collected() {
    let registry = Registry::collect().expect("a good registry");
    assert_eq!(registry.drivers().collect::<Vec<_>>(), ["hygiene", "made"]);
}

hygiene_driver::vendor!(Made, "made");

/// `crate = $crate::..` finds the library of the crate that wrote the macro.
#[tokio::test]
async fn a_driver_that_a_macro_of_another_crate_makes_answers() {
    let conductor = TestConductor::new(Made);
    let called = conductor.call(HttpMethod::Get, "answer", json!({"number": 2})).await;
    assert_eq!(called.value::<u8>(), 2);
    let called = conductor.call(HttpMethod::Get, "answer", json!({})).await;
    assert_eq!(called.value::<u8>(), 1);
    let called = conductor.call_driver(HttpMethod::Get, "name", json!({})).await;
    assert_eq!(called.value::<String>(), "made");
}
