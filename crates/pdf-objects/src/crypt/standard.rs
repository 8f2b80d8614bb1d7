//! The standard security handler: from a password to the key of the file (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4).

use md5::{Digest, Md5};
use sha2::Sha256;

use super::aes::Aes;
use super::hash::hash_r6;
use super::password::{password_r4, password_r6};
use super::rc4::rc4;

/// What short passwords are filled with (algorithm 2, step a).
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The entries of the encryption dictionary that keys are made of.
#[derive(Debug)]
pub(super) struct Handler<'a> {
    pub(super) revision: u8,
    /// Bytes of the key, for revisions up to 4: the likeliest first.
    pub(super) lengths: &'a [usize],
    pub(super) owner: &'a [u8],
    pub(super) user: &'a [u8],
    pub(super) owner_key: &'a [u8],
    pub(super) user_key: &'a [u8],
    pub(super) permissions: i32,
    pub(super) id: &'a [u8],
    pub(super) encrypt_metadata: bool,
}

impl Handler<'_> {
    /// The key of the file, and whether the password is the owner's; none where it is neither's.
    pub(super) fn unlock(&self, password: Option<&str>) -> Option<(Vec<u8>, bool)> {
        let mut candidates: Vec<Vec<u8>> = Vec::new();
        if let Some(password) = password.filter(|password| !password.is_empty()) {
            if self.revision < 5 {
                candidates.extend(password_r4(password));
            } else {
                candidates.push(password_r6(password).into_bytes());
            }
            // As some producers have it.
            candidates.push(password.as_bytes().to_vec());
            candidates.dedup();
        }
        candidates.push(Vec::new());
        candidates.iter().find_map(|password| {
            // Who knows the owner's password may do more; an empty one is the user's.
            let owner = || self.owner_key_of(password).map(|key| (key, true));
            let user = || self.user_key_of(password).map(|key| (key, false));
            if password.is_empty() { user().or_else(owner) } else { owner().or_else(user) }
        })
    }

    fn user_key_of(&self, password: &[u8]) -> Option<Vec<u8>> {
        if self.revision >= 5 {
            return self.unwrap(password, self.user, &[], self.user_key);
        }
        self.lengths
            .iter()
            .map(|length| self.file_key(password, *length))
            .find(|key| self.opens(key))
    }

    fn owner_key_of(&self, password: &[u8]) -> Option<Vec<u8>> {
        if self.revision >= 5 {
            return self.unwrap(password, self.owner, self.user.get(..48)?, self.owner_key);
        }
        // Algorithm 7: the user's password is encrypted with the owner's.
        let mut hash = Md5::digest(padded(password));
        if self.revision >= 3 {
            for _ in 0..50 {
                hash = Md5::digest(hash);
            }
        }
        self.lengths.iter().find_map(|length| {
            let mut user: [u8; 32] = self.owner.get(..32)?.try_into().ok()?;
            let rounds = if self.revision >= 3 { 20 } else { 1 };
            for round in (0..rounds).rev() {
                let key: Vec<u8> = hash[..*length].iter().map(|byte| byte ^ round).collect();
                rc4(&key, &mut user);
            }
            let key = self.file_key(&user, *length);
            self.opens(&key).then_some(key)
        })
    }

    /// Algorithm 2.
    fn file_key(&self, password: &[u8], length: usize) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(padded(password));
        hash.update(&self.owner[..self.owner.len().min(32)]);
        hash.update(self.permissions.to_le_bytes());
        hash.update(self.id);
        if self.revision >= 4 && !self.encrypt_metadata {
            hash.update([0xFF; 4]);
        }
        let mut hash = hash.finalize();
        if self.revision >= 3 {
            for _ in 0..50 {
                hash = Md5::digest(&hash[..length]);
            }
        }
        hash[..length].to_vec()
    }

    /// Algorithms 4 to 6: whether the entry `U` is made of this key.
    fn opens(&self, key: &[u8]) -> bool {
        if self.revision == 2 {
            let mut expected = PADDING;
            rc4(key, &mut expected);
            return self.user.starts_with(&expected);
        }
        let mut expected: [u8; 16] =
            Md5::new().chain_update(PADDING).chain_update(self.id).finalize().into();
        for round in 0..20 {
            let key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            rc4(&key, &mut expected);
        }
        self.user.starts_with(&expected)
    }

    /// Algorithm 2.A: `entry` is a hash, a salt for it and a salt for the key.
    fn unwrap(
        &self,
        password: &[u8],
        entry: &[u8],
        user: &[u8],
        wrapped: &[u8],
    ) -> Option<Vec<u8>> {
        let password = &password[..password.len().min(127)];
        let (hash, salts) = entry.get(..48)?.split_at(32);
        if self.hash(password, &salts[..8], user) != *hash {
            return None;
        }
        let mut key = wrapped.get(..32)?.to_vec();
        Aes::new(&self.hash(password, &salts[8..], user)).decrypt_cbc(&[0; 16], &mut key);
        Some(key)
    }

    fn hash(&self, password: &[u8], salt: &[u8], user: &[u8]) -> [u8; 32] {
        if self.revision >= 6 {
            return hash_r6(password, salt, user);
        }
        // Of Adobe's extension level 3, which revision 6 has replaced.
        Sha256::new().chain_update(password).chain_update(salt).chain_update(user).finalize().into()
    }
}

fn padded(password: &[u8]) -> [u8; 32] {
    let length = password.len().min(32);
    let mut padded = [0; 32];
    padded[..length].copy_from_slice(&password[..length]);
    padded[length..].copy_from_slice(&PADDING[..32 - length]);
    padded
}
