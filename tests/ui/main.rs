//! What the compiler says to a driver author: one mistake a file, named by the rule it breaks, and
//! beside it the answer, word for word. `TRYBUILD=overwrite` writes the answers anew; read them.

#[test]
fn a_mistake_is_answered_by_one_error_at_the_wrong_tokens() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/*.rs");
    cases.compile_fail("ui/several.rs");
}
