//! `hash.blake3`, whole and in pieces.

use alloc::vec::Vec;

use bytemill_base::local;
use bytemill_hash::blake3::{Key, Mode, State, digest, digests, fill_at};

use super::{restored, whole};
use crate::ops::{MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Code, Error, Items, Operation, Output, Results};

/// Longest digest. JavaScript asks for a long one in slices, because an instance cannot hold it.
const MAX_DIGEST_BYTES: i64 = 1 << 32;
/// Where a slice of the digest may start at most.
const MAX_OFFSET: i64 = MAX_SAFE_INTEGER;
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
        /// Where in a longer digest the result starts: a slice costs no more than its own length.
        offset: integer(default = 0, min = 0, max = MAX_OFFSET, unit = "bytes"),
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
        let key = key_of(options.key, options.context)?;
        let length = usize::try_from(options.length).unwrap_or(usize::MAX);
        if length == USUAL_BYTES && options.offset == 0 {
            output.bytes.extend_from_slice(&digest(input, &key));
            return Ok(());
        }
        fill_at(input, &key, options.offset as u64, room(output, length)?);
        Ok(())
    }

    fn run_many(items: Items<'_>, options: &Self::Options<'_>, results: &mut Results) -> bool {
        let length = usize::try_from(options.length).unwrap_or(usize::MAX);
        let Ok(key) = key_of(options.key, options.context) else { return false };
        length <= USUAL_BYTES
            && options.offset == 0
            && results.uniform(items.len(), length, |output| {
                digests(&mut items.iter(), &key, length, output);
            })
    }
}

options! {
    /// Options of `hash.blake3Update`.
    pub struct Blake3UpdateOptions {
        /// Key of the keyed mode.
        key: bytes(min = 32, max = 32),
        /// Context of the key derivation mode.
        context: text(max = 65_536),
        /// What the update before gave; `key` and `context` are in it.
        state: bytes(min = 1, max = State::STORED_LEN),
    }
}

/// A state and a piece in, a state out.
#[derive(Debug)]
pub struct Update;

impl Operation for Update {
    operation!(0x0502, "blake3Update", Blake3UpdateOptions);
    const PARALLEL: bool = true;

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        whole(input)?;
        let mut state = match options.state {
            None => State::new(key_of(options.key, options.context)?),
            stored => restored(stored, State::load)?,
        };
        state.update(input);
        state.store(output.bytes);
        Ok(())
    }
}

options! {
    /// Options of `hash.blake3Finish`.
    pub struct Blake3FinishOptions {
        /// Length of the digest.
        length: integer(default = 32, min = 1, max = MAX_DIGEST_BYTES, unit = "bytes"),
        /// What the last update gave.
        state: bytes(min = 1, max = State::STORED_LEN),
        /// Where in a longer digest the result starts.
        offset: integer(default = 0, min = 0, max = MAX_OFFSET, unit = "bytes"),
    }
}

/// A state and the last piece in, the digest out.
#[derive(Debug)]
pub struct Finish;

impl Operation for Finish {
    operation!(0x0503, "blake3Finish", Blake3FinishOptions);

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 1")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let state = restored(options.state, State::load)?;
        let length = usize::try_from(options.length).unwrap_or(usize::MAX);
        state.fill_at(input, options.offset as u64, room(output, length)?);
        Ok(())
    }
}

/// Room for a digest of `length` bytes.
fn room<'a>(output: &'a mut Output<'_>, length: usize) -> Result<&'a mut [u8], Error> {
    let start = output.bytes.len();
    if output.bytes.try_reserve(length).is_err() {
        return Err(Error::new(
            Code::OutOfMemory,
            "a digest of this length does not fit into memory",
        ));
    }
    output.bytes.resize(start + length, 0);
    Ok(&mut output.bytes[start..])
}

local! {
    /// The last context with the key that it makes: hashing it anew would double the time of a short input.
    static LAST: Option<(Vec<u8>, Key)> = None;
}

/// The mode that the options ask for.
fn key_of(key: Option<&[u8]>, context: Option<&[u8]>) -> Result<Key, Error> {
    match (key, context) {
        (None, None) => Ok(Key::new(&Mode::Hash)),
        (None, Some(context)) => Ok(derived(context)),
        (Some(key), None) => {
            let key = key.try_into().map_err(|_| both())?;
            Ok(Key::new(&Mode::Keyed(key)))
        }
        (Some(_), Some(_)) => Err(both()),
    }
}

#[inline(never)]
fn derived(context: &[u8]) -> Key {
    LAST.with_borrow_mut(|last| match last {
        Some((known, key)) if known == context => *key,
        _ => last.insert((context.to_vec(), Key::new(&Mode::DeriveKey(context)))).1,
    })
}

fn both() -> Error {
    Error::new(Code::InvalidArgument, "expected at most one of key and context, got both")
}
