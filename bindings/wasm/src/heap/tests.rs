use alloc::vec::Vec;
use core::ptr;
use std::alloc::{Layout, alloc_zeroed};

use super::{Heap, PAGE, Pages};

/// Pages of the host, one after another as wasm has them, but for gaps that a test may ask for.
struct Host {
    next: usize,
    end: usize,
    grown: usize,
}

// SAFETY: each page is given once.
unsafe impl Pages for Host {
    fn grow(&mut self, pages: usize) -> Option<usize> {
        let start = self.next;
        if pages * PAGE > self.end - start {
            return None;
        }
        self.next += pages * PAGE;
        self.grown += pages;
        Some(start)
    }
}

fn heap(pages: usize) -> Heap<Host> {
    let layout = Layout::from_size_align(pages * PAGE, PAGE).unwrap();
    // SAFETY: the layout is not empty. Never given back: the tests are few.
    let start = unsafe { alloc_zeroed(layout) }.expose_provenance();
    assert_ne!(start, 0);
    Heap::new(Host { next: start, end: start + pages * PAGE, grown: 0 })
}

/// The sizes of the chunks that are first in their lists.
fn free_chunks(heap: &Heap<Host>) -> Vec<usize> {
    heap.lists.iter().filter(|chunk| **chunk != 0).map(|chunk| super::size(*chunk)).collect()
}

fn fill(address: usize, bytes: usize, value: u8) {
    // SAFETY: the heap gave this many bytes.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(address).write_bytes(value, bytes) };
}

fn holds(address: usize, bytes: usize, value: u8) -> bool {
    let start = ptr::with_exposed_provenance::<u8>(address);
    // SAFETY: the heap gave this many bytes, and `fill` wrote them.
    let slice = unsafe { core::slice::from_raw_parts(start, bytes) };
    slice.iter().all(|byte| *byte == value)
}

/// A generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

#[test]
fn chunks_never_overlap_and_are_aligned() {
    let mut heap = heap(512);
    let mut random = Random(1);
    let mut live: Vec<(usize, usize, u8)> = Vec::new();
    for turn in 0..if cfg!(miri) { 500_u32 } else { 60_000 } {
        let value = turn as u8;
        let size = 1 << random.below(16);
        let bytes = random.below(size) + 1;
        match random.below(4) {
            0 | 1 if live.len() < 300 => {
                let align = 1 << random.below(8);
                if let Some(address) = heap.alloc(bytes, align) {
                    assert!(address.is_multiple_of(align));
                    fill(address, bytes, value);
                    live.push((address, bytes, value));
                }
            }
            2 if !live.is_empty() => {
                let at = random.below(live.len());
                let (address, old, value) = live[at];
                if heap.resize(address, bytes) {
                    assert!(holds(address, old.min(bytes), value));
                    fill(address, bytes, value);
                    live[at].1 = bytes;
                }
            }
            _ if !live.is_empty() => {
                let at = random.below(live.len());
                let (address, bytes, value) = live.swap_remove(at);
                assert!(holds(address, bytes, value));
                heap.free(address);
            }
            _ => {}
        }
    }
    for (address, bytes, value) in live {
        assert!(holds(address, bytes, value));
        heap.free(address);
    }
    // Everything has joined into one chunk again.
    assert_eq!(free_chunks(&heap), [heap.pages.grown * PAGE - super::UNIT]);
}

#[test]
fn memory_stays_flat_over_calls_of_mixed_sizes() {
    let mut heap = heap(1024);
    let mut random = Random(2);
    let mut after_warm_up = 0;
    for call in 0..10_000 {
        // What a call does: an input, a result that grows by doubling, scratch space, of 1 byte to 4 MiB.
        let size = 1 << random.below(23);
        let input = heap.alloc(random.below(size) + 1, 1).unwrap();
        let scratch = heap.alloc(16 << 10, 16).unwrap();
        let mut bytes = 64;
        let mut result = heap.alloc(bytes, 1).unwrap();
        while bytes < size {
            bytes *= 2;
            if !heap.resize(result, bytes) {
                let moved = heap.alloc(bytes, 1).unwrap();
                heap.free(result);
                result = moved;
            }
        }
        for address in [input, result, scratch] {
            heap.free(address);
        }
        if call == 1000 {
            after_warm_up = heap.pages.grown;
        }
    }
    // Nothing is left between calls; the largest needs 4 MiB for its input and 4 MiB and half of that for its result.
    assert_eq!(free_chunks(&heap), [heap.pages.grown * PAGE - super::UNIT]);
    assert!(heap.pages.grown <= after_warm_up + after_warm_up / 16);
    assert!(heap.pages.grown * PAGE < 11 << 20, "{} pages", heap.pages.grown);
}

#[test]
fn the_last_chunk_grows_in_place() {
    let mut heap = heap(64);
    let address = heap.alloc(100, 1).unwrap();
    fill(address, 100, 7);
    assert!(heap.resize(address, 10 * PAGE));
    assert!(holds(address, 100, 7));
    assert_eq!(heap.pages.grown, 11);
    assert!(heap.resize(address, 100));
    assert!(heap.alloc(9 * PAGE, 1).is_some());
    assert_eq!(heap.pages.grown, 11);
}

#[test]
fn pages_that_do_not_follow_make_another_region() {
    let mut heap = heap(64);
    let first = heap.alloc(PAGE / 2, 1).unwrap();
    heap.pages.next += PAGE;
    let second = heap.alloc(2 * PAGE, 1).unwrap();
    fill(first, PAGE / 2, 1);
    fill(second, 2 * PAGE, 2);
    assert!(holds(first, PAGE / 2, 1));
    heap.free(second);
    heap.free(first);
    assert_eq!(free_chunks(&heap).len(), 2);
}

#[test]
fn what_cannot_be_had_is_refused_and_costs_nothing() {
    let mut heap = heap(4);
    assert_eq!(heap.alloc(usize::MAX, 1), None);
    assert_eq!(heap.alloc(isize::MAX as usize, 16), None);
    assert_eq!(heap.alloc(4 * PAGE, 1), None);
    let address = heap.alloc(PAGE, 1).unwrap();
    assert!(!heap.resize(address, 8 * PAGE));
    assert!(!heap.resize(address, usize::MAX));
    assert!(heap.alloc(PAGE, PAGE).is_some());
}
