//! What moves pixels.

mod extend;
mod extract;
mod orient;
mod rotate;
mod trim;

pub use extend::{Extend, ExtendMode};
pub use extract::Area;
pub use rotate::Interpolation;
pub use trim::TrimOptions;
