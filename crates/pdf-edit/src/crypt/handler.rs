//! Keys from passwords, and the entries that later passwords are checked with.

use std::sync::Arc;

use bytemill_pdf_objects::{Aes, Dictionary, Object, hash_r6, password_r4, password_r6, rc4};
use md5::{Digest, Md5};

use super::Random;
use crate::write::name;
use crate::{EditError, Encryption};

/// What short passwords of revision 4 are filled up with (ISO 32000-1, algorithm 2).
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01,
    0x08, //
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The key of 16 bytes and the dictionary of revision 4.
pub(super) fn revision_4(
    encryption: &Encryption<'_>,
    id: &[u8],
    random: &mut Random,
) -> Result<(Vec<u8>, Dictionary), EditError> {
    let user = padded(encryption.user_password)?;
    let owner = match encryption.owner_password {
        Some(password) => padded(password)?,
        None => random.next(),
    };
    let permissions = encryption.permissions.bits();
    let again = |input: &[u8]| -> [u8; 16] {
        (0..50).fold(Md5::digest(input), |digest, _| Md5::digest(digest)).into()
    };
    // Algorithm 3.
    let owner_key = again(&owner);
    let mut owner = user;
    rc4_rounds(&owner_key, &mut owner);
    // Algorithm 2.
    let input = [&user, owner.as_slice(), &permissions.to_le_bytes(), id].concat();
    let key = again(&input);
    // Algorithm 5; the rest is arbitrary.
    let mut check = [0; 32];
    check[..16].copy_from_slice(&Md5::digest([PADDING.as_slice(), id].concat()));
    rc4_rounds(&key, &mut check[..16]);
    let entries = [(b"O".as_slice(), string(&owner)), (b"U", string(&check))];
    Ok((key.to_vec(), dictionary(4, b"AESV2", 16, permissions, &entries)))
}

/// RC4 with a key, and with 19 keys made of it.
fn rc4_rounds(key: &[u8; 16], bytes: &mut [u8]) {
    for round in 0..20 {
        rc4(&key.map(|byte| byte ^ round), bytes);
    }
}

/// A password as 32 bytes.
fn padded(password: &str) -> Result<[u8; 32], EditError> {
    let mut bytes = password_r4(password).ok_or(EditError::PasswordCharacter)?;
    bytes.extend_from_slice(&PADDING);
    let mut padded = [0; 32];
    padded.copy_from_slice(&bytes[..32]);
    Ok(padded)
}

/// The key of 32 bytes and the dictionary of revision 6.
pub(super) fn revision_6(
    encryption: &Encryption<'_>,
    random: &mut Random,
) -> (Vec<u8>, Dictionary) {
    let key = random.next();
    let user_password = password_r6(encryption.user_password).into_bytes();
    let owner_password = match encryption.owner_password {
        Some(password) => password_r6(password).into_bytes(),
        None => random.next().to_vec(),
    };
    // Algorithms 8 and 9.
    let (user, user_key) = entry(&user_password, &[], &key, random);
    let (owner, owner_key) = entry(&owner_password, &user, &key, random);
    // Algorithm 10.
    let bits = encryption.permissions.bits();
    let mut permissions = [0xFF; 16];
    permissions[..4].copy_from_slice(&bits.to_le_bytes());
    permissions[8..12].copy_from_slice(b"Tadb");
    permissions[12..].copy_from_slice(&random.next()[..4]);
    let permissions = Aes::new(&key).encrypt_block(&permissions);
    let entries = [
        (b"O".as_slice(), string(&owner)),
        (b"U", string(&user)),
        (b"OE", string(&owner_key)),
        (b"UE", string(&user_key)),
        (b"Perms", string(&permissions)),
    ];
    (key.to_vec(), dictionary(6, b"AESV3", 32, bits, &entries))
}

/// What a password is checked with, and the file's key encrypted with it.
fn entry(
    password: &[u8],
    user: &[u8],
    key: &[u8; 32],
    random: &mut Random,
) -> ([u8; 48], [u8; 32]) {
    let random = random.next();
    let mut check = [0; 48];
    check[32..].copy_from_slice(&random[..16]);
    let (validation, salt) = random[..16].split_at(8);
    check[..32].copy_from_slice(&hash_r6(password, validation, user));
    let mut sealed = *key;
    Aes::new(&hash_r6(password, salt, user)).encrypt_cbc(&[0; 16], &mut sealed);
    (check, sealed)
}

fn string(bytes: &[u8]) -> Object {
    Object::String(bytes.into())
}

/// The encryption dictionary: one crypt filter for strings and streams (7.6.5).
fn dictionary(
    revision: i64,
    method: &[u8],
    key_bytes: i64,
    permissions: i32,
    entries: &[(&[u8], Object)],
) -> Dictionary {
    let make = |entries: &[(&[u8], Object)]| -> Dictionary {
        entries.iter().map(|(name, value)| (Arc::from(*name), value.clone())).collect()
    };
    let filter = make(&[
        (b"CFM", name(method)),
        (b"AuthEvent", name(b"DocOpen")),
        (b"Length", Object::Integer(key_bytes)),
    ]);
    let filters = make(&[(b"StdCF", Object::Dictionary(filter))]);
    let own = [
        (b"Filter".as_slice(), name(b"Standard")),
        (b"V", Object::Integer(if revision == 6 { 5 } else { 4 })),
        (b"R", Object::Integer(revision)),
        (b"Length", Object::Integer(key_bytes * 8)),
        (b"P", Object::Integer(i64::from(permissions))),
        (b"CF", Object::Dictionary(filters)),
        (b"StmF", name(b"StdCF")),
        (b"StrF", name(b"StdCF")),
    ];
    make(&[own.as_slice(), entries].concat())
}
