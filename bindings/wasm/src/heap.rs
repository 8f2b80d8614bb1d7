//! The heap of a module with one thread: good fit over lists of free chunks by size, neighbours joined when they are
//! freed (D. Knuth, The Art of Computer Programming, volume 1, section 2.5, boundary tags).
//!
//! A quarter of the code of the one that comes with std, which matters where that is more than the kernel's. Finding a
//! chunk looks at a few of a list and then at a bitmap of lists, so no order of calls makes it slow; a vector that grows
//! at the end of the heap stays where it is.
//!
//! ```text
//! chunk:  head: its size, USED, BEFORE | payload, aligned to two words            while it is in use
//!         head: its size, BEFORE | next | previous | … | its size once more       while it is free
//! ```
//! A size includes the head and is a multiple of two words. `BEFORE` says that the chunk before is in use; where it is
//! not, its size stands right before the head. A region ends with the head of a chunk in use that has no size.
#![expect(unsafe_code, reason = "an allocator is made of addresses")]

use core::ptr;

const WORD: usize = size_of::<usize>();
/// What payloads are aligned to.
const UNIT: usize = 2 * WORD;
/// The smallest chunk has room for what a free one needs.
const LEAST: usize = 4 * WORD;
const USED: usize = 1;
const BEFORE: usize = 2;
const FLAGS: usize = UNIT - 1;
/// Four lists for each power of two.
const LISTS: usize = 128;
/// How many chunks of a list are looked at that may be too small.
const TRIES: usize = 8;
/// Bytes of a page of wasm.
pub(crate) const PAGE: usize = 64 << 10;

/// Where memory comes from.
///
/// # Safety
/// `grow` gives the address of as many pages as were asked for, aligned to [`PAGE`], that nobody else will use.
pub(crate) unsafe trait Pages {
    /// More pages, where there are any.
    fn grow(&mut self, pages: usize) -> Option<usize>;
}

/// A heap over pages.
#[derive(Debug)]
pub(crate) struct Heap<P> {
    pages: P,
    /// The first chunk of each list, or 0.
    lists: [usize; LISTS],
    /// Which lists have a chunk, a bit each.
    filled: [u32; LISTS / 32],
    /// The head that ends the last region, or 0.
    end: usize,
}

/// A word of the heap. The module's invariant: `at` is a head, a link or a size of a chunk of this heap.
fn load(at: usize) -> usize {
    // SAFETY: the address lies in a page that `Pages` gave to this heap alone, and is aligned to a word.
    unsafe { ptr::with_exposed_provenance::<usize>(at).read() }
}

fn store(at: usize, value: usize) {
    // SAFETY: as in `load`.
    unsafe { ptr::with_exposed_provenance_mut::<usize>(at).write(value) }
}

fn size(chunk: usize) -> usize {
    load(chunk) & !FLAGS
}

/// The list for chunks of `size` bytes, and of somewhat more.
fn list(size: usize) -> usize {
    let units = size / UNIT;
    if units < 4 {
        return units;
    }
    let log = units.ilog2() as usize;
    (4 * log + (units >> (log - 2) & 3)).min(LISTS - 1)
}

/// The chunk for a payload of `bytes`.
fn needed(bytes: usize) -> Option<usize> {
    Some(bytes.checked_add(WORD + UNIT - 1)? & !(UNIT - 1)).map(|size| size.max(LEAST))
}

impl<P: Pages> Heap<P> {
    /// A heap without memory.
    pub(crate) const fn new(pages: P) -> Self {
        Self { pages, lists: [0; LISTS], filled: [0; LISTS / 32], end: 0 }
    }

    /// The address of `bytes` bytes, aligned to `align`, a power of two.
    pub(crate) fn alloc(&mut self, bytes: usize, align: usize) -> Option<usize> {
        let need = needed(bytes)?;
        // What the alignment may cost: less than itself, and a chunk of its own in front.
        let want = if align > UNIT { need.checked_add(align)?.checked_add(LEAST)? } else { need };
        let mut chunk = loop {
            match self.find(want) {
                Some(chunk) => break chunk,
                // More than once where the pages do not follow the last ones.
                None => self.grow(want)?,
            }
        };
        self.unlink(chunk);
        let mut have = size(chunk);
        let mut lead = (chunk + WORD).next_multiple_of(align) - (chunk + WORD);
        if lead > 0 {
            while lead < LEAST {
                lead += align;
            }
            self.put(chunk, lead, BEFORE);
            chunk += lead;
            have -= lead;
            store(chunk, have);
        }
        self.occupy(chunk, have, need);
        Some(chunk + WORD)
    }

    /// Takes back what `alloc` or `realloc` gave.
    pub(crate) fn free(&mut self, address: usize) {
        let mut chunk = address - WORD;
        let mut whole = size(chunk);
        if load(chunk) & BEFORE == 0 {
            let before = load(chunk - WORD);
            chunk -= before;
            whole += before;
            self.unlink(chunk);
        }
        let next = address - WORD + size(address - WORD);
        if load(next) & USED == 0 {
            self.unlink(next);
            whole += size(next);
        }
        self.put(chunk, whole, BEFORE);
    }

    /// Makes the payload at `address` as long as `bytes` without moving it; false where that cannot be.
    pub(crate) fn resize(&mut self, address: usize, bytes: usize) -> bool {
        let Some(need) = needed(bytes) else { return false };
        let chunk = address - WORD;
        let have = size(chunk);
        if need > have {
            let mut free = free_size(chunk + have);
            if have + free < need && chunk + have + free == self.end {
                // The last of the heap.
                let _ = self.grow(need - have);
                free = free_size(chunk + have);
            }
            if have + free < need {
                return false;
            }
            self.unlink(chunk + have);
            self.occupy(chunk, have + free, need);
        } else {
            self.occupy(chunk, have, need);
        }
        true
    }

    /// Uses the first `need` bytes of a chunk of `have` bytes that is in no list, and gives the others back.
    fn occupy(&mut self, chunk: usize, have: usize, need: usize) {
        let before = load(chunk) & BEFORE;
        let rest = have - need;
        if rest < LEAST {
            store(chunk, have | USED | before);
            let next = chunk + have;
            store(next, load(next) | BEFORE);
            return;
        }
        store(chunk, need | USED | before);
        store(chunk + need, rest | USED | BEFORE);
        self.free(chunk + need + WORD);
    }

    /// Makes a free chunk of what is in no list.
    fn put(&mut self, chunk: usize, size: usize, before: usize) {
        store(chunk, size | before);
        store(chunk + size - WORD, size);
        let next = chunk + size;
        store(next, load(next) & !BEFORE);
        let list = list(size);
        let first = self.lists[list];
        store(chunk + WORD, first);
        store(chunk + 2 * WORD, 0);
        if first != 0 {
            store(first + 2 * WORD, chunk);
        }
        self.lists[list] = chunk;
        self.filled[list / 32] |= 1 << (list % 32);
    }

    /// Takes a free chunk out of its list.
    fn unlink(&mut self, chunk: usize) {
        let (next, previous) = (load(chunk + WORD), load(chunk + 2 * WORD));
        if next != 0 {
            store(next + 2 * WORD, previous);
        }
        if previous != 0 {
            store(previous + WORD, next);
            return;
        }
        let list = list(size(chunk));
        self.lists[list] = next;
        if next == 0 {
            self.filled[list / 32] &= !(1 << (list % 32));
        }
    }

    /// A free chunk of `want` bytes or more.
    fn find(&self, want: usize) -> Option<usize> {
        let list = list(want);
        let mut chunk = self.lists[list];
        for _ in 0..TRIES {
            if chunk == 0 {
                break;
            }
            if size(chunk) >= want {
                return Some(chunk);
            }
            chunk = load(chunk + WORD);
        }
        // In the lists behind, every chunk is large enough.
        let mut mask = u32::MAX << (list % 32) << 1;
        for word in list / 32..LISTS / 32 {
            let filled = self.filled[word] & mask;
            if filled != 0 {
                return Some(self.lists[word * 32 + filled.trailing_zeros() as usize]);
            }
            mask = u32::MAX;
        }
        None
    }

    /// Makes the last free chunk `want` bytes long or more.
    #[cold]
    fn grow(&mut self, want: usize) -> Option<()> {
        let last = match self.end {
            0 => 0,
            end if load(end) & BEFORE == 0 => load(end - WORD),
            _ => 0,
        };
        let pages = want.saturating_sub(last).checked_add(UNIT)?.div_ceil(PAGE);
        let start = self.pages.grow(pages)?;
        let mut bytes = pages * PAGE;
        let chunk = if self.end != 0 && self.end + WORD == start {
            store(self.end, bytes | USED | load(self.end) & BEFORE);
            self.end
        } else {
            bytes -= UNIT;
            store(start + WORD, bytes | USED | BEFORE);
            start + WORD
        };
        self.end = chunk + bytes;
        store(self.end, USED | BEFORE);
        self.free(chunk + WORD);
        Some(())
    }
}

/// The size of a chunk if it is free, else 0.
fn free_size(chunk: usize) -> usize {
    let head = load(chunk);
    if head & USED == 0 { head & !FLAGS } else { 0 }
}

#[cfg(target_arch = "wasm32")]
pub(crate) use module::System;

#[cfg(target_arch = "wasm32")]
mod module {
    use core::alloc::{GlobalAlloc, Layout};
    use core::arch::wasm32::{memory_grow, memory_size};
    use core::cell::UnsafeCell;
    use core::ptr;

    use super::{Heap, PAGE, Pages};

    struct Wasm;

    // SAFETY: memory that `memory.grow` adds is nobody's yet, and whoever else grows gets other pages.
    unsafe impl Pages for Wasm {
        fn grow(&mut self, pages: usize) -> Option<usize> {
            // The last byte of the address space stays unused, so that no end is 0.
            if memory_size::<0>() + pages >= 1 << 16 {
                return None;
            }
            match memory_grow::<0>(pages) {
                usize::MAX => None,
                before => Some(before * PAGE),
            }
        }
    }

    struct Only(UnsafeCell<Heap<Wasm>>);

    // SAFETY: this module is built without atomics, so its memory has one thread.
    unsafe impl Sync for Only {}

    static HEAP: Only = Only(UnsafeCell::new(Heap::new(Wasm)));

    /// The module's heap.
    pub(crate) struct System;

    impl System {
        fn heap(&self) -> &mut Heap<Wasm> {
            // SAFETY: there is one thread, and no method of the heap calls what could come back here.
            unsafe { &mut *HEAP.0.get() }
        }
    }

    fn pointer(address: Option<usize>) -> *mut u8 {
        address.map_or(ptr::null_mut(), ptr::with_exposed_provenance_mut)
    }

    // SAFETY: the heap gives chunks that do not overlap, of the size and alignment that were asked for.
    unsafe impl GlobalAlloc for System {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            pointer(self.heap().alloc(layout.size(), layout.align()))
        }

        unsafe fn dealloc(&self, address: *mut u8, _layout: Layout) {
            self.heap().free(address.expose_provenance());
        }

        unsafe fn realloc(&self, address: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
            let heap = self.heap();
            if heap.resize(address.expose_provenance(), bytes) {
                return address;
            }
            let moved = pointer(heap.alloc(bytes, layout.align()));
            if !moved.is_null() {
                // SAFETY: both are as long as that, and the new one is no part of the old one, which is in use.
                unsafe { ptr::copy_nonoverlapping(address, moved, layout.size().min(bytes)) };
                heap.free(address.expose_provenance());
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests;
