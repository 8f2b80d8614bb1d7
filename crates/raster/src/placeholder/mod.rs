//! A few bytes from which a blurred image can be drawn while the real one is loading.

mod blurhash;
mod thumbhash;

pub use blurhash::blurhash;
pub use thumbhash::thumbhash;
