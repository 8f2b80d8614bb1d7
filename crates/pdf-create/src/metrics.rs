//! Measures of a font's lines.

/// Measures of a font's lines, in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Metrics {
    /// From the baseline to the top of high letters.
    pub(crate) ascent: f64,
    /// From the baseline to the bottom of low letters: negative.
    pub(crate) descent: f64,
    /// From baseline to baseline.
    pub(crate) line: f64,
    /// From the baseline to the middle of the line under it: negative.
    pub(crate) underline: f64,
    /// From the baseline to the middle of the line through it.
    pub(crate) strike: f64,
    /// Of these lines.
    pub(crate) thickness: f64,
}
