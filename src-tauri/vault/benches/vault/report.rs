//! Lines of figures.

/// How a figure stands to its bound.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// Prints a figure against its bound.
pub fn line(name: &str, figure: f64, unit: &str, bound: Bound) {
    let (sign, limit, kept) = match bound {
        Bound::AtMost(limit) => ("<=", limit, figure <= limit),
        Bound::AtLeast(limit) => (">=", limit, figure >= limit),
    };
    let verdict = if kept { "ok" } else { "MISS" };
    println!("{name:<58} {figure:>12.3} {unit:<6} {sign} {limit:>9} {verdict}");
}

/// Prints a figure that has no bound, for the reader.
pub fn note(name: &str, figure: f64, unit: &str) {
    println!("{name:<58} {figure:>12.3} {unit:<6}    {:>9} -", "");
}

/// The value below which this share of the samples lies.
pub fn percentile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_unstable_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    samples[at]
}

/// The middle of some runs.
pub fn median(mut runs: Vec<f64>) -> f64 {
    percentile(&mut runs, 0.5)
}
