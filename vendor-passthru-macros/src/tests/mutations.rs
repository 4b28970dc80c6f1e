//! Broken code, made at random out of the UI cases and of good impls, as it is while somebody
//! types and after another macro: nothing is lost, nothing panics, no mistake is silent.
//!
//! `PROPTEST_CASES=100000 cargo test -p vendor-passthru-macros mutations` tries more cases, and
//! `PROPTEST_RNG_SEED=1` others: left alone, a test does the same each time. No seeds are kept: a
//! seed means another input as soon as there is one more UI case. A failure prints its tokens,
//! which make a test of their own beside the half-typed ones.

mod check;
mod edit;
mod pool;

use std::path::Path;

use proc_macro2::Span;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use self::check::check;
use self::edit::{cooked, edit, edited, soup};
use self::pool::pool;
use super::{Annotated, EXPANDED, EXPANSIONS, MISTAKES, OURS, annotated, rust_files, tokens};

#[test]
fn mutated_code_is_kept_and_what_is_wrong_with_it_is_said() {
    let (inputs, pool) = (inputs(), pool());
    let mutated = (any::<Index>(), vec(edit(), 0..3), vec(edit(), 0..5));
    run(&mutated, |(input, in_arguments, in_item)| {
        let mut input = input.get(&inputs).clone();
        input.arguments = edited(input.arguments, &in_arguments, &pool);
        input.item = edited(input.item, &in_item, &pool);
        check(&input)
    });
}

#[test]
fn random_tokens_are_kept_and_what_is_wrong_with_them_is_said() {
    let pool = pool();
    run(&(select(&OURS[..]), soup(), soup()), |(name, arguments, item)| {
        let (arguments, item) = (cooked(&arguments, &pool), cooked(&item, &pool));
        check(&Annotated { name: name.to_owned(), arguments, item, place: Span::call_site() })
    });
}

fn run<S: Strategy>(strategy: &S, check: impl Fn(S::Value) -> Result<(), String>) {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(0);
    }
    let ran =
        TestRunner::new(config).run(strategy, |value| check(value).map_err(TestCaseError::fail));
    if let Err(failed) = ran {
        panic!("{failed}");
    }
}

fn inputs() -> Vec<Annotated> {
    let files = [MISTAKES, EXPANSIONS].into_iter().flat_map(|folder| rust_files(Path::new(folder)));
    let written = files.filter(|file| !file.to_string_lossy().ends_with(EXPANDED));
    written.flat_map(|file| annotated(tokens(&file))).collect()
}
