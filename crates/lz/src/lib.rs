//! The output of LZ77 decoders: literals and matches, appended to a vector.
//!
//! What makes such a decoder fast is to copy 16 bytes where fewer are wanted, into memory that nothing has been written
//! to yet. Safe code would have to clear that memory first, a tenth of the whole time of a zstd decoder, and to check
//! every copy. So the copies are here, behind an interface that cannot be misused: bytes become part of the vector only
//! after they were written, and a match that reaches before the beginning is refused.

mod copy;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;

use copy::{copy_16, copy_32, copy_long, repeat};

/// Room that is kept beyond what is promised, so that a copy may run past its end.
const SLACK: usize = 32;

/// Appends to a vector. What was promised by [`Output::reserve`] may be written without another check of the capacity.
#[derive(Debug)]
pub struct Output<'a> {
    vec: &'a mut Vec<u8>,
    /// Where the bytes begin that matches may reach.
    start: usize,
    /// Bytes that are there; the vector's own length follows in `drop`.
    len: usize,
    /// Length that may be reached; the capacity has the slack beyond it.
    room: usize,
}

impl<'a> Output<'a> {
    /// Matches reach back to `start`, an index of `vec`, at the furthest.
    pub fn new(vec: &'a mut Vec<u8>, start: usize) -> Self {
        let len = vec.len();
        Self { start: start.min(len), len, room: len, vec }
    }

    /// Length of the vector with all that was appended.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing in the vector.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that can be appended before the next [`Output::reserve`]; none before the first.
    #[inline]
    pub fn room(&self) -> usize {
        self.room - self.len
    }

    /// Allows `more` bytes from here on, no more and no fewer; false where there is no memory for them. Where the vector
    /// has to grow, it takes `spare` bytes more, for which it will not have to grow again.
    #[inline]
    pub fn reserve(&mut self, more: usize, spare: usize) -> bool {
        let there = (self.vec.capacity() - self.len).saturating_sub(SLACK);
        if more > there && !self.grow(more, spare) {
            return false;
        }
        self.room = self.len + more;
        true
    }

    #[cold]
    fn grow(&mut self, more: usize, spare: usize) -> bool {
        self.commit();
        let Some(wanted) = more.checked_add(SLACK) else { return false };
        let generous =
            wanted.checked_add(spare).is_some_and(|all| self.vec.try_reserve_exact(all).is_ok());
        generous || self.vec.try_reserve_exact(wanted).is_ok()
    }

    /// Lets `work` append with everything at hand: the cursor's fields stay in registers where those of an output, which
    /// copies might overwrite for all that a compiler knows, would be loaded again after each copy.
    #[inline]
    pub fn write<R>(&mut self, work: impl for<'c> FnOnce(Cursor<'c>) -> (Cursor<'c>, R)) -> R {
        let cursor = Cursor {
            base: self.vec.as_mut_ptr(),
            start: self.start,
            len: self.len,
            room: self.room,
            output: PhantomData,
        };
        let (cursor, result) = work(cursor);
        self.len = cursor.len;
        result
    }

    /// See [`Cursor::literals`].
    pub fn literals(&mut self, from: &[u8], at: usize, count: usize) -> bool {
        self.write(|mut out| {
            let written = out.literals(from, at, count);
            (out, written)
        })
    }

    /// See [`Cursor::byte`].
    pub fn byte(&mut self, byte: u8) -> bool {
        self.write(|mut out| {
            let written = out.byte(byte);
            (out, written)
        })
    }

    /// See [`Cursor::fill`].
    pub fn fill(&mut self, byte: u8, count: usize) -> bool {
        self.write(|mut out| {
            let written = out.fill(byte, count);
            (out, written)
        })
    }

    /// See [`Cursor::repeat`].
    pub fn repeat(&mut self, offset: usize, count: usize) -> bool {
        self.write(|mut out| {
            let written = out.repeat(offset, count);
            (out, written)
        })
    }

    /// What was appended since `from`, an index of the vector.
    pub fn since(&mut self, from: usize) -> &[u8] {
        self.commit();
        self.vec.get(from..).unwrap_or_default()
    }

    fn commit(&mut self) {
        // SAFETY: every byte below `len` was written, and `len` never passes the capacity.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            self.vec.set_len(self.len);
        }
    }
}

/// The end of an [`Output`] while something is appended to it. There is one for each `'c`, so what comes back from
/// [`Output::write`] is what went in.
#[derive(Debug)]
pub struct Cursor<'c> {
    base: *mut u8,
    start: usize,
    len: usize,
    room: usize,
    output: PhantomData<fn(&'c ()) -> &'c ()>,
}

impl Cursor<'_> {
    /// Length of the vector with all that was appended.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing in the vector.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that can still be appended.
    #[inline]
    pub fn room(&self) -> usize {
        self.room - self.len
    }

    /// Appends `from[at..at + count]`; false, and nothing written, where those are not there or there is no room.
    #[inline]
    pub fn literals(&mut self, from: &[u8], at: usize, count: usize) -> bool {
        let Some(left) = from.len().checked_sub(at) else { return false };
        if count > left || count > self.room() {
            return false;
        }
        // SAFETY: `at` is within `from`, and `len` within the capacity, which has `count` and the slack beyond it.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            let source = from.as_ptr().add(at);
            let target = self.base.add(self.len);
            if count <= 16 && left >= 16 {
                copy_16(source, target);
            } else {
                copy_long(source, target, count, left);
            }
        }
        self.len += count;
        true
    }

    /// Appends literals, then a match, as [`Cursor::literals`] and [`Cursor::repeat`]; false, and nothing of use written,
    /// where either of them cannot be.
    #[inline]
    pub fn sequence(
        &mut self,
        from: &[u8],
        at: usize,
        literals: usize,
        offset: usize,
        count: usize,
    ) -> bool {
        let room = self.room();
        let left = from.len().wrapping_sub(at);
        // As most are: two copies of a length that the compiler knows, which may run past what is wanted. The lengths are
        // small, so their sum does not overflow; an offset of 0 is the largest of all.
        if literals <= 16
            && count <= 32
            && offset >= 32
            && literals + count <= room
            && left >= 16
            && at <= from.len()
            && offset <= self.len - self.start + literals
        {
            // SAFETY: 16 bytes lie after `at`, as many as needed and the slack fit after `len`, and `offset` bytes lie before
            // the match, which is that far from its source.
            #[expect(unsafe_code, reason = "see the crate's documentation")]
            unsafe {
                let target = self.base.add(self.len);
                copy_16(from.as_ptr().add(at), target);
                let target = target.add(literals);
                copy_32(target.sub(offset), target);
            }
            self.len += literals + count;
            return true;
        }
        // Each below the room, so their sum does not overflow.
        if literals > room
            || count > room - literals
            || at > from.len()
            || left < literals
            || offset.wrapping_sub(1) >= self.len - self.start + literals
        {
            return false;
        }
        // SAFETY: as in `literals` and `repeat`.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            let source = from.as_ptr().add(at);
            let target = self.base.add(self.len);
            if literals <= 16 && left >= 16 {
                copy_16(source, target);
            } else {
                copy_long(source, target, literals, left);
            }
            repeat(target.add(literals), offset, count);
        }
        self.len += literals + count;
        true
    }

    /// Appends one byte; false where there is no room.
    #[inline]
    pub fn byte(&mut self, byte: u8) -> bool {
        if self.room() == 0 {
            return false;
        }
        // SAFETY: `len` is below the capacity.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            self.base.add(self.len).write(byte);
        }
        self.len += 1;
        true
    }

    /// Appends `count` times the same byte; false where there is no room.
    pub fn fill(&mut self, byte: u8, count: usize) -> bool {
        if count > self.room() {
            return false;
        }
        // SAFETY: there is room for `count` bytes from `len` on.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            self.base.add(self.len).write_bytes(byte, count);
        }
        self.len += count;
        true
    }

    /// Appends `count` bytes from `offset` back, which may be fewer than `count`: then they repeat. False, and nothing
    /// written, where the offset is 0 or reaches before the start, or there is no room.
    #[inline]
    pub fn repeat(&mut self, offset: usize, count: usize) -> bool {
        if offset.wrapping_sub(1) >= self.len - self.start || count > self.room() {
            return false;
        }
        // SAFETY: `offset` bytes lie before `len`, and there is room for `count` and the slack after it.
        #[expect(unsafe_code, reason = "see the crate's documentation")]
        unsafe {
            let target = self.base.add(self.len);
            repeat(target, offset, count);
        }
        self.len += count;
        true
    }
}

impl Drop for Output<'_> {
    fn drop(&mut self) {
        self.commit();
    }
}
