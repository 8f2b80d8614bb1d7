//! AES (FIPS 197) with keys of 128 and 256 bits, in cipher block chaining.
//!
//! With tables, and so not in constant time: whoever can measure us reading a file has the file and the password. The
//! crates of `RustCrypto` are bit-sliced on wasm: several times as slow in chained encryption, of which the key of revision 6
//! takes a megabyte, and larger.

use std::sync::OnceLock;

const SBOX: [u8; 256] = {
    let mut table = [0; 256];
    let (mut p, mut q) = (1u8, 1u8);
    loop {
        // Times 3, and its inverse.
        p ^= double(p);
        q ^= q << 1;
        q ^= q << 2;
        q ^= q << 4;
        if q & 0x80 != 0 {
            q ^= 9;
        }
        let rotated = q.rotate_left(1) ^ q.rotate_left(2) ^ q.rotate_left(3) ^ q.rotate_left(4);
        table[p as usize] = q ^ rotated ^ 0x63;
        if p == 1 {
            break;
        }
    }
    table[0] = 0x63;
    table
};

const INVERSE_SBOX: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[SBOX[at] as usize] = at as u8;
        at += 1;
    }
    table
};

/// `SubBytes` and `MixColumns` of the first byte of a column.
const ENCRYPT: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let s = SBOX[at];
        table[at] = u32::from_be_bytes([double(s), s, s, double(s) ^ s]);
        at += 1;
    }
    table
};

/// `InvMixColumns` of the first byte of a column, after `InvSubBytes`.
const DECRYPT: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let s = INVERSE_SBOX[at];
        let (s2, s4) = (double(s), double(double(s)));
        let s8 = double(s4);
        table[at] = u32::from_be_bytes([s8 ^ s4 ^ s2, s8 ^ s, s8 ^ s4 ^ s, s8 ^ s2 ^ s]);
        at += 1;
    }
    table
};

/// Times 2 in the field of section 4.
const fn double(byte: u8) -> u8 {
    byte << 1 ^ if byte & 0x80 == 0 { 0 } else { 0x1B }
}

type Block = [u8; 16];
type Columns = [u32; 4];

/// The keys of all rounds, 14 at most, and of the start.
type Keys = [Columns; 15];

/// A key; it is expanded for a direction when that is used first.
#[derive(Clone)]
pub struct Aes {
    key: [u8; 32],
    rounds: usize,
    encrypt: OnceLock<Keys>,
    decrypt: OnceLock<Keys>,
}

impl core::fmt::Debug for Aes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Aes").finish_non_exhaustive()
    }
}

impl Aes {
    /// Takes a key of 16 or 32 bytes; one of another length is cut or filled with zeros.
    pub fn new(key: &[u8]) -> Self {
        let length = if key.len() > 16 { 32 } else { 16 };
        let mut padded = [0; 32];
        let given = key.len().min(length);
        padded[..given].copy_from_slice(&key[..given]);
        let (encrypt, decrypt) = (OnceLock::new(), OnceLock::new());
        Self { key: padded, rounds: length / 4 + 6, encrypt, decrypt }
    }

    /// Section 5.2.
    fn encryption_keys(&self) -> &[Columns] {
        let keys = self.encrypt.get_or_init(|| {
            let words = self.rounds - 6;
            let mut schedule = [0; 60];
            for (word, bytes) in schedule.iter_mut().zip(self.key[..4 * words].chunks_exact(4)) {
                *word = column(bytes);
            }
            let mut constant = 1u8;
            for at in words..4 * (self.rounds + 1) {
                let mut word = schedule[at - 1];
                if at % words == 0 {
                    word = substitute(word.rotate_left(8)) ^ u32::from(constant) << 24;
                    constant = double(constant);
                } else if words == 8 && at % 8 == 4 {
                    word = substitute(word);
                }
                schedule[at] = schedule[at - words] ^ word;
            }
            core::array::from_fn(|at| core::array::from_fn(|column| schedule[4 * at + column]))
        });
        &keys[..=self.rounds]
    }

    /// Those of encryption backwards, mixed (section 5.3.5).
    fn decryption_keys(&self) -> &[Columns] {
        let keys = self.decrypt.get_or_init(|| {
            let mut keys = [[0; 4]; 15];
            for (key, other) in keys.iter_mut().zip(self.encryption_keys().iter().rev()) {
                *key = *other;
            }
            for word in keys[1..self.rounds].as_flattened_mut() {
                let byte = |shift: u32| DECRYPT[SBOX[(*word >> shift) as usize & 255] as usize];
                *word = byte(24)
                    ^ byte(16).rotate_right(8)
                    ^ byte(8).rotate_right(16)
                    ^ byte(0).rotate_right(24);
            }
            keys
        });
        &keys[..=self.rounds]
    }

    /// Encrypts whole blocks in place, chained from an initialization vector; bytes that fill no block stay.
    pub fn encrypt_cbc(&self, vector: &Block, data: &mut [u8]) {
        let (keys, mut previous) = (self.encryption_keys(), *vector);
        for block in data.chunks_exact_mut(16) {
            for (byte, before) in block.iter_mut().zip(previous) {
                *byte ^= before;
            }
            previous = rounds(keys, &ENCRYPT, &SBOX, [1, 2, 3], block);
            block.copy_from_slice(&previous);
        }
    }

    /// Decrypts whole blocks in place, chained from an initialization vector; bytes that fill no block stay.
    pub fn decrypt_cbc(&self, vector: &Block, data: &mut [u8]) {
        let (keys, mut previous) = (self.decryption_keys(), *vector);
        for block in data.chunks_exact_mut(16) {
            let plain = rounds(keys, &DECRYPT, &INVERSE_SBOX, [3, 2, 1], block);
            for ((byte, plain), before) in block.iter_mut().zip(plain).zip(&mut previous) {
                let encrypted = core::mem::replace(byte, plain ^ *before);
                *before = encrypted;
            }
        }
    }

    /// Encrypts one block of 16 bytes, as the entry `Perms` of revision 6 is.
    pub fn encrypt_block(&self, block: &Block) -> Block {
        rounds(self.encryption_keys(), &ENCRYPT, &SBOX, [1, 2, 3], block)
    }
}

/// All rounds of either direction; `shift` says from which columns the rows come (section 5.1.2).
#[inline]
fn rounds(
    keys: &[Columns],
    table: &[u32; 256],
    last: &[u8; 256],
    shift: [usize; 3],
    block: &[u8],
) -> Block {
    let mut state: Columns =
        core::array::from_fn(|at| column(&block[4 * at..4 * at + 4]) ^ keys[0][at]);
    for key in &keys[1..keys.len() - 1] {
        state = core::array::from_fn(|at| {
            let row =
                |from: usize, shift: u32| table[(state[(at + from) & 3] >> shift) as usize & 255];
            row(0, 24)
                ^ row(shift[0], 16).rotate_right(8)
                ^ row(shift[1], 8).rotate_right(16)
                ^ row(shift[2], 0).rotate_right(24)
                ^ key[at]
        });
    }
    let mut output = [0; 16];
    for at in 0..4 {
        let row = |from: usize, shift: u32| last[(state[(at + from) & 3] >> shift) as usize & 255];
        let bytes = [row(0, 24), row(shift[0], 16), row(shift[1], 8), row(shift[2], 0)];
        let word = u32::from_be_bytes(bytes) ^ keys[keys.len() - 1][at];
        output[4 * at..4 * at + 4].copy_from_slice(&word.to_be_bytes());
    }
    output
}

fn column(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn substitute(word: u32) -> u32 {
    u32::from_be_bytes(word.to_be_bytes().map(|byte| SBOX[byte as usize]))
}

#[cfg(test)]
mod tests {
    use aes::cipher::{BlockCipherEncrypt, KeyInit};

    use super::Aes;

    #[test]
    fn as_the_crate_aes_and_back() {
        for length in [16, 32] {
            for seed in 0..64u8 {
                let key: Vec<u8> =
                    (0..length).map(|at| seed ^ b"0123456789abcdef+"[at % 17]).collect();
                let block: [u8; 16] = core::array::from_fn(|at| (at as u8).wrapping_mul(seed));
                let mut expected = block.into();
                if length == 16 {
                    aes::Aes128::new_from_slice(&key).unwrap().encrypt_block(&mut expected);
                } else {
                    aes::Aes256::new_from_slice(&key).unwrap().encrypt_block(&mut expected);
                }
                let ours = Aes::new(&key);
                assert_eq!(ours.encrypt_block(&block)[..], expected[..]);
                let plain: Vec<u8> = (0..80).map(|at| at ^ seed).collect();
                let mut data = plain.clone();
                ours.encrypt_cbc(&block, &mut data);
                assert_ne!(data[16..32], data[32..48]);
                ours.decrypt_cbc(&block, &mut data);
                assert_eq!(data, plain);
            }
        }
    }
}
