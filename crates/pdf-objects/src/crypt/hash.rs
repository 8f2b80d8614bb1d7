//! The hash of revision 6 (ISO 32000-2, 7.6.4.3.4, algorithm 2.B).

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::aes::Aes;

/// Hashes a password in UTF-8 (127 bytes of it) with a salt of 8 bytes, and for the owner's password with the entry `U`
/// (48 bytes).
pub fn hash_r6(password: &[u8], salt: &[u8], user: &[u8]) -> [u8; 32] {
    let password = &password[..password.len().min(127)];
    let mut key: Vec<u8> = Sha256::new()
        .chain_update(password)
        .chain_update(salt)
        .chain_update(user)
        .finalize()
        .to_vec();
    let mut data = Vec::new();
    let mut round = 0;
    loop {
        data.clear();
        for _ in 0..64 {
            data.extend_from_slice(password);
            data.extend_from_slice(&key);
            data.extend_from_slice(user);
        }
        let vector: [u8; 16] = core::array::from_fn(|at| key[16 + at]);
        Aes::new(&key[..16]).encrypt_cbc(&vector, &mut data);
        // The first 16 bytes as a number, modulo 3: 256 leaves 1.
        let remainder = data[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match remainder {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        round += 1;
        let last = data.last().copied().unwrap_or(0);
        if round >= 64 && u32::from(last) <= round - 32 {
            break;
        }
    }
    core::array::from_fn(|at| key[at])
}
