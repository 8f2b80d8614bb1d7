//! Pixels to bits: spatially coded images with groups of codes, and the small images of transforms; RFC 9649, sections
//! 5 and 6.

use super::super::error::{EncodeError, filled};
use super::Image;
use super::bits::BitWriter;
use super::groups::Groups;
use super::histogram::{ALPHABETS, BASE, Histogram};
use super::matches::{Search, Sequence};
use super::parse::{cheapest, greedy};
use super::prefix::Code;
use super::price::Prices;
use super::stream::{Symbol, for_each};

/// How much work an image is worth.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) search: Search,
    /// The bits of caches that are tried.
    pub(super) caches: &'static [u32],
    /// How often copies are chosen anew by what they cost.
    pub(super) rounds: u32,
    /// Whether parts of the image have codes of their own.
    pub(super) groups: bool,
}

/// Groups at most so many tiles.
const MOST_TILES: usize = 1200;

/// Counts symbols, by the tile in which they begin.
fn count(
    image: &Image,
    sequences: &[Sequence],
    cache: u32,
    tiles: (usize, u32),
    histograms: &mut [Histogram],
) {
    let (width, bits) = tiles;
    let tile = |at: usize| {
        if bits == WHOLE {
            0
        } else {
            ((at / image.width) >> bits) * width + ((at % image.width) >> bits)
        }
    };
    let result: Result<(), core::convert::Infallible> =
        for_each(&image.pixels, image.width, sequences, cache, |at, symbol| {
            let histogram = &mut histograms[tile(at)];
            match symbol {
                Symbol::Literal(pixel) => histogram.literal(pixel),
                Symbol::Cached(index) => histogram.cached(index),
                Symbol::Copy(length, distance) => histogram.copy(length.0, distance.0),
            }
            Ok(())
        });
    let Ok(()) = result;
}

/// Stands for tiles as large as any image.
const WHOLE: u32 = 31;

/// The cache whose symbols cost least, with their counts.
fn choose_cache(image: &Image, sequences: &[Sequence], caches: &[u32]) -> u32 {
    let mut best = (u64::MAX, 0);
    for &cache in caches {
        let mut histogram = [Histogram::new(cache_size(cache))];
        count(image, sequences, cache, (1, WHOLE), &mut histogram);
        histogram[0].measure();
        if histogram[0].cost < best.0 {
            best = (histogram[0].cost, cache);
        }
    }
    best.1
}

/// Sequences, and the bits of the cache that suits them.
fn parse(image: &Image, effort: Effort) -> Result<(Vec<Sequence>, u32), EncodeError> {
    let (pixels, width) = (&image.pixels[..], image.width);
    let (mut sequences, returning) = greedy(pixels, width, effort.search)?;
    if !returning {
        // Nor do single colours.
        return Ok((sequences, 0));
    }
    let mut cache = choose_cache(image, &sequences, effort.caches);
    let copied: usize = sequences.iter().map(|sequence| sequence.length as usize).sum();
    // In a photograph, there is nothing to choose.
    if copied > pixels.len() / 8 {
        for _ in 0..effort.rounds {
            let mut histogram = [Histogram::new(cache_size(cache))];
            count(image, &sequences, cache, (1, WHOLE), &mut histogram);
            let prices = Prices::new(&histogram[0], pixels, width, cache)?;
            sequences = cheapest(pixels, width, effort.search, &prices)?;
            cache = choose_cache(image, &sequences, effort.caches);
        }
    }
    Ok((sequences, cache))
}

/// How many colours a cache has.
fn cache_size(bits: u32) -> usize {
    if bits > 0 { 1 << bits } else { 0 }
}

/// Writes the image that is seen in the end.
pub(super) fn main_image(
    image: &Image,
    effort: Effort,
    to: &mut BitWriter,
) -> Result<(), EncodeError> {
    let (sequences, cache) = parse(image, effort)?;
    put_cache(cache, to);
    let size = cache_size(cache);
    let mut bits = 4;
    let count_at = |bits: u32| (image.width.div_ceil(1 << bits), image.height.div_ceil(1 << bits));
    while bits < 9 && count_at(bits).0 * count_at(bits).1 > MOST_TILES {
        bits += 1;
    }
    let (columns, rows) = count_at(bits);
    let groups = if effort.groups && columns * rows > 1 {
        let mut tiles = filled(Histogram::new(size), columns * rows)?;
        count(image, &sequences, cache, (columns, bits), &mut tiles);
        Groups::new(tiles)?
    } else {
        let mut one = vec![Histogram::new(size)];
        count(image, &sequences, cache, (1, WHOLE), &mut one);
        Groups { of_tile: Vec::new(), histograms: one }
    };
    let several = groups.histograms.len() > 1;
    to.put(u32::from(several), 1);
    if several {
        to.put(bits - 2, 3);
        let pixels =
            groups.of_tile.iter().map(|&group| [0, group as u8, (group >> 8) as u8, 255]).collect();
        small_image(&Image { width: columns, height: rows, pixels }, to)?;
    }
    let mut codes = Vec::new();
    for histogram in &groups.histograms {
        codes.push(write_codes(histogram, to)?);
    }
    let group = |at: usize| {
        if several {
            usize::from(
                groups.of_tile
                    [((at / image.width) >> bits) * columns + ((at % image.width) >> bits)],
            )
        } else {
            0
        }
    };
    write_symbols(image, &sequences, cache, |at| &codes[group(at)], to)
}

/// Writes an image that parameters of a transform or groups stand for.
pub(super) fn small_image(image: &Image, to: &mut BitWriter) -> Result<(), EncodeError> {
    let search = Search { depth: 16, enough: 256 };
    let (sequences, _) = greedy(&image.pixels, image.width, search)?;
    put_cache(0, to);
    let mut histogram = [Histogram::new(0)];
    count(image, &sequences, 0, (1, WHOLE), &mut histogram);
    let codes = write_codes(&histogram[0], to)?;
    write_symbols(image, &sequences, 0, |_| &codes, to)
}

fn put_cache(bits: u32, to: &mut BitWriter) {
    to.put(u32::from(bits > 0), 1);
    if bits > 0 {
        to.put(bits, 4);
    }
}

fn write_codes(
    histogram: &Histogram,
    to: &mut BitWriter,
) -> Result<[Code; ALPHABETS], EncodeError> {
    to.check()?;
    Ok(core::array::from_fn(|i| Code::write(histogram.alphabet(i), to)))
}

fn write_symbols<'a>(
    image: &Image,
    sequences: &[Sequence],
    cache: u32,
    codes: impl Fn(usize) -> &'a [Code; ALPHABETS],
    to: &mut BitWriter,
) -> Result<(), EncodeError> {
    let mut until_check = 0;
    for_each(&image.pixels, image.width, sequences, cache, |at, symbol| {
        if until_check == 0 {
            to.check()?;
            until_check = 256;
        }
        until_check -= 1;
        let [green, red, blue, alpha, distances] = codes(at);
        match symbol {
            Symbol::Literal([b, g, r, a]) => {
                green.put(usize::from(g), to);
                red.put(usize::from(r), to);
                blue.put(usize::from(b), to);
                alpha.put(usize::from(a), to);
            }
            Symbol::Cached(index) => green.put(BASE + index, to),
            Symbol::Copy((length, extra, bits), distance) => {
                green.put(256 + length, to);
                to.put(extra, bits);
                let (distance, extra, bits) = distance;
                distances.put(distance, to);
                to.put(extra, bits);
            }
        }
        Ok(())
    })
}
