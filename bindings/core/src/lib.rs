//! The narrow waist between the kernels and JavaScript.
//!
//! Every operation is one [`Operation`]: a number, a name, a row of options and a function from bytes to bytes and
//! numbers. The shells in `bindings/wasm` and `bindings/napi` know none of them by name: they hand a [`Frame`] to
//! [`run`] and give back [`Results`]. Names, documentation, defaults, ranges and units of options, and the list of
//! error codes, are declared here once; `cargo xtask codegen` writes the TypeScript from them.
//!
//! Adding an operation touches one file in `src/ops/` and one line of the table in `src/ops/mod.rs`.
//!
//! Modules whose kernels do without `std` are built without it, see [`with_std`].
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;
#[cfg(all(test, not(feature = "std")))]
extern crate std;

mod batch;
mod error;
mod frame;
mod operation;
pub mod ops;
mod options;
pub mod session;

pub use batch::{Record, Results, completed, run, run_one};
pub use error::{Code, Error};
pub use frame::{Cells, Frame, Items, ItemsIter};
pub use operation::{Operation, Output};
pub use options::{Kind, OptionSpec, Row};
pub use session::Session;

/// Keeps what it is given where this build has `std`; `without_std` where it has not. A feature of this crate decides,
/// which a shell cannot ask for.
#[cfg(feature = "std")]
#[macro_export]
macro_rules! with_std {
    ($($item:item)*) => { $($item)* };
}
/// Keeps what it is given where this build has no `std`.
#[cfg(feature = "std")]
#[macro_export]
macro_rules! without_std {
    ($($item:item)*) => {};
}
/// Keeps what it is given where this build has `std`; `without_std` where it has not. A feature of this crate decides,
/// which a shell cannot ask for.
#[cfg(not(feature = "std"))]
#[macro_export]
macro_rules! with_std {
    ($($item:item)*) => {};
}
/// Keeps what it is given where this build has no `std`.
#[cfg(not(feature = "std"))]
#[macro_export]
macro_rules! without_std {
    ($($item:item)*) => { $($item)* };
}
