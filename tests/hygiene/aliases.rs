//! Types under other names: nothing of a signature is known by its name alone.

use std::result::Result as StdResult;

use vendor_passthru::prelude::{
    Context as Caller, Error, HttpMethod as Verb, Result as VendorResult, Shared, Task as Held,
    VendorInterface, VendorPassthruException as Refused, driver_passthru, passthru,
    vendor_interface,
};
use vendor_passthru::testing::{TestConductor, json};

type Busy = Held<Shared>;
type Bytes = Vec<u8>;
type Answer<T> = StdResult<T, Refused>;

/// An argument that happens to be called as one of ours.
#[derive(serde::Deserialize)]
struct Context(u8);

#[derive(Default)]
struct Vendor;

type Aliased = Vendor;

impl VendorInterface for Aliased {}

#[vendor_interface(name = "aliases", drivers = ["aliases"])]
impl Aliased {
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, _task: &Busy, bytes: Bytes) -> Answer<usize> {
        Ok(bytes.len())
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn exclusive(&self, _task: &mut Held, context: Context) -> VendorResult<u8> {
        Ok(context.0)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn read_only(&self, _task: &Held) -> vendor_passthru::Result<u8> {
        Ok(1)
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn driver(&self, _caller: &Caller, http_method: Verb) -> StdResult<String, Error> {
        Ok(http_method.to_string())
    }
}

#[tokio::test]
async fn a_type_under_an_alias_is_the_type() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(Verb::Get, "shared", json!({"bytes": [1, 2]})).await;
    assert_eq!(called.value::<usize>(), 2);
    let called = conductor.call(Verb::Get, "exclusive", json!({"context": 3})).await;
    assert_eq!(called.value::<u8>(), 3);
    let called = conductor.call(Verb::Get, "read_only", json!({})).await;
    assert_eq!(called.value::<u8>(), 1);
    let called = conductor.call_driver(Verb::Get, "driver", json!({})).await;
    assert_eq!(called.value::<String>(), "GET");
}
