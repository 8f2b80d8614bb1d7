//! The wasm shell: hands frames from JavaScript to `bytemill-core` and shows it the results.
//!
//! A single-threaded module imports nothing, so that any runtime can instantiate it without glue, and exports:
//!
//! | export | meaning |
//! |---|---|
//! | `reserve(len)` | address of the arena, now of `len` bytes at least; 0 when memory is short |
//! | `run(len)` | runs the frame in the arena's first `len` bytes; gives the address of six u32: records, their count, bytes, their length, numbers, their count |
//! | `run_one(op, cells, blob, len)` | runs one input, which lies behind cells and blob in the arena's first `len` bytes; gives the address of five u32: status, bytes, their length, numbers, their count |
//! | `direct(op, len)` | the number that an operation without options makes of the arena's first `len` bytes, where its result is one |
//! | `completed()` | items done; after a trap it names the guilty one |
//! | `limit_memory(bytes)` | most bytes that may be allocated at once, from now on |
//! | `panic_text()` | address of u32 kind, u32 length and the text of the last panic or failed allocation |
//!
//! The threaded twin exports jobs instead ([`mod@threads`]), because a call there must not block its caller.
#![no_std]

extern crate alloc;
#[cfg(not(target_arch = "wasm32"))]
extern crate std;
bytemill_core::with_std! {
    #[cfg(target_arch = "wasm32")]
    extern crate std;
}
#[cfg(any(test, all(target_arch = "wasm32", not(feature = "threads"))))]
mod heap;
mod memory;
mod panic;
#[cfg(not(feature = "threads"))]
mod single;
#[cfg(feature = "threads")]
pub mod threads;
mod view;
