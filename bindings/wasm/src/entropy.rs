//! Randomness without an import: JavaScript leaves random bytes here when it makes the instance, and the crate
//! getrandom takes them, each once.

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

const POOL_BYTES: usize = 256;

static POOL: [AtomicU8; POOL_BYTES] = [const { AtomicU8::new(0) }; POOL_BYTES];
/// Bytes of the pool that were given out; all of them before JavaScript has filled it.
static TAKEN: AtomicUsize = AtomicUsize::new(POOL_BYTES);

/// Where JavaScript must write 256 random bytes at once, or null where no kernel of this module asks for any.
#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn entropy() -> *const AtomicU8 {
    if !bytemill_core::NEEDS_ENTROPY {
        return core::ptr::null();
    }
    TAKEN.store(0, Ordering::Release);
    POOL.as_ptr()
}

/// The custom source of the crate getrandom.
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the name and the pointer are how getrandom calls a custom source")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    dest: *mut u8,
    len: usize,
) -> Result<(), getrandom::Error> {
    let start = TAKEN.fetch_add(len.min(POOL_BYTES), Ordering::AcqRel);
    let Some(bytes) = POOL.get(start..).and_then(|rest| rest.get(..len)) else {
        TAKEN.store(POOL_BYTES, Ordering::Release);
        return Err(getrandom::Error::UNSUPPORTED);
    };
    for (index, byte) in bytes.iter().enumerate() {
        // SAFETY: getrandom passes a buffer of `len` bytes that it owns, and `index` is below `len`.
        unsafe { dest.add(index).write(byte.swap(0, Ordering::Relaxed)) };
    }
    Ok(())
}
