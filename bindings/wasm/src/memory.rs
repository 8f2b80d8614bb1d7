//! The allocator: the standard one, which also leaves a note when memory runs out, so that the trap that follows can
//! be told from a bug.

use std::alloc::{GlobalAlloc, Layout, System};

struct Noting;

#[global_allocator]
static ALLOCATOR: Noting = Noting;

fn note(address: *mut u8, bytes: usize) -> *mut u8 {
    if address.is_null() {
        crate::panic::report(2, format_args!("an allocation of {bytes} bytes could not be met"));
    }
    address
}

#[expect(unsafe_code, reason = "the trait is unsafe; every call is passed on unchanged")]
// SAFETY: every method passes its arguments to the system allocator and returns what that returned.
unsafe impl GlobalAlloc for Noting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller upholds the contract of `alloc`.
        note(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller upholds the contract of `alloc_zeroed`.
        note(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, address: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller upholds the contract of `realloc`.
        note(unsafe { System.realloc(address, layout, size) }, size)
    }

    unsafe fn dealloc(&self, address: *mut u8, layout: Layout) {
        // SAFETY: the caller upholds the contract of `dealloc`.
        unsafe { System.dealloc(address, layout) }
    }
}
