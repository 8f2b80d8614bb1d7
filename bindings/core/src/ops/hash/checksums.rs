//! `hash.sha256`, `hash.xxh3`, `hash.xxh128`, `hash.crc32`, `hash.crc32c`.

use bytemill_hash::crc::{Polynomial, crc32};
use bytemill_hash::{sha256, xxh3};

use crate::ops::operation;
use crate::options::options;
use crate::{Error, Items, Operation, Output, Results};

/// Largest number of 32 bits.
const MAX_U32: i64 = u32::MAX as i64;

options! {
    /// Options of `hash.sha256`.
    pub struct Sha256Options {}
}

/// SHA-256 of the input.
#[derive(Debug)]
pub struct Sha256;

impl Operation for Sha256 {
    operation!(0x0511, "sha256", Sha256Options);

    fn run(input: &[u8], _: &Self::Options<'_>, output: &mut Output<'_>) -> Result<(), Error> {
        output.bytes.extend_from_slice(&sha256::digest(input));
        Ok(())
    }

    fn run_many(items: Items<'_>, _: &Self::Options<'_>, results: &mut Results) -> bool {
        results.uniform(items.len(), 32, |output| sha256::digests(&mut items.iter(), output))
    }
}

options! {
    /// Options of `hash.xxh3`.
    pub struct Xxh3Options {
        /// Seed: other seeds give other hashes.
        seed: wide(),
    }
}

/// XXH3 with 64 bits: two numbers, the lower half first.
#[derive(Debug)]
pub struct Xxh3;

impl Operation for Xxh3 {
    operation!(0x0512, "xxh3", Xxh3Options);
    const DIRECT: Option<fn(&[u8]) -> u64> = Some(|input| xxh3::hash64(input, 0));

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        halves(xxh3::hash64(input, options.seed), output);
        Ok(())
    }
}

options! {
    /// Options of `hash.xxh128`.
    pub struct Xxh128Options {
        /// Seed: other seeds give other hashes.
        seed: wide(),
    }
}

/// XXH3 with 128 bits: four numbers, the lowest quarter first.
#[derive(Debug)]
pub struct Xxh128;

impl Operation for Xxh128 {
    operation!(0x0513, "xxh128", Xxh128Options);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let hash = xxh3::hash128(input, options.seed);
        halves(hash as u64, output);
        halves((hash >> 64) as u64, output);
        Ok(())
    }
}

options! {
    /// Options of `hash.crc32`.
    pub struct Crc32Options {
        /// Checksum of what comes before the input.
        value: integer(default = 0, min = 0, max = MAX_U32, unit = "checksum"),
    }
}

/// CRC-32 of the input: one number.
#[derive(Debug)]
pub struct Crc32;

impl Operation for Crc32 {
    operation!(0x0514, "crc32", Crc32Options);
    const DIRECT: Option<fn(&[u8]) -> u64> =
        Some(|input| u64::from(crc32(Polynomial::Ieee, input, 0)));

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        checksum(Polynomial::Ieee, input, options.value, output);
        Ok(())
    }
}

options! {
    /// Options of `hash.crc32c`.
    pub struct Crc32cOptions {
        /// Checksum of what comes before the input.
        value: integer(default = 0, min = 0, max = MAX_U32, unit = "checksum"),
    }
}

/// CRC-32C of the input: one number.
#[derive(Debug)]
pub struct Crc32c;

impl Operation for Crc32c {
    operation!(0x0515, "crc32c", Crc32cOptions);
    const DIRECT: Option<fn(&[u8]) -> u64> =
        Some(|input| u64::from(crc32(Polynomial::Castagnoli, input, 0)));

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        checksum(Polynomial::Castagnoli, input, options.value, output);
        Ok(())
    }
}

#[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
fn checksum(polynomial: Polynomial, input: &[u8], before: i64, output: &mut Output<'_>) {
    output.numbers.push(f64::from(crc32(polynomial, input, before as u32)));
}

/// A hash of 64 bits as two numbers, the lower half first: what JavaScript turns into a `BigInt` with the least effort.
pub(super) fn halves(hash: u64, output: &mut Output<'_>) {
    output.numbers.push(f64::from(hash as u32));
    output.numbers.push(f64::from((hash >> 32) as u32));
}
