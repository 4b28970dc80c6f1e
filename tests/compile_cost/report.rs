//! Figures beside what they are to be.

/// The bounds that are broken.
pub(crate) type Failures = Vec<String>;

/// A figure that is not judged: it is a time, or not what it is to be yet.
pub(crate) fn goal(what: &str, figure: f64, goal: f64) {
    println!("  {what:<44}{:>10}   (goal: at most {goal})", rounded(figure));
}

/// A figure that is. No number keeps no bound.
pub(crate) fn at_most(what: &str, figure: f64, bound: f64) -> Option<String> {
    let line = format!("{what:<44}{:>10}   (at most {bound})", rounded(figure));
    println!("  {line}");
    let kept = figure <= bound;
    (!kept).then_some(line)
}

fn rounded(figure: f64) -> String {
    if figure < 100.0 { format!("{figure:.2}") } else { format!("{figure:.0}") }
}
