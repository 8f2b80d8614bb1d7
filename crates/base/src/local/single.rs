//! For a target with one thread.

use core::cell::RefCell;

/// State of the only thread.
#[derive(Debug)]
pub struct Local<T>(RefCell<T>);

#[expect(unsafe_code, reason = "a static has to be Sync, and nothing safe is without a lock")]
// SAFETY: wasm without atomics has no shared memory, and so a memory has one thread; this module is compiled for no
// other target.
unsafe impl<T> Sync for Local<T> {}

impl<T> Local<T> {
    /// Holds `value`.
    pub const fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    /// Works on the state; like `std::thread::LocalKey::with_borrow_mut`.
    ///
    /// # Panics
    /// Where `work` asks for the same state again.
    pub fn with_borrow_mut<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        work(&mut self.0.borrow_mut())
    }
}
