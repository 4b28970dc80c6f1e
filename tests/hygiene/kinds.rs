//! Kinds of methods: plain functions, and ones of many parameters.

use std::collections::HashMap;

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "kinds", drivers = ["kinds"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false)]
    fn plain(&self, task: &mut Task, raw_bytes: String) -> Result<String> {
        task.node_mut().name = Some("renamed".to_owned());
        Ok(raw_bytes)
    }

    #[passthru(methods = ["POST"])]
    fn plain_and_asynchronous(&self, _task: &mut Task, raw_bytes: String) -> Result<()> {
        Err(VendorPassthruException::new(raw_bytes).into())
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    fn plain_and_of_the_driver(&self, context: &Context) -> Result<bool> {
        Ok(context.request_id().starts_with("req-"))
    }

    #[driver_passthru(methods = ["POST"], async_call = false)]
    pub(crate) async fn whole_body(
        &self,
        _context: &Context,
        #[args] mut all: HashMap<String, u8>,
        http_method: HttpMethod,
    ) -> Result<HashMap<String, u8>> {
        all.insert(http_method.to_string(), 1);
        Ok(all)
    }

    #[passthru(methods = ["POST"], async_call = false)]
    #[expect(clippy::too_many_arguments, reason = "that is what it is for")]
    async fn twenty(
        &self,
        _task: &mut Task,
        a0: u32,
        a1: u32,
        a2: u32,
        a3: u32,
        a4: u32,
        a5: u32,
        a6: u32,
        a7: u32,
        a8: u32,
        a9: u32,
        b0: u32,
        b1: u32,
        b2: u32,
        b3: u32,
        b4: u32,
        b5: u32,
        b6: u32,
        b7: u32,
        b8: u32,
        b9: u32,
    ) -> Result<Vec<u32>> {
        Ok(vec![a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9])
    }
}

#[tokio::test]
async fn a_plain_function_answers() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(HttpMethod::Post, "plain", json!({"raw_bytes": "0x01"})).await;
    assert_eq!(called.value::<String>(), "0x01");
    let called = conductor.call_driver(HttpMethod::Get, "plain_and_of_the_driver", json!({})).await;
    assert!(called.value::<bool>());
}

#[tokio::test]
async fn a_plain_function_may_be_asynchronous() {
    let conductor = TestConductor::new(Vendor);
    let arguments = json!({"raw_bytes": "0x01"});
    let called = conductor.call(HttpMethod::Post, "plain_and_asynchronous", arguments).await;
    assert_eq!(called.status(), 202);
    conductor.finished().await;
    assert!(conductor.last_error().unwrap().ends_with("0x01"));
}

#[tokio::test]
async fn the_whole_body_and_the_verb_go_together() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call_driver(HttpMethod::Post, "whole_body", json!({"a": 2})).await;
    assert_eq!(called.value::<HashMap<String, u8>>(), [("POST", 1), ("a", 2)].map(own).into());
}

fn own((name, value): (&str, u8)) -> (String, u8) {
    (name.to_owned(), value)
}

#[tokio::test]
async fn twenty_arguments_arrive_each_at_its_place() {
    let conductor = TestConductor::new(Vendor);
    let names = ["a", "b"].into_iter().flat_map(|c| (0..10).map(move |i| format!("{c}{i}")));
    let arguments: HashMap<String, u32> = names.zip(0..).collect();
    let called = conductor.call(HttpMethod::Post, "twenty", arguments).await;
    assert_eq!(called.value::<Vec<u32>>(), (0..20).collect::<Vec<u32>>());
}
