//! The table of operations: a file and a line per wasm module, which is a feature of this crate.
//!
//! Most families are one module of their name. A part that few need is a module of its own, `<family>_<part>`: it is
//! fetched and compiled on its first call, and bundlers leave it out where nothing calls it. A module that brings less
//! than the whole family, say a decoder alone, is a feature that the family's own feature implies.

#[cfg(feature = "brotli")]
pub mod brotli;
#[cfg(feature = "brotli_encode")]
pub mod brotli_encode;
#[cfg(feature = "dedup")]
pub mod dedup;
#[cfg(feature = "gzip")]
pub mod gzip;
#[cfg(any(feature = "hash", feature = "hash_checksums"))]
pub mod hash;
#[cfg(any(feature = "image", feature = "image_jpeg"))]
pub mod image;
#[cfg(feature = "lz4")]
pub mod lz4;
#[cfg(any(feature = "pdf", feature = "pdf_images"))]
pub mod pdf;
#[cfg(feature = "pdf_create")]
pub mod pdf_create;
#[cfg(feature = "pdf_edit")]
pub mod pdf_edit;
#[cfg(any(feature = "pdf", feature = "pdf_images", feature = "pdf_edit"))]
mod pdf_error;
#[cfg(feature = "selftest")]
pub mod selftest;
#[cfg(feature = "zstd")]
pub mod zstd;
#[cfg(any(feature = "zstd", feature = "zstd_encode"))]
mod zstd_dictionary;
#[cfg(feature = "zstd_encode")]
pub mod zstd_encode;
#[cfg(feature = "zstd_train")]
pub mod zstd_train;

use alloc::vec;
use alloc::vec::Vec;

use crate::{Frame, Operation, OptionSpec, Results, batch, session};

/// What `xtask codegen` needs to know of an operation.
#[derive(Debug)]
pub struct Description {
    /// Family: import path.
    pub family: &'static str,
    /// Name in JavaScript.
    pub name: &'static str,
    /// Number on the wire.
    pub id: u32,
    /// True where one large input is worth spreading over threads.
    pub parallel: bool,
    /// The declared options.
    pub options: &'static [OptionSpec],
}

macro_rules! operations {
    ($($feature:literal: $($operation:path),+;)+) => {
        /// Runs a whole frame with the operation of its number; false where this build has none. Calls directly,
        /// so that the operation of a small module can be inlined.
        pub(crate) fn run(frame: &Frame<'_>, results: &mut Results) -> bool {
            $($(#[cfg(feature = $feature)]
            if is::<$operation>(frame, results) {
                return true;
            })+)+
            session::run(frame, results)
        }

        /// The number that an operation gives for an input without options; 0 where [`crate::Operation::DIRECT`] says
        /// that it has none, for which nobody asks.
        pub fn direct(op: u32, input: &[u8]) -> u64 {
            $($(#[cfg(feature = $feature)]
            if op == <$operation as crate::Operation>::ID
                && let Some(number) = <$operation as crate::Operation>::DIRECT
            {
                return number(input);
            })+)+
            let _ = (op, input);
            0
        }

        /// Describes every operation of this build, family by family.
        pub fn describe() -> Vec<Description> {
            vec![$($(#[cfg(feature = $feature)] Description {
                family: family_of($feature),
                name: <$operation as crate::Operation>::NAME,
                id: <$operation as crate::Operation>::ID,
                parallel: <$operation as crate::Operation>::PARALLEL,
                options: <$operation as crate::Operation>::OPTIONS,
            },)+)+]
        }
    };
}

/// Runs a frame that asks for this operation, or for a session of it.
#[inline]
fn is<O: Operation>(frame: &Frame<'_>, results: &mut Results) -> bool {
    if frame.op == O::ID {
        batch::run_all::<O>(frame, results);
        return true;
    }
    session::open::<O>(frame, results)
}

/// The family of a module: its name up to the first underscore.
fn family_of(module: &'static str) -> &'static str {
    module.split_once('_').map_or(module, |(family, _)| family)
}

operations! {
    "zstd_encode": zstd_encode::Compress, zstd_encode::CompressJob, zstd_encode::Checksum;
    "zstd": zstd::Decompress;
    "zstd_train": zstd_train::TrainDictionary;
    "gzip": gzip::Compress, gzip::Decompress;
    "brotli": brotli::Decompress;
    "brotli_encode": brotli_encode::Compress;
    "lz4": lz4::Compress, lz4::Decompress;
    "hash": hash::blake3::Blake3, hash::blake3::Update, hash::blake3::Finish;
    "hash_checksums": hash::checksums::Sha256, hash::checksums::Xxh3, hash::checksums::Xxh128, hash::checksums::Crc32,
        hash::checksums::Crc32c, hash::pieces::Update, hash::pieces::Finish;
    "dedup": dedup::Chunk, dedup::ChunkPiece, dedup::Root, dedup::Fingerprint;
    "image": image::thumbnail::Thumbnail, image::thumbnail::Thumbnails, image::chain::Process,
        image::frames::ReadFrames, image::look::ReadMetadata, image::look::PerceptualHash, image::look::Thumbhash, image::look::Blurhash;
    "image_jpeg": image::thumbnail::JpegThumbnail;
    "pdf": pdf::Open, pdf::text::ExtractText, pdf::text::Layout, pdf::text::ToMarkdown, pdf::text::Find, pdf::info::ReadInfo,
        pdf::info::PageSizes, pdf::info::PageLabels, pdf::info::Fonts, pdf::places::ReadOutline, pdf::places::Links,
        pdf::places::Destinations, pdf::parts::Attachments, pdf::parts::FormFields;
    "pdf_images": pdf::images::Images;
    "pdf_edit": pdf_edit::ExtractPages, pdf_edit::SplitDocument, pdf_edit::Merge, pdf_edit::Rotate, pdf_edit::SetInfo,
        pdf_edit::Rewrite;
    "pdf_create": pdf_create::Create, pdf_create::Measure;
    "selftest": selftest::Echo, selftest::Fail;
}

/// Describes what is no operation of its own but a step of one: its number is one among steps.
pub fn steps() -> Vec<Description> {
    #[cfg(feature = "image")]
    return image::steps::describe();
    #[cfg(not(feature = "image"))]
    Vec::new()
}

/// Implements the parts of [`crate::Operation`] that are the same everywhere.
macro_rules! operation {
    ($id:literal, $name:literal, $options:ident) => {
        const ID: u32 = $id;
        const NAME: &'static str = $name;
        const OPTIONS: &'static [crate::OptionSpec] = $options::SPECS;
        type Options<'a> = $options<'a>;

        fn options(row: crate::Row<'_>) -> Result<Self::Options<'_>, crate::Error> {
            $options::read(row)
        }
    };
    // A dictionary among the options is read with them, once for a whole batch.
    ($id:literal, $name:literal, $options:ident, with dictionary) => {
        const ID: u32 = $id;
        const NAME: &'static str = $name;
        const OPTIONS: &'static [crate::OptionSpec] = $options::SPECS;
        type Options<'a> = WithDictionary<$options<'a>>;

        fn options(row: crate::Row<'_>) -> Result<Self::Options<'_>, crate::Error> {
            let options = $options::read(row)?;
            WithDictionary::new(options, options.dictionary)
        }
    };
}
pub(crate) use operation;

/// `maxOutputBytes` of every operation whose output can outgrow its input: 256 MiB unless told.
#[allow(dead_code, reason = "not every build has a family that needs it")]
pub(crate) const MAX_OUTPUT_BYTES: i64 = 256 << 20;
/// Longest dictionary of a codec.
#[allow(dead_code, reason = "not every build has a family that needs it")]
pub(crate) const MAX_DICTIONARY_BYTES: usize = 64 << 20;
/// The largest size that an option can name: JavaScript's largest exact integer.
#[allow(dead_code, reason = "not every build has a family that needs it")]
pub(crate) const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn numbers_and_names_are_unique() {
        let all = describe();
        let ids: HashSet<_> = all.iter().map(|operation| operation.id).collect();
        let names: HashSet<_> =
            all.iter().map(|operation| (operation.family, operation.name)).collect();
        assert_eq!((ids.len(), names.len()), (all.len(), all.len()));
        for operation in all {
            let items = crate::Items::List(&[]);
            let cells = crate::Cells::Values(&[]);
            let frame = Frame { op: operation.id, cells, blob: &[], items };
            assert!(run(&frame, &mut Results::default()), "{}", operation.name);
        }
    }

    #[test]
    fn a_part_belongs_to_its_family() {
        assert_eq!((family_of("zstd"), family_of("zstd_decode")), ("zstd", "zstd"));
    }

    #[test]
    fn every_option_is_documented() {
        for operation in describe().into_iter().chain(steps()) {
            for option in operation.options {
                assert!(option.doc.len() > 10, "{}.{}", operation.name, option.name);
            }
        }
    }
}
