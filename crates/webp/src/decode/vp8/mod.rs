//! Lossy images: key frames of VP8 (RFC 6386).

mod band;
mod bool_reader;
mod colour;
mod edges;
mod filter;
mod frame_header;
mod lossy;
mod macroblock;
mod modes;
mod predict;
mod predict4;
mod residual;
mod tables;
mod transform;
mod workspace;

pub(super) use lossy::Lossy;
