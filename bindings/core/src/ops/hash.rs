//! Hashing: `bytemill/hash`.

use bytemill_hash::{Mode, blake3};

use super::operation;
use crate::options::options;
use crate::{Code, Error, Operation, Output};

/// Longest digest in one call; longer streams come in slices of this size.
const MAX_DIGEST_BYTES: i64 = 1 << 30;
/// The usual length has a way of its own: copies of a length that the compiler knows are a few instructions, others a
/// call out of wasm, which on a short input is a tenth of the whole.
const USUAL_BYTES: usize = 32;

options! {
    /// Options of `hash.blake3`.
    pub struct Blake3Options {
        /// Key of the keyed mode (a message authentication code); excludes `context`.
        key: bytes(min = 32, max = 32),
        /// Context of the key derivation mode: hard-coded, globally unique text; excludes `key`.
        context: text(max = 65_536),
        /// Length of the digest. Every length is a prefix of the longer ones.
        length: integer(default = 32, min = 1, max = MAX_DIGEST_BYTES, unit = "bytes"),
    }
}

/// BLAKE3 of the input.
#[derive(Debug)]
pub struct Blake3;

impl Operation for Blake3 {
    operation!(0x0501, "blake3", Blake3Options);
    const PARALLEL: bool = true;

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 1")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let mode = match (options.key, options.context) {
            (None, None) => Mode::Hash,
            (None, Some(context)) => Mode::DeriveKey(context),
            (Some(key), None) => Mode::Keyed(key.try_into().map_err(|_| both())?),
            (Some(_), Some(_)) => return Err(both()),
        };
        let length = options.length as usize;
        if length == USUAL_BYTES {
            let mut digest = [0_u8; USUAL_BYTES];
            blake3(input, &mode, &mut digest);
            output.bytes.extend_from_slice(&digest);
            return Ok(());
        }
        let start = output.bytes.len();
        output.bytes.try_reserve(length).map_err(|_| {
            Error::new(
                Code::OutOfMemory,
                format!("a digest of {length} bytes does not fit into memory"),
            )
        })?;
        output.bytes.resize(start + length, 0);
        blake3(input, &mode, &mut output.bytes[start..]);
        Ok(())
    }
}

fn both() -> Error {
    Error::new(Code::InvalidArgument, "expected at most one of key and context, got both")
}
