//! Copies in steps of 16 bytes, which run up to 16 bytes past what is wanted.
#![expect(unsafe_code, reason = "see the crate's documentation")]

use std::ptr::copy_nonoverlapping;

/// Copies 16 bytes.
///
/// # Safety
/// 16 bytes can be read at `source` and written at `target`, and the two do not overlap.
#[inline]
pub(crate) unsafe fn copy_16(source: *const u8, target: *mut u8) {
    // SAFETY: as promised by the caller. A length that the compiler knows becomes one load and one store.
    unsafe { copy_nonoverlapping(source, target, 16) }
}

/// Copies 32 bytes.
///
/// # Safety
/// 32 bytes can be read at `source` and written at `target`, and the two do not overlap.
#[inline]
pub(crate) unsafe fn copy_32(source: *const u8, target: *mut u8) {
    // SAFETY: as promised by the caller.
    unsafe { copy_nonoverlapping(source, target, 32) }
}

/// Copies `count` bytes, of `left` that can be read at `source`.
///
/// # Safety
/// `count <= left`, `count + 16` bytes can be written at `target`, and the two do not overlap.
#[inline]
pub(crate) unsafe fn copy_long(source: *const u8, target: *mut u8, count: usize, left: usize) {
    if count > 96 || left < count.next_multiple_of(16) {
        // SAFETY: as promised by the caller.
        return unsafe { copy_nonoverlapping(source, target, count) };
    }
    let mut at = 0;
    while at < count {
        // SAFETY: the last step ends at the next multiple of 16, which is within `left` and the room at `target`.
        unsafe { copy_16(source.add(at), target.add(at)) };
        at += 16;
    }
}

/// Writes `count` bytes at `target` that repeat what lies `offset` bytes before it.
///
/// # Safety
/// `offset` bytes before `target` can be read, `count + 32` bytes can be written at it, and `offset` is not 0.
#[inline]
pub(crate) unsafe fn repeat(target: *mut u8, offset: usize, count: usize) {
    if offset >= 16 {
        // SAFETY: source and target of a step of 16 are at least 16 apart, and the last ends before `count + 16`.
        unsafe {
            let source = target.sub(offset).cast_const();
            copy_16(source, target);
            if count > 16 {
                steps(source.add(16), target.add(16), count - 16);
            }
        }
    } else {
        // SAFETY: as promised by the caller.
        unsafe { repeat_near(target, offset, count) };
    }
}

/// # Safety
/// As [`repeat`], for a source and target that are 16 bytes or more apart.
#[inline]
unsafe fn steps(source: *const u8, target: *mut u8, count: usize) {
    let mut at = 0;
    while at < count {
        // SAFETY: the last step ends before `count + 16`.
        unsafe { copy_16(source.add(at), target.add(at)) };
        at += 16;
    }
}

/// Repeats a short pattern: after a step the whole of it is there twice, so the source may lie twice as far back.
///
/// # Safety
/// As [`repeat`], for an `offset` below 16.
unsafe fn repeat_near(target: *mut u8, offset: usize, count: usize) {
    if offset == 1 {
        // SAFETY: there is a byte before `target`, and room for `count`.
        return unsafe { target.write_bytes(*target.sub(1), count) };
    }
    // The pattern, one byte after the other, until 16 bytes are there that no step writes while it reads them.
    let period = offset * 16_usize.div_ceil(offset);
    let near = count.min(period);
    for at in 0..near {
        // SAFETY: `at` is below `count`, and what it repeats was written before.
        unsafe { target.add(at).write(*target.add(at).sub(offset)) };
    }
    if count > near {
        // SAFETY: `period` is a multiple of the offset, at least 16, and lies before the target of the steps.
        unsafe { steps(target, target.add(period), count - period) };
    }
}
