//! Names that generated code might take for its own, and names that are no plain identifiers.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

fn interface() -> u8 {
    1
}

fn call() -> u8 {
    2
}

fn arguments() -> u8 {
    3
}

fn argument_0() -> u8 {
    4
}

fn task() -> u8 {
    5
}

#[vendor_interface(name = "names", drivers = ["names"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn r#type(&self, _task: &mut Task, r#match: u8, __reserved: u8) -> Result<u8> {
        Ok(r#match + __reserved)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn run(
        &self,
        task: &mut Task,
        interface: u8,
        call: u8,
        arguments: u8,
        argument_0: u8,
        context: u8,
    ) -> Result<u8> {
        let _ = task;
        Ok(interface + call + arguments + argument_0 + context)
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn defaults(
        &self,
        context: &Context,
        #[arg(default = interface())] of_interface: u8,
        #[arg(default = call())] of_call: u8,
        #[arg(default = arguments())] of_arguments: u8,
        #[arg(default = argument_0())] of_argument: u8,
        #[arg(default = task())] of_task: u8,
    ) -> Result<[u8; 5]> {
        let _ = context;
        Ok([of_interface, of_call, of_arguments, of_argument, of_task])
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn unused(&self, _task: &mut Task, _number: u8, _http_method: HttpMethod) -> Result<()> {
        Ok(())
    }

    /// Its name is that of a trait's function, and of a key.
    #[passthru(methods = ["GET"], async_call = false, method = "default.name-2")]
    async fn default(
        &self,
        _task: &mut Task,
        #[arg(name = "raw-bytes")] (): (),
        #[arg(name = "of commas", default = std::cmp::max::<u8>(6, 7))] commas: u8,
    ) -> Result<u8> {
        Ok(commas)
    }
}

#[tokio::test]
async fn a_keyword_is_a_name_without_its_prefix() {
    let conductor = TestConductor::new(Vendor);
    let arguments = json!({"match": 1, "reserved": 2});
    let called = conductor.call(HttpMethod::Get, "type", arguments).await;
    assert_eq!(called.value::<u8>(), 3);
}

#[tokio::test]
async fn parameters_named_like_generated_ones_are_the_authors() {
    let conductor = TestConductor::new(Vendor);
    let arguments =
        json!({"interface": 1, "call": 2, "arguments": 4, "argument_0": 8, "context": 16});
    let called = conductor.call(HttpMethod::Get, "run", arguments).await;
    assert_eq!(called.value::<u8>(), 31);
}

#[tokio::test]
async fn a_default_sees_the_authors_names_alone() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call_driver(HttpMethod::Get, "defaults", json!({})).await;
    assert_eq!(called.value::<[u8; 5]>(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn an_unused_parameter_keeps_its_meaning() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(HttpMethod::Get, "unused", json!({"number": 1})).await;
    assert_eq!(called.status(), 200);
}

#[tokio::test]
async fn a_name_that_is_no_identifier_is_given_by_its_key() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(HttpMethod::Get, "default.name-2", json!({"raw-bytes": null}));
    assert_eq!(called.await.value::<u8>(), 7);
}

#[derive(Default)]
#[expect(non_camel_case_types, reason = "a keyword is lower case")]
struct r#struct {
    r#fn: u8,
}

impl VendorInterface for r#struct {}

#[expect(non_camel_case_types, reason = "as above")]
type r#enum = u8;

#[vendor_interface(name = "raw", drivers = ["raw"], new = r#struct::r#move)]
impl r#struct {
    fn r#move() -> Self {
        Self { r#fn: 1 }
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn r#try(&self, r#in: &mut Task, r#final: r#enum) -> Result<r#enum> {
        let _ = r#in;
        Ok(self.r#fn + r#final)
    }
}

#[tokio::test]
async fn every_name_may_be_raw() {
    let conductor = TestConductor::new(r#struct::r#move());
    let called = conductor.call(HttpMethod::Get, "try", json!({"final": 2})).await;
    assert_eq!(called.value::<u8>(), 3);
}
