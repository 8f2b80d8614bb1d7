//! The allocator: the standard one, held to a limit. It leaves a note when memory runs out, so that the trap that
//! follows can be told from a bug.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

#[cfg(all(target_arch = "wasm32", not(feature = "threads")))]
use crate::heap::System;
use crate::panic::{Kind, report};
#[cfg(not(all(target_arch = "wasm32", not(feature = "threads"))))]
use std::alloc::System;

/// Most bytes that may be allocated at once: `maxMemoryBytes` of `configure`.
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
/// Bytes allocated now. In a single-threaded module this is a plain addition.
static IN_USE: AtomicUsize = AtomicUsize::new(0);

struct Limited;

#[global_allocator]
static ALLOCATOR: Limited = Limited;

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn limit_memory(bytes: usize) {
    LIMIT.store(bytes, Ordering::Relaxed);
}

/// Counts `bytes` more; false where that would exceed the limit.
fn take(bytes: usize) -> bool {
    let before = IN_USE.fetch_add(bytes, Ordering::Relaxed);
    let limit = LIMIT.load(Ordering::Relaxed);
    let fits = before.saturating_add(bytes) <= limit;
    if !fits {
        give(bytes);
        let report = report(Kind::Memory).text("an allocation of ").number(bytes);
        let report = report.text(" bytes would exceed maxMemoryBytes, ").number(limit);
        report.text(", of which ").number(before).text(" are in use");
    }
    fits
}

fn give(bytes: usize) {
    IN_USE.fetch_sub(bytes, Ordering::Relaxed);
}

/// What the system's allocator answered; takes the count back and leaves a note where it had nothing.
fn note(address: *mut u8, bytes: usize) -> *mut u8 {
    if address.is_null() {
        give(bytes);
        let report = report(Kind::Memory).text("an allocation of ").number(bytes);
        report.text(" bytes could not be met");
    }
    address
}

#[expect(unsafe_code, reason = "the trait is unsafe; every call is passed on unchanged")]
// SAFETY: every method passes its arguments to the system allocator and returns what that returned, or null, which
// says that there is no memory.
//
// Never inlined: where an allocation and its release end up in one function, LLVM takes the address for unlike any
// other, and with it the size that the system's allocator keeps in front of it for unwritten. Seen with fat LTO.
unsafe impl GlobalAlloc for Limited {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !take(layout.size()) {
            return ptr::null_mut();
        }
        // SAFETY: the caller upholds the contract of `alloc`.
        note(unsafe { System.alloc(layout) }, layout.size())
    }

    #[inline(never)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !take(layout.size()) {
            return ptr::null_mut();
        }
        // SAFETY: the caller upholds the contract of `alloc_zeroed`.
        note(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    #[inline(never)]
    unsafe fn realloc(&self, address: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let more = size.saturating_sub(layout.size());
        if !take(more) {
            return ptr::null_mut();
        }
        // SAFETY: the caller upholds the contract of `realloc`.
        let moved = note(unsafe { System.realloc(address, layout, size) }, more);
        if !moved.is_null() {
            give(layout.size().saturating_sub(size));
        }
        moved
    }

    #[inline(never)]
    unsafe fn dealloc(&self, address: *mut u8, layout: Layout) {
        give(layout.size());
        // SAFETY: the caller upholds the contract of `dealloc`.
        unsafe { System.dealloc(address, layout) }
    }
}
