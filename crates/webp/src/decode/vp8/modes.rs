//! Modes of macroblocks (RFC 6386, sections 10 and 11).

use super::bool_reader::BoolReader;
use super::frame_header::ModeHeader;
use super::tables::MODES;

/// How a macroblock's luma, or its chroma, is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    #[default]
    Dc,
    TrueMotion,
    Vertical,
    Horizontal,
}

/// How a block of 4 by 4 is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode4 {
    #[default]
    Dc,
    TrueMotion,
    Vertical,
    Horizontal,
    DownRight,
    VerticalRight,
    DownLeft,
    VerticalLeft,
    HorizontalDown,
    HorizontalUp,
}

/// How luma is predicted.
#[derive(Clone, Copy)]
pub(super) enum Luma {
    Whole(Mode),
    Blocks([Mode4; 16]),
}

/// What is said of one macroblock before its coefficients.
#[derive(Clone, Copy)]
pub(super) struct Macroblock {
    pub(super) segment: u8,
    /// Whether it has no coefficients.
    pub(super) skip: bool,
    pub(super) luma: Luma,
    pub(super) chroma: Mode,
}

/// Reads one; `above` and `left` are the modes of the blocks around it.
#[inline]
pub(super) fn read(
    reader: &mut BoolReader<'_>,
    header: &ModeHeader,
    above: &mut [Mode4; 4],
    left: &mut [Mode4; 4],
) -> Macroblock {
    let segment = header.segments.map_or(0, |[first, low, high]| {
        if reader.bit(first) { 2 + u8::from(reader.bit(high)) } else { u8::from(reader.bit(low)) }
    });
    let skip = header.skip.is_some_and(|probability| reader.bit(probability));
    let luma = if reader.bit(145) {
        let mode = match (reader.bit(156), ()) {
            (true, ()) if reader.bit(128) => Mode::TrueMotion,
            (true, ()) => Mode::Horizontal,
            (false, ()) if reader.bit(163) => Mode::Vertical,
            (false, ()) => Mode::Dc,
        };
        let around = match mode {
            Mode::Dc => Mode4::Dc,
            Mode::TrueMotion => Mode4::TrueMotion,
            Mode::Vertical => Mode4::Vertical,
            Mode::Horizontal => Mode4::Horizontal,
        };
        *above = [around; 4];
        *left = [around; 4];
        Luma::Whole(mode)
    } else {
        let mut modes = [Mode4::Dc; 16];
        for (row, left) in modes.as_chunks_mut::<4>().0.iter_mut().zip(left) {
            for (mode, above) in row.iter_mut().zip(above.iter_mut()) {
                *left = read4(reader, &MODES[*above as usize][*left as usize]);
                *above = *left;
                *mode = *left;
            }
        }
        Luma::Blocks(modes)
    };
    let chroma = match () {
        () if !reader.bit(142) => Mode::Dc,
        () if !reader.bit(114) => Mode::Vertical,
        () if reader.bit(183) => Mode::TrueMotion,
        () => Mode::Horizontal,
    };
    Macroblock { segment, skip, luma, chroma }
}

/// The tree of section 11.2.
#[inline]
fn read4(reader: &mut BoolReader<'_>, tree: &[u8; 9]) -> Mode4 {
    if !reader.bit(tree[0]) {
        return Mode4::Dc;
    }
    if !reader.bit(tree[1]) {
        return Mode4::TrueMotion;
    }
    if !reader.bit(tree[2]) {
        return Mode4::Vertical;
    }
    if !reader.bit(tree[3]) {
        return match () {
            () if !reader.bit(tree[4]) => Mode4::Horizontal,
            () if reader.bit(tree[5]) => Mode4::VerticalRight,
            () => Mode4::DownRight,
        };
    }
    match () {
        () if !reader.bit(tree[6]) => Mode4::DownLeft,
        () if !reader.bit(tree[7]) => Mode4::VerticalLeft,
        () if reader.bit(tree[8]) => Mode4::HorizontalUp,
        () => Mode4::HorizontalDown,
    }
}
