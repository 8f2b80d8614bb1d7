//! No randomness: no kernel without `std` asks for any.

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn entropy() -> *const u8 {
    core::ptr::null()
}
