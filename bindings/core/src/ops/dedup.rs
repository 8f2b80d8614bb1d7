//! The dedup family: `bytemill/dedup`.
//!
//! An input that comes in pieces needs no state between them: a piece gives the chunks that do not depend on what
//! follows, and what it leaves, less than a chunk, comes again in front of the next. The root is made of the digests.

use alloc::string::String;
use alloc::vec::Vec;

use bytemill_base::local;
use bytemill_dedup::{
    Chunker, Chunks, FastCdc, Fingerprint as Maker, FingerprintParameters, Normalization,
    OutOfMemory, SizeError, XET_DATA_KEY, chunk, root, xet_file_hash,
};
use bytemill_hash::blake3::{Key, Mode};

use super::operation;
use crate::options::options;
use crate::{Code, Error, Items, Operation, Output, Results};

const ALGORITHMS: [&str; 2] = ["fastcdc", "xet"];
const NORMALIZATIONS: [&str; 2] = ["none", "newlines"];
/// Bytes of a digest.
const DIGEST_BYTES: usize = 32;
/// Bytes of a chunk in a list: its digest, its length.
const ENTRY_BYTES: usize = DIGEST_BYTES + 4;
/// Defaults; those of the other sizes follow the average one, which 0 stands for.
const AVERAGE_BYTES: i64 = 64 << 10;
const NORMALIZATION: i64 = 1;

/// The options of all operations that cut, declared once for each.
macro_rules! chunk_options {
    ($(#[$meta:meta])* $name:ident) => {
        options! {
            $(#[$meta])*
            pub struct $name {
                /// How to cut: FastCDC (2020), or as the Xet protocol of Hugging Face does (64 KiB on average, 8 to 128 KiB,
                /// digests under its key, its hash of a file as the root), which has no other options.
                algorithm: choice(default = 0, names = ALGORITHMS),
                /// Size of chunks on average, even.
                average_bytes: integer(default = AVERAGE_BYTES, min = 256, max = 4_194_304, unit = "bytes"),
                /// Least size of a chunk but the last: even, at least 64, at most `averageBytes`; 0 is a quarter of that.
                min_bytes: integer(default = 0, min = 0, max = 1_048_576, unit = "bytes"),
                /// Largest size of a chunk: even, at least 1,024 and `averageBytes`; 0 is four times that.
                max_bytes: integer(default = 0, min = 0, max = 16_777_216, unit = "bytes"),
                /// How close the sizes of chunks keep to the average (FastCDC's normalized chunking); 0 is not at all.
                normalization: integer(default = NORMALIZATION, min = 0, max = 3, unit = "level"),
                /// Key of the chunks' digests, so that nobody without it can tell what they are of; excludes `context`.
                key: bytes(min = 32, max = 32),
                /// Context under which the chunks' digests are derived, which keeps uses apart; excludes `key`.
                context: text(max = 65_536),
            }
        }

        impl $name<'_> {
            fn plan(&self) -> Result<(Chunker, Key), Error> {
                let sizes = [self.min_bytes, self.average_bytes, self.max_bytes];
                plan(self.algorithm, sizes, self.normalization, self.key, self.context)
            }
        }
    };
}

chunk_options! {
    /// Options of `dedup.chunk`.
    ChunkOptions
}

chunk_options! {
    /// Options of `dedup.chunkPiece`.
    ChunkPieceOptions
}

/// How to cut, and the key of digests.
#[inline(never)]
fn plan(
    algorithm: usize,
    sizes: [i64; 3],
    normalization: i64,
    key: Option<&[u8]>,
    context: Option<&[u8]>,
) -> Result<(Chunker, Key), Error> {
    if algorithm == 1 {
        let plain = sizes == [0, AVERAGE_BYTES, 0] && normalization == NORMALIZATION;
        if !plain || key.is_some() || context.is_some() {
            return Err(Error::new(
                Code::InvalidArgument,
                "algorithm: 'xet' says all sizes and the key: expected no other options, got one",
            ));
        }
        return Ok((Chunker::Xet, Key::new(&Mode::Keyed(&XET_DATA_KEY))));
    }
    let mode = match (key.map(<&[u8; 32]>::try_from), context) {
        (None, None) => Mode::Hash,
        (None, Some(context)) => Mode::DeriveKey(context),
        (Some(Ok(key)), None) => Mode::Keyed(key),
        _ => {
            return Err(Error::new(
                Code::InvalidArgument,
                "expected at most one of key and context, got both",
            ));
        }
    };
    // All are within the range of the row, which is below 2^24.
    let [min, average, max] = sizes.map(|size| u32::try_from(size).unwrap_or_default());
    let or = |size: u32, default: u32| if size == 0 { default } else { size };
    let (min, max) = (or(min, (average / 4) & !1), or(max, average.saturating_mul(4)));
    let level = u32::try_from(normalization).unwrap_or_default();
    let fastcdc = FastCdc::new(min, average, max, level)?;
    Ok((Chunker::FastCdc(fastcdc), Key::new(&mode)))
}

/// Chunks of an input, and the root above them: the digests, the root; the lengths as numbers.
#[derive(Debug)]
pub struct Chunk;

impl Operation for Chunk {
    operation!(0x0601, "chunk", ChunkOptions);
    const PARALLEL: bool = true;

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let (chunker, key) = options.plan()?;
        let mut found = Chunks::default();
        chunk(input, true, &chunker, &key, &mut found)?;
        let above = match chunker {
            Chunker::FastCdc(_) => root,
            Chunker::Xet => xet_file_hash,
        };
        write(&found, &above(&found.digests, &found.lengths), output)
    }
}

/// The chunks of a piece that do not depend on what follows it: as of [`Chunk`], without a root.
#[derive(Debug)]
pub struct ChunkPiece;

impl Operation for ChunkPiece {
    operation!(0x0602, "chunkPiece", ChunkPieceOptions);
    const PARALLEL: bool = true;

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let (chunker, key) = options.plan()?;
        let mut found = Chunks::default();
        chunk(input, false, &chunker, &key, &mut found)?;
        write(&found, &[], output)
    }
}

fn write(found: &Chunks, root: &[u8], output: &mut Output<'_>) -> Result<(), Error> {
    let Chunks { lengths, digests } = found;
    let reserved = output.bytes.try_reserve(digests.len() + root.len());
    reserved.and_then(|()| output.numbers.try_reserve(lengths.len())).map_err(|_| OutOfMemory)?;
    output.bytes.extend_from_slice(digests);
    output.bytes.extend_from_slice(root);
    output.numbers.extend(lengths.iter().copied().map(f64::from));
    Ok(())
}

options! {
    /// Options of `dedup.root`.
    pub struct RootOptions {
        /// How the chunks were cut.
        algorithm: choice(default = 0, names = ALGORITHMS),
    }
}

/// The root above chunks: the input is their digests, and behind those their lengths, four little-endian bytes each.
#[derive(Debug)]
pub struct Root;

impl Operation for Root {
    operation!(0x0603, "root", RootOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        if !input.len().is_multiple_of(ENTRY_BYTES) {
            return Err(Error::new(
                Code::InvalidArgument,
                "expected 36 bytes for each chunk, got a part of one",
            ));
        }
        let (digests, lengths) = input.split_at(input.len() / ENTRY_BYTES * DIGEST_BYTES);
        let lengths: Vec<u32> =
            lengths.as_chunks().0.iter().map(|length| u32::from_le_bytes(*length)).collect();
        let above = if options.algorithm == 1 { xet_file_hash } else { root };
        output.bytes.extend_from_slice(&above(digests, &lengths));
        Ok(())
    }
}

options! {
    /// Options of `dedup.fingerprint`.
    pub struct FingerprintOptions {
        /// Name of the use. Fingerprints under different names have nothing to do with each other.
        namespace: text(max = 1024),
        /// Version of the use; as the namespace.
        version: integer(default = 1, min = 0, max = 0xffff_ffff, unit = "version"),
        /// Length of the fingerprint. A shorter one is not the beginning of a longer one.
        length: integer(default = 32, min = 8, max = 32, unit = "bytes"),
        /// What is done to the input first: nothing, or every CR LF and lone CR becomes LF.
        normalization: choice(default = 0, names = NORMALIZATIONS),
        /// Secret, without which nobody can tell what has a fingerprint.
        key: bytes(min = 32, max = 32),
    }
}

/// BLAKE3 of the input, keyed by all options.
#[derive(Debug)]
pub struct Fingerprint;

impl Operation for Fingerprint {
    operation!(0x0604, "fingerprint", FingerprintOptions);
    const PARALLEL: bool = true;

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let maker = maker(options);
        let fingerprint = maker.of(input)?;
        if maker.length() == fingerprint.len() {
            // A copy of a length that the compiler knows.
            output.bytes.extend_from_slice(&fingerprint);
        } else {
            output.bytes.extend_from_slice(&fingerprint[..maker.length()]);
        }
        Ok(())
    }

    fn run_many(items: Items<'_>, options: &Self::Options<'_>, results: &mut Results) -> bool {
        let maker = maker(options);
        options.normalization == 0
            && results.uniform(items.len(), maker.length(), |output| {
                maker.of_many(&mut items.iter(), output);
            })
    }
}

local! {
    /// The last parameters with what they make: two hashes, which on a short input cost more than the fingerprint.
    static LAST: Option<Known> = None;
}

struct Known {
    namespace: Vec<u8>,
    /// Version, length, normalization.
    numbers: (i64, i64, usize),
    secret: Option<[u8; 32]>,
    maker: Maker,
}

#[inline(never)]
#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
fn maker(options: &FingerprintOptions<'_>) -> Maker {
    let &FingerprintOptions { version, length, normalization, .. } = options;
    let numbers = (version, length, normalization);
    let namespace = options.namespace.unwrap_or_default();
    let secret = options.key.and_then(|key| <[u8; 32]>::try_from(key).ok());
    LAST.with_borrow_mut(|last| {
        let known = last.as_ref().filter(|known| {
            known.numbers == numbers && known.secret == secret && known.namespace == namespace
        });
        if let Some(known) = known {
            return known.maker;
        }
        let maker = Maker::new(&FingerprintParameters {
            namespace,
            version: version as u32,
            normalization: match normalization {
                1 => Normalization::Newlines,
                _ => Normalization::None,
            },
            length: length as u8,
            secret: secret.as_ref(),
        });
        *last = Some(Known { namespace: namespace.to_vec(), numbers, secret, maker });
        maker
    })
}

impl From<SizeError> for Error {
    fn from(error: SizeError) -> Self {
        let mut text = String::from(match error {
            SizeError::Min { .. } => "minBytes: ",
            SizeError::Average { .. } => "averageBytes: ",
            SizeError::Max { .. } => "maxBytes: ",
            SizeError::Order { .. } => "minBytes, averageBytes, maxBytes: ",
            SizeError::Level { .. } => "normalization: ",
        });
        text.push_str(&error.message().to_text());
        Self::new(Code::InvalidArgument, text)
    }
}

impl From<OutOfMemory> for Error {
    fn from(_: OutOfMemory) -> Self {
        Self::new(Code::OutOfMemory, OutOfMemory::MESSAGE)
    }
}
