//! What kernels and shells use in place of larger parts of the standard library: state of a thread ([`local!`]) without
//! `std`, and messages with numbers ([`Message`]) without `core::fmt`, whose padding and traits cost a small module a
//! tenth of its size.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod local;
mod message;

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
pub use local::single::Local;
#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
#[doc(hidden)]
pub use local::std;
pub use message::{Message, decimal};
