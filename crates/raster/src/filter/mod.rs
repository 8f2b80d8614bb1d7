//! What computes a pixel from those around it. Past an edge its pixels repeat.

mod blur;
mod convolve;
mod fir;
mod gauss;
mod histogram;
mod median;
mod plane;
mod pyramid;
mod select;
mod sharpen;

pub use convolve::Kernel;
pub use sharpen::Sharpen;
