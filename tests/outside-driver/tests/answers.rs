//! The driver answers: with the author's test kit, and linked into a conductor.

use my_driver::MyVendor;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};
use vendor_passthru::{Answer, Dispatcher, Registry};

#[tokio::test]
async fn a_method_without_its_address_is_recorded_as_failed() {
    let conductor = TestConductor::new(MyVendor);
    let called = conductor.call(HttpMethod::Post, "blink", json!({"slot": 3})).await;
    assert_eq!(called.status(), 202);
    conductor.finished().await;
    assert!(conductor.last_error().unwrap().ends_with("driver_info lacks my_address"));
}

#[tokio::test]
async fn a_method_runs_with_its_address() {
    let conductor = TestConductor::with_node(MyVendor, |node| {
        node.driver_info.insert("my_address".into(), json!("192.0.2.7"));
    });
    conductor.call(HttpMethod::Post, "blink", json!({"slot": 3, "seconds": 1})).await;
    conductor.finished().await;
    assert_eq!(conductor.last_error(), None);
}

#[tokio::test]
async fn a_conductor_finds_the_linked_driver() {
    let dispatcher = Dispatcher::builder(Registry::collect().unwrap()).build().unwrap();
    let context = Context::new();
    let call = dispatcher.driver_passthru(&context, "my", "versions", HttpMethod::Get, "");
    assert_eq!(call.await.unwrap(), Answer::Json(r#"["1.0","1.1"]"#.into()));
}
