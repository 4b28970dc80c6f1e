//! An impl that a macro by example writes.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

macro_rules! vendor {
    (
        $vendor:ident, $name:literal, $drivers:expr_2021, $new:path;
        $(#[$attribute:meta])*
        $visibility:vis fn $method:ident($argument:ident: $ty:ty $(= $default:expr_2021)?) -> $output:ty
        $body:block
    ) => {
        #[derive(Default)]
        struct $vendor;

        impl VendorInterface for $vendor {}

        #[vendor_interface(name = $name, drivers = $drivers, new = $new)]
        impl $vendor {
            $(#[$attribute])*
            #[passthru(methods = ["POST"], async_call = false)]
            $visibility async fn $method(
                &self,
                _task: &mut Task,
                $(#[arg(default = $default)])? $argument: $ty,
            ) -> $output $body
        }
    };
}

vendor! {
    Made, "made", ["made"], Made::default;
    /// Made by a macro.
    pub(crate) fn length(bytes: Vec<u8> = vec![1, 2]) -> Result<usize> { Ok(bytes.len()) }
}

macro_rules! passed_on {
    ($item:item) => {
        #[vendor_interface(name = "passed-on", drivers = ["passed-on"])]
        $item
    };
}

#[derive(Default)]
struct PassedOn;

impl VendorInterface for PassedOn {}

passed_on! {
    impl PassedOn {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn answer(&self, _task: &mut Task) -> Result<u8> {
            Ok(42)
        }
    }
}

macro_rules! typed {
    ($task:ty, $text:ty, $flag:literal, $verb:literal, $driver:literal) => {
        #[derive(Default)]
        struct Typed;

        impl VendorInterface for Typed {}

        #[vendor_interface(name = "typed", drivers = [$driver])]
        impl Typed {
            #[passthru(methods = [$verb], async_call = $flag)]
            async fn answer(&self, _task: $task, text: $text) -> Result<$text> {
                Ok(text)
            }
        }
    };
}

typed!(&mut Task, Option<String>, false, "GET", "typed");

#[tokio::test]
async fn a_method_made_of_fragments_answers() {
    let conductor = TestConductor::new(Made);
    let called = conductor.call(HttpMethod::Post, "length", json!({"bytes": [1, 2, 3]})).await;
    assert_eq!(called.value::<usize>(), 3);
    let called = conductor.call(HttpMethod::Post, "length", json!({})).await;
    assert_eq!(called.value::<usize>(), 2);
}

#[tokio::test]
async fn an_impl_that_a_macro_passes_on_is_served() {
    let conductor = TestConductor::new(PassedOn);
    assert_eq!(conductor.call(HttpMethod::Get, "answer", json!({})).await.value::<u8>(), 42);
}

#[tokio::test]
async fn types_and_keys_made_by_a_macro_are_read() {
    let conductor = TestConductor::new(Typed);
    let called = conductor.call(HttpMethod::Get, "answer", json!({})).await;
    assert_eq!(called.value::<Option<String>>(), None);
}
