//! Encryption (ISO 32000-1, 7.6, and ISO 32000-2, 7.6): the standard security handler, revisions 4 and 6.

mod handler;

use bytemill_pdf_objects::{Aes, Dictionary};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::write::push;
use crate::{EditError, Encryption, Method};

/// Bytes of a block.
const BLOCK: usize = 16;

/// Encrypts strings and streams of a document.
pub(crate) struct Cipher {
    method: Method,
    /// The file's key: of 32 bytes, or of 16.
    key: Vec<u8>,
    /// The key schedule, where all objects have the same.
    schedule: Option<Aes>,
    dictionary: Dictionary,
    random: Random,
}

impl Cipher {
    /// Keys from passwords and seed, for a document of that identifier.
    pub(crate) fn new(encryption: &Encryption<'_>, id: &[u8]) -> Result<Self, EditError> {
        let mut random = Random::new(encryption.seed);
        let (key, dictionary) = match encryption.method {
            Method::Aes256 => handler::revision_6(encryption, &mut random),
            Method::Aes128 => handler::revision_4(encryption, id, &mut random)?,
        };
        let schedule = (encryption.method == Method::Aes256).then(|| Aes::new(&key));
        Ok(Self { method: encryption.method, key, schedule, dictionary, random })
    }

    /// The first version of PDF that has the cipher, in itself or by an extension.
    pub(crate) const fn version(&self) -> (u8, u8) {
        match self.method {
            Method::Aes256 => (1, 7),
            Method::Aes128 => (1, 6),
        }
    }

    /// The encryption dictionary (7.6.2).
    pub(crate) fn dictionary(&self) -> Dictionary {
        self.dictionary.clone()
    }

    /// How many bytes that many become: the initialization vector and whole blocks, at least one byte of padding.
    pub(crate) const fn sealed_len(bytes: usize) -> usize {
        BLOCK + bytes / BLOCK * BLOCK + BLOCK
    }

    /// Appends a string's or stream's bytes, encrypted for the object of that number (algorithms 1 and 1.A).
    pub(crate) fn seal(
        &mut self,
        number: u32,
        bytes: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), EditError> {
        let own;
        let aes = if let Some(schedule) = &self.schedule {
            schedule
        } else {
            let [a, b, c, _] = number.to_le_bytes();
            // Generation 0.
            let salted = [&self.key, [a, b, c, 0, 0].as_slice(), b"sAlT"].concat();
            own = Aes::new(&Md5::digest(&salted));
            &own
        };
        let len = Self::sealed_len(bytes.len());
        output.try_reserve(len).map_err(|_| EditError::OutOfMemory { bytes: len })?;
        let mut vector = [0; BLOCK];
        vector.copy_from_slice(&self.random.next()[..BLOCK]);
        push(output, &vector)?;
        let start = output.len();
        push(output, bytes)?;
        let padding = BLOCK - bytes.len() % BLOCK;
        output.resize(start + bytes.len() + padding, padding as u8);
        aes.encrypt_cbc(&vector, &mut output[start..]);
        Ok(())
    }
}

/// Bytes that nobody knows who does not know the seed.
struct Random {
    seed: [u8; 32],
    count: u64,
}

impl Random {
    const fn new(seed: [u8; 32]) -> Self {
        Self { seed, count: 0 }
    }

    fn next(&mut self) -> [u8; 32] {
        self.count += 1;
        Sha256::new()
            .chain_update(self.seed)
            .chain_update(self.count.to_be_bytes())
            .finalize()
            .into()
    }
}
