//! PNG of every kind beside the crate `png`: the same pixels, and an error where it has one.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io::Cursor;

use bytemill_formats::{Decoder, FormatError, Options};
use bytemill_gzip::{EncodeOptions, Encoder, Format, crc32};

/// Colour types with their depths and channels.
const KINDS: [(u8, &[u8], usize); 5] = [
    (0, &[1, 2, 4, 8, 16], 1),
    (2, &[8, 16], 3),
    (3, &[1, 2, 4, 8], 1),
    (4, &[8, 16], 2),
    (6, &[8, 16], 4),
];
const PASSES: [[usize; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];

struct Random(u32);

impl Random {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 24) as u8
    }
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], contents: &[u8]) {
    file.extend((contents.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(kind);
    file.extend(contents);
    file.extend(crc32(&file[start..], 0).to_be_bytes());
}

/// What a file is to be like.
#[derive(Clone, Copy, Debug)]
struct Kind {
    colour: u8,
    depth: u8,
    channels: usize,
    interlaced: bool,
    transparent: bool,
    size: [usize; 2],
}

/// Random bytes are as good as any filtered samples.
fn write(kind: Kind, random: &mut Random) -> Vec<u8> {
    let Kind { colour, depth, channels, interlaced, transparent, size: [width, height] } = kind;
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    let sides = [width, height].map(|side| (side as u32).to_be_bytes()).concat();
    chunk(
        &mut file,
        *b"IHDR",
        &[&sides[..], &[depth, colour, 0, 0, u8::from(interlaced)]].concat(),
    );
    chunk(&mut file, *b"tEXt", b"Comment\0of no interest");
    if colour == 3 {
        // Fewer colours than there are indices of 8 bits.
        let colours = 1 << depth.min(7);
        let palette: Vec<u8> = (0..3 * colours).map(|_| random.byte()).collect();
        chunk(&mut file, *b"PLTE", &palette);
    }
    if transparent {
        let bytes = [2, 0, 6, 2][usize::from(colour)];
        // Small numbers are met more often.
        let key: Vec<u8> = (0..bytes).map(|_| random.byte() & 3).collect();
        chunk(&mut file, *b"tRNS", &key);
    }
    let mut data = Vec::new();
    let whole = [[0, 0, 1, 1]];
    for &[left, top, across, down] in if interlaced { &PASSES[..] } else { &whole } {
        let columns = width.saturating_sub(left).div_ceil(across);
        if columns == 0 {
            continue;
        }
        for _ in 0..height.saturating_sub(top).div_ceil(down) {
            data.push(random.byte() % 5);
            let row = (columns * channels * usize::from(depth)).div_ceil(8);
            data.extend((0..row).map(|_| random.byte() & random.byte()));
        }
    }
    let mut packed = Vec::new();
    let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
    Encoder::new().compress(&data, &options, &mut packed).unwrap();
    let mut rest = &packed[..];
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(usize::from(random.byte()) * 4));
        chunk(&mut file, *b"IDAT", now);
        rest = later;
    }
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn kinds() -> impl Iterator<Item = Kind> {
    let depths = KINDS.into_iter().flat_map(|(colour, depths, channels)| {
        depths.iter().map(move |depth| (colour, *depth, channels))
    });
    depths.flat_map(|(colour, depth, channels)| {
        let variants = [(false, false), (false, true), (true, false), (true, true)];
        variants.into_iter().filter(move |variant| !variant.1 || colour < 4).map(
            move |(interlaced, transparent)| Kind {
                colour,
                depth,
                channels,
                interlaced,
                transparent,
                size: [1, 1],
            },
        )
    })
}

fn ours(file: &[u8]) -> Result<Vec<u8>, FormatError> {
    let mut pixels = Vec::new();
    Decoder::new(file, &Options::default())?.decode(&mut pixels)?;
    Ok(pixels)
}

fn theirs(file: &[u8]) -> Result<Vec<u8>, png::DecodingError> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels)?;
    if info.bit_depth == png::BitDepth::Sixteen {
        let narrow = |pair: &[u8; 2]| ((u32::from(u16::from_be_bytes(*pair)) + 128) / 257) as u8;
        pixels = pixels.as_chunks().0.iter().map(narrow).collect();
    }
    Ok(pixels)
}

#[test]
fn pixels_are_the_same() {
    let mut random = Random(1);
    for kind in kinds() {
        for size in [[1, 1], [2, 1], [1, 3], [5, 5], [7, 9], [8, 8], [33, 20], [64, 70], [300, 40]]
        {
            let kind = Kind { size, ..kind };
            let file = write(kind, &mut random);
            assert!(ours(&file).unwrap() == theirs(&file).unwrap(), "{kind:?}");
        }
    }
}

#[test]
fn damage_is_found_where_they_find_it() {
    let mut random = Random(2);
    for kind in kinds().filter(|kind| !kind.transparent) {
        let file = write(Kind { size: [21, 13], ..kind }, &mut random);
        // Behind the pixels the oracle does not look.
        for at in 8..file.len() - 12 {
            let mut damaged = file.clone();
            damaged[at] ^= 1 << (random.byte() & 7);
            match (ours(&damaged), theirs(&damaged)) {
                (Ok(ours), Ok(theirs)) => assert!(ours == theirs, "{kind:?} {at}"),
                (ours, theirs) => {
                    let same = ours.is_err() == theirs.is_err();
                    assert!(same, "{kind:?} {at}: {:?} {:?}", ours.err(), theirs.err());
                }
            }
            let cut = ours(&file[..at]);
            assert!(cut.is_err(), "{kind:?} {at}");
        }
    }
}

#[test]
fn what_comes_before_a_damage_stays_if_lenient() {
    let mut random = Random(3);
    let lenient = Options { lenient: true, ..Options::default() };
    for kind in kinds().filter(|kind| !kind.interlaced) {
        let kind = Kind { size: [40, 200], ..kind };
        let file = write(kind, &mut random);
        let whole = ours(&file).unwrap();
        let cut = &file[..file.len() / 2];
        let mut pixels = Vec::new();
        Decoder::new(cut, &lenient).unwrap().decode(&mut pixels).unwrap();
        let same = pixels.iter().zip(&whole).take_while(|(a, b)| a == b).count();
        assert!(same > whole.len() / 4 && pixels.len() == whole.len(), "{kind:?}");
        assert!(pixels.ends_with(&[0; 40]), "{kind:?}");
    }
}

/// A stream that goes on behind the pixels, has no checksum or is followed by something is accepted.
#[test]
fn more_data_than_pixels() {
    let kind = Kind {
        colour: 2,
        depth: 8,
        channels: 3,
        interlaced: false,
        transparent: false,
        size: [9, 9],
    };
    let file = write(kind, &mut Random(4));
    let mut less = file.clone();
    // Half as many rows.
    less[23] = 4;
    let checksum = crc32(&less[12..29], 0).to_be_bytes();
    less[29..33].copy_from_slice(&checksum);
    assert!(ours(&less).unwrap() == theirs(&less).unwrap());
    let mut more = less.clone();
    more[23] = 12;
    let checksum = crc32(&more[12..29], 0).to_be_bytes();
    more[29..33].copy_from_slice(&checksum);
    assert!(ours(&more).is_err() && theirs(&more).is_err());
}
