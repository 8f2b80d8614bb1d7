//! SHA-256 and XXH3 in pieces.

use bytemill_hash::{sha256, xxh3};

use super::checksums::halves;
use super::{LAST_BYTES, restored, whole};
use crate::ops::operation;
use crate::options::options;
use crate::{Code, Error, Operation, Output};

/// Longest stored state.
const STATE_BYTES: usize = xxh3::State::STORED_LEN;

const SHA256: usize = 0;
const XXH3: usize = 1;

options! {
    /// Options of `hash.update`.
    pub struct UpdateOptions {
        /// Which hash.
        algorithm: choice(default = 0, names = ["sha256", "xxh3", "xxh128"]),
        /// Seed of XXH3.
        seed: wide(),
        /// What the update before gave; `seed` is in it.
        state: bytes(min = 1, max = STATE_BYTES),
    }
}

/// A state and a piece in, a state out.
#[derive(Debug)]
pub struct Update;

impl Operation for Update {
    operation!(0x0516, "update", UpdateOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        whole(input)?;
        if options.algorithm == SHA256 {
            let mut state = match options.state {
                None => sha256::State::default(),
                stored => restored(stored, sha256::State::load)?,
            };
            state.update(input);
            state.store(output.bytes);
        } else {
            let mut state = match options.state {
                None => xxh3::State::new(options.seed),
                stored => restored(stored, xxh3::State::load)?,
            };
            state.update(input);
            state.store(output.bytes);
        }
        Ok(())
    }
}

options! {
    /// Options of `hash.finish`.
    pub struct FinishOptions {
        /// Which hash.
        algorithm: choice(default = 0, names = ["sha256", "xxh3", "xxh128"]),
        /// What the last update gave.
        state: bytes(min = 1, max = STATE_BYTES),
    }
}

/// A state and the last piece in, the result out.
#[derive(Debug)]
pub struct Finish;

impl Operation for Finish {
    operation!(0x0517, "finish", FinishOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        if input.len() < LAST_BYTES {
            return Err(Error::new(Code::InvalidArgument, "expected 64 bytes or more"));
        }
        if options.algorithm == SHA256 {
            let state = restored(options.state, sha256::State::load)?;
            output.bytes.extend_from_slice(&state.digest(input));
            return Ok(());
        }
        let state = restored(options.state, xxh3::State::load)?;
        if options.algorithm == XXH3 {
            halves(state.hash64(input), output);
        } else {
            let hash = state.hash128(input);
            halves(hash as u64, output);
            halves((hash >> 64) as u64, output);
        }
        Ok(())
    }
}
