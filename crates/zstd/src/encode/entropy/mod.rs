//! The entropy stage: literals by Huffman codes, sequences by FSE.

pub(crate) mod bits;
mod cost;
pub(crate) mod fse;
pub(crate) mod huffman;
pub(crate) mod literals;
pub(crate) mod sequences;

pub(crate) use cost::log2;
