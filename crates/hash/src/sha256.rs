//! SHA-256, as specified in FIPS 180-4.

mod constants;
mod many;
mod single;
mod step;
#[cfg(test)]
mod tests;

pub use many::digests;
pub use single::{State, digest};
