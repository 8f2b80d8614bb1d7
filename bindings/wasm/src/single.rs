//! Exports of the single-threaded module.

use std::cell::RefCell;

use bytemill_core::{Frame, Results};

use crate::view::{View, resize};

#[derive(Default)]
struct State {
    arena: Vec<u8>,
    results: Results,
    view: View,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn reserve(len: usize) -> *mut u8 {
    crate::panic::install();
    STATE.with_borrow_mut(|state| {
        if resize(&mut state.arena, len) { state.arena.as_mut_ptr() } else { std::ptr::null_mut() }
    })
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn run() {
    STATE.with_borrow_mut(|state| {
        let State { arena, results, .. } = state;
        match Frame::parse(arena) {
            Ok(frame) => bytemill_core::run(&frame, results),
            Err(error) => results.fail_all(&error, 1),
        }
    });
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn results() -> *const usize {
    STATE.with_borrow_mut(|state| {
        state.view = View::of(&state.results);
        state.view.as_ptr()
    })
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn completed() -> u32 {
    bytemill_core::completed()
}
