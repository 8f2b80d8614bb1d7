//! Exports of the single-threaded module.

use alloc::vec::Vec;

use bytemill_base::local;
use bytemill_core::{Frame, Results};

use crate::view::{View, resize};

struct State {
    arena: Vec<u8>,
    results: Results,
    view: View,
}

local! {
    static STATE: State = State { arena: Vec::new(), results: Results::new(), view: View::new() };
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn reserve(len: usize) -> *mut u8 {
    crate::panic::install();
    STATE.with_borrow_mut(|state| {
        if resize(&mut state.arena, len) { state.arena.as_mut_ptr() } else { core::ptr::null_mut() }
    })
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn run(len: usize) -> *const usize {
    crate::panic::clear();
    STATE.with_borrow_mut(|state| {
        let State { arena, results, view } = state;
        match Frame::parse(arena.get(..len).unwrap_or_default()) {
            Ok(frame) => bytemill_core::run(&frame, results),
            Err(error) => results.fail_all(&error, 1),
        }
        *view = View::of(results);
        view.as_ptr()
    })
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn completed() -> u32 {
    bytemill_core::completed()
}
