//! Figures beside what they are to be.

use crate::Failure;

/// A figure that is not judged: it is a time.
pub(crate) fn goal(what: &str, figure: f64, goal: f64) {
    println!("  {what:<44}{:>10}   (goal: at most {goal})", rounded(figure));
}

/// A figure that is. No number keeps no bound.
pub(crate) fn at_most(what: &str, figure: f64, bound: f64) -> Result<(), Failure> {
    let line = format!("{what:<44}{:>10}   (at most {bound})", rounded(figure));
    println!("  {line}");
    if figure <= bound { Ok(()) } else { Err(format!("too much: {line}").into()) }
}

fn rounded(figure: f64) -> String {
    if figure < 100.0 { format!("{figure:.2}") } else { format!("{figure:.0}") }
}
