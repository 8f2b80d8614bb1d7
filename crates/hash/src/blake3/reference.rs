//! BLAKE3 as the paper writes it down, section 2: slow, obvious, and the judge of everything faster.

const IV: [u32; 8] = [
    0x6A09_E667,
    0xBB67_AE85,
    0x3C6E_F372,
    0xA54F_F53A,
    0x510E_527F,
    0x9B05_688C,
    0x1F83_D9AB,
    0x5BE0_CD19,
];
/// Table 2: the permutation of message words between rounds.
const PERMUTATION: [usize; 16] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

/// Table 3: the domain separation flags.
const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 1 << 1;
const PARENT: u32 = 1 << 2;
const ROOT: u32 = 1 << 3;
const KEYED_HASH: u32 = 1 << 4;
const DERIVE_KEY_CONTEXT: u32 = 1 << 5;
const DERIVE_KEY_MATERIAL: u32 = 1 << 6;

const CHUNK_LEN: usize = 1024;
const BLOCK_LEN: usize = 64;

/// The last compression of a node, kept so that it can be repeated as the root (section 2.6).
struct Output {
    chaining_value: [u32; 8],
    block: [u32; 16],
    counter: u64,
    block_len: u32,
    flags: u32,
}

impl Output {
    fn chaining_value(&self) -> [u32; 8] {
        let words = self.compress(self.counter, self.flags);
        core::array::from_fn(|i| words[i])
    }

    fn root_bytes(&self, output: &mut [u8]) {
        for (counter, chunk) in output.chunks_mut(2 * 32).enumerate() {
            let words = self.compress(counter as u64, self.flags | ROOT);
            let bytes = words.map(u32::to_le_bytes);
            chunk.copy_from_slice(&bytes.as_flattened()[..chunk.len()]);
        }
    }

    /// Section 2.2: seven rounds over a state of sixteen words.
    fn compress(&self, counter: u64, flags: u32) -> [u32; 16] {
        let h = self.chaining_value;
        let mut m = self.block;
        #[rustfmt::skip]
        let mut v = [
            h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], IV[0], IV[1], IV[2], IV[3],
            counter as u32, (counter >> 32) as u32, self.block_len, flags,
        ];
        for round in 0..7 {
            quarter(&mut v, [0, 4, 8, 12], m[0], m[1]);
            quarter(&mut v, [1, 5, 9, 13], m[2], m[3]);
            quarter(&mut v, [2, 6, 10, 14], m[4], m[5]);
            quarter(&mut v, [3, 7, 11, 15], m[6], m[7]);
            quarter(&mut v, [0, 5, 10, 15], m[8], m[9]);
            quarter(&mut v, [1, 6, 11, 12], m[10], m[11]);
            quarter(&mut v, [2, 7, 8, 13], m[12], m[13]);
            quarter(&mut v, [3, 4, 9, 14], m[14], m[15]);
            if round < 6 {
                m = PERMUTATION.map(|i| m[i]);
            }
        }
        for i in 0..8 {
            v[i] ^= v[i + 8];
            v[i + 8] ^= h[i];
        }
        v
    }
}

/// The function G.
#[expect(clippy::many_single_char_names, reason = "the paper's names")]
fn quarter(v: &mut [u32; 16], [a, b, c, d]: [usize; 4], x: u32, y: u32) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(12);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(8);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(7);
}

/// Sections 2.4 and 2.5: a chunk is a chain of blocks.
fn chunk(input: &[u8], key: [u32; 8], counter: u64, flags: u32) -> Output {
    let mut chaining_value = key;
    let mut start = CHUNK_START;
    let mut rest = input;
    loop {
        let (head, tail) = rest.split_at(rest.len().min(BLOCK_LEN));
        let end = if tail.is_empty() { CHUNK_END } else { 0 };
        let output = Output {
            chaining_value,
            block: words(head),
            counter,
            block_len: head.len() as u32,
            flags: flags | start | end,
        };
        if tail.is_empty() {
            return output;
        }
        chaining_value = output.chaining_value();
        start = 0;
        rest = tail;
    }
}

/// Section 2.1: the left subtree is the largest complete one that leaves at least a byte to the right.
fn tree(input: &[u8], key: [u32; 8], first_chunk: u64, flags: u32) -> Output {
    if input.len() <= CHUNK_LEN {
        return chunk(input, key, first_chunk, flags);
    }
    let chunks = (input.len() - 1) / CHUNK_LEN;
    let left_chunks = 1 << chunks.ilog2();
    let (left, right) = input.split_at(left_chunks * CHUNK_LEN);
    let left = tree(left, key, first_chunk, flags).chaining_value();
    let right = tree(right, key, first_chunk + left_chunks as u64, flags).chaining_value();
    let block = core::array::from_fn(|i| if i < 8 { left[i] } else { right[i - 8] });
    let block_len = BLOCK_LEN as u32;
    Output { chaining_value: key, block, counter: 0, block_len, flags: flags | PARENT }
}

/// Little-endian words, padded with zeros.
fn words<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or(0));
    core::array::from_fn(|i| (0..4).fold(0, |word, j| word | (byte(4 * i + j) << (8 * j))))
}

pub(crate) fn hash(input: &[u8], output: &mut [u8]) {
    tree(input, IV, 0, 0).root_bytes(output);
}

pub(crate) fn keyed_hash(key: &[u8; 32], input: &[u8], output: &mut [u8]) {
    tree(input, words(key), 0, KEYED_HASH).root_bytes(output);
}

pub(crate) fn derive_key(context: &[u8], material: &[u8], output: &mut [u8]) {
    let context_key = tree(context, IV, 0, DERIVE_KEY_CONTEXT);
    let mut key = [0; 32];
    context_key.root_bytes(&mut key);
    tree(material, words(&key), 0, DERIVE_KEY_MATERIAL).root_bytes(output);
}
