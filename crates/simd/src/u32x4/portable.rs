//! Arrays, for targets without a backend of their own.

pub(super) type Register = [u32; 4];

#[inline(always)]
pub(super) fn splat(word: u32) -> Register {
    [word; 4]
}

#[inline(always)]
pub(super) fn new(words: [u32; 4]) -> Register {
    words
}

#[inline(always)]
pub(super) fn load(bytes: &[u8; 16]) -> Register {
    let (words, _) = bytes.as_chunks::<4>();
    [0, 1, 2, 3].map(|lane| u32::from_le_bytes(words[lane]))
}

#[inline(always)]
pub(super) fn store(register: Register, bytes: &mut [u8; 16]) {
    bytes.copy_from_slice(register.map(u32::to_le_bytes).as_flattened());
}

#[inline(always)]
pub(super) fn to_array(register: Register) -> [u32; 4] {
    register
}

#[inline(always)]
fn zip(a: Register, b: Register, work: impl Fn(u32, u32) -> u32) -> Register {
    [work(a[0], b[0]), work(a[1], b[1]), work(a[2], b[2]), work(a[3], b[3])]
}

#[inline(always)]
pub(super) fn add(a: Register, b: Register) -> Register {
    zip(a, b, u32::wrapping_add)
}

#[inline(always)]
fn pairs([a, b, c, d]: Register) -> [u64; 2] {
    [u64::from(a) | u64::from(b) << 32, u64::from(c) | u64::from(d) << 32]
}

#[inline(always)]
fn unpair([a, b]: [u64; 2]) -> Register {
    [a as u32, (a >> 32) as u32, b as u32, (b >> 32) as u32]
}

#[inline(always)]
pub(super) fn add_pairs(a: Register, b: Register) -> Register {
    let (a, b) = (pairs(a), pairs(b));
    unpair([a[0].wrapping_add(b[0]), a[1].wrapping_add(b[1])])
}

#[inline(always)]
pub(super) fn multiply_pairs(a: Register, b: Register) -> [Register; 2] {
    [a, b].map(|[a, b, c, d]| unpair([u64::from(a) * u64::from(b), u64::from(c) * u64::from(d)]))
}

#[inline(always)]
pub(super) fn xor(a: Register, b: Register) -> Register {
    zip(a, b, |a, b| a ^ b)
}

#[inline(always)]
pub(super) fn and(a: Register, b: Register) -> Register {
    zip(a, b, |a, b| a & b)
}

#[inline(always)]
pub(super) fn or(a: Register, b: Register) -> Register {
    zip(a, b, |a, b| a | b)
}

#[inline(always)]
pub(super) fn shr<const N: u32>(register: Register) -> Register {
    register.map(|word| word >> N)
}

#[inline(always)]
pub(super) fn shl(register: Register, bits: u32) -> Register {
    register.map(|word| word << bits)
}

#[inline(always)]
pub(super) fn swap_bytes(register: Register) -> Register {
    register.map(u32::swap_bytes)
}

#[inline(always)]
pub(super) fn swap_halves(register: Register) -> Register {
    register.map(|word| word.rotate_right(16))
}

#[inline(always)]
pub(super) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
    low: Register,
    high: Register,
) -> Register {
    let lane = |index: usize| if index < 4 { low[index % 4] } else { high[index % 4] };
    [lane(A), lane(B), lane(C), lane(D)]
}
