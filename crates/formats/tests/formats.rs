//! Files that the crate `image` writes, and files made by hand, against what that crate reads.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(clippy::cast_sign_loss, reason = "sides are not negative, or mean to be")]

mod support;

use std::io::Cursor;

use bytemill_formats::{Decoder, Format, FormatError, Header, Limits, Options, Unit};
use image::{DynamicImage, ImageFormat};
use support::{ours, theirs};

/// Pixels without a pattern that a wrong order could hide in.
fn noise(bytes: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(747_796_405).wrapping_add(1);
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

/// Stripes with some noise, which compress.
fn smooth(bytes: usize) -> Vec<u8> {
    noise(bytes, 3).iter().enumerate().map(|(i, n)| (i / 11 % 256) as u8 ^ (n & 1)).collect()
}

fn images(width: u32, height: u32) -> Vec<DynamicImage> {
    let pixels = (width * height) as usize;
    let mut list = Vec::new();
    for make in [smooth as fn(usize) -> Vec<u8>, |bytes| noise(bytes, 9)] {
        list.push(DynamicImage::ImageLuma8(
            image::ImageBuffer::from_raw(width, height, make(pixels)).unwrap(),
        ));
        list.push(DynamicImage::ImageLumaA8(
            image::ImageBuffer::from_raw(width, height, make(2 * pixels)).unwrap(),
        ));
        list.push(DynamicImage::ImageRgb8(
            image::ImageBuffer::from_raw(width, height, make(3 * pixels)).unwrap(),
        ));
        list.push(DynamicImage::ImageRgba8(
            image::ImageBuffer::from_raw(width, height, make(4 * pixels)).unwrap(),
        ));
        let wide: Vec<u16> =
            make(6 * pixels).as_chunks().0.iter().map(|b| u16::from_le_bytes(*b)).collect();
        list.push(DynamicImage::ImageRgb16(
            image::ImageBuffer::from_raw(width, height, wide).unwrap(),
        ));
    }
    list
}

/// Compares one file; where the oracle refuses it, only that ours does not differ from what is expected.
fn check(name: &str, file: &[u8], format: ImageFormat) {
    let ours = ours(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = match theirs(file, format) {
        Ok(theirs) => theirs,
        // It wants PNG in icons to be RGBA.
        Err(error) if format == ImageFormat::Ico && error.contains("RGBA") => return,
        Err(error) => panic!("{name}: oracle: {error}"),
    };
    assert_eq!((ours.width, ours.height), (theirs.width, theirs.height), "{name}");
    let pairs = ours.pixels.as_chunks::<4>().0.iter().zip(theirs.pixels.as_chunks::<4>().0);
    // What cannot be seen has no colour here.
    let clear = format == ImageFormat::Gif;
    let same = |a: &[u8; 4], b: &[u8; 4]| a == b || clear && a[3] == 0 && b[3] == 0;
    let first = pairs.into_iter().position(|(a, b)| !same(a, b));
    assert_eq!(first, None, "{name}: of {} bytes, in pixels", ours.pixels.len());
    hostile(file);
}

/// Cut short or changed, a file ends in an image or an error, lenient or not.
fn hostile(file: &[u8]) {
    let limits = Limits { max_pixels: 1 << 20, max_memory_bytes: 16 << 20, max_frames: 50 };
    let step = file.len() / 60 + 1;
    let mut inputs: Vec<Vec<u8>> =
        (0..file.len()).step_by(step).map(|end| file[..end].to_vec()).collect();
    for at in (0..file.len().min(150)).chain((150..file.len()).step_by(step)) {
        for value in [0, 0xFF, file[at] ^ 1] {
            let mut changed = file.to_vec();
            changed[at] = value;
            inputs.push(changed);
        }
    }
    for input in inputs {
        for lenient in [false, true] {
            let options = Options { lenient, limits, page: 0 };
            let Ok(decoder) = Decoder::new(&input, &options) else { continue };
            let mut output = Vec::new();
            if decoder.decode(&mut output).is_ok() {
                let (width, height) = decoder.size();
                assert_eq!(output.len(), width * height * decoder.channels());
            }
            let _ = support::our_frames(&input, &options);
        }
        let _ = bytemill_formats::Metadata::read(&input);
    }
}

#[test]
fn what_the_oracle_writes() {
    for (width, height) in [(1, 1), (3, 5), (31, 17), (64, 9)] {
        for (number, image) in images(width, height).iter().enumerate() {
            for format in [
                ImageFormat::Png,
                ImageFormat::Gif,
                ImageFormat::Bmp,
                ImageFormat::Ico,
                ImageFormat::Qoi,
                ImageFormat::Tiff,
            ] {
                let mut file = Cursor::new(Vec::new());
                if image.write_to(&mut file, format).is_err() {
                    continue;
                }
                check(&format!("{format:?} {number} {width}x{height}"), file.get_ref(), format);
            }
        }
    }
}

/// A bitmap with a header of its own.
fn bitmap(
    size: u32,
    (width, height): (i32, i32),
    bits: u16,
    compression: u32,
    rest: &[u8],
    palette: usize,
    data: &[u8],
) -> Vec<u8> {
    let mut file = b"BM".to_vec();
    let offset = 14 + size as usize + rest.len() + palette;
    file.extend(((offset + data.len()) as u32).to_le_bytes());
    file.extend([0; 4]);
    file.extend((offset as u32).to_le_bytes());
    file.extend(size.to_le_bytes());
    if size == 12 {
        file.extend((width as u16).to_le_bytes());
        file.extend((height as u16).to_le_bytes());
        file.extend([1, 0]);
        file.extend(bits.to_le_bytes());
    } else {
        file.extend(width.to_le_bytes());
        file.extend(height.to_le_bytes());
        file.extend([1, 0]);
        file.extend(bits.to_le_bytes());
        file.extend(compression.to_le_bytes());
        file.extend([0; 4]);
        file.extend(2835_u32.to_le_bytes().repeat(2));
        file.extend([0; 8]);
        // Masks in longer headers.
        let inside = size as usize - 40;
        file.extend(rest.iter().chain(&[0; 128]).take(inside));
    }
    file.extend(rest.iter().skip((size as usize).saturating_sub(40)));
    file.truncate(offset - palette);
    file.resize(offset - palette, 0);
    file.extend(noise(palette, 5));
    let at = (offset as u32).to_le_bytes();
    file[10..14].copy_from_slice(&at);
    file.extend(data);
    file
}

#[test]
fn bitmaps() {
    let (width, height) = (13_i32, 7_i32);
    for bits in [1_u16, 2, 4, 8, 16, 24, 32] {
        let stride = (width as usize * usize::from(bits)).div_ceil(32) * 4;
        let data = noise(stride * height as usize, u32::from(bits));
        let palette = if bits <= 8 { 4 << bits } else { 0 };
        for (size, sides) in [
            (40, (width, height)),
            (40, (width, -height)),
            (108, (width, height)),
            (124, (width, height)),
        ] {
            let file = bitmap(size, sides, bits, 0, &[], palette, &data);
            check(&format!("{bits} bits, header of {size}"), &file, ImageFormat::Bmp);
        }
        if matches!(bits, 1 | 4 | 8 | 24) {
            let file = bitmap(12, (width, height), bits, 0, &[], palette / 4 * 3, &data);
            check(&format!("{bits} bits, core header"), &file, ImageFormat::Bmp);
        }
        let masks: &[[u32; 4]] = match bits {
            16 => &[
                [0xF800, 0x07E0, 0x1F, 0],
                [0x0F00, 0xF0, 0xF, 0xF000],
                [0x7C00, 0x3E0, 0x1F, 0x8000],
                [3, 0xC, 0x70, 0],
            ],
            32 => &[
                [0xFF00_0000, 0xFF_0000, 0xFF00, 0xFF],
                [0xFF, 0xFF00, 0xFF_0000, 0xFF00_0000],
                [0x3FF0_0000, 0xF_FC00, 0x3FF, 0xC000_0000],
                [0xFF_0000, 0xFF00, 0xFF, 0],
            ],
            _ => &[],
        };
        for masks in masks {
            let rest: Vec<u8> = masks.iter().flat_map(|mask| mask.to_le_bytes()).collect();
            let file = bitmap(40, (width, height), bits, 3, &rest[..12], 0, &data);
            check(&format!("{bits} bits, {masks:X?}"), &file, ImageFormat::Bmp);
            for size in [56, 108, 124] {
                let mut file = bitmap(size, (width, height), bits, 3, &rest, 0, &data);
                let at = 14 + size;
                file[10..14].copy_from_slice(&at.to_le_bytes());
                file.truncate(at as usize);
                file.extend(&data);
                check(
                    &format!("{bits} bits, {masks:X?}, header of {size}"),
                    &file,
                    ImageFormat::Bmp,
                );
            }
        }
    }
}

#[test]
fn runs_in_bitmaps() {
    let eight = [
        3, 7, 0, 4, 1, 2, 3, 4, 2, 9, 0, 0, // a run, four indices, a run
        0, 2, 2, 1, 5, 8, 0, 3, 200, 201, 202, 0, 0, 0, // a step, a run, three indices
        9, 1, 0, 1,
    ];
    check("8 bits", &bitmap(40, (13, 5), 8, 1, &[], 1024, &eight), ImageFormat::Bmp);
    let four = [
        3, 0x74, 0, 5, 0x12, 0x34, 0x50, 0, 2, 0x99, 0, 0, 0, 2, 2, 1, 5, 0x83, 0, 0, 9, 0x10, 0, 1,
    ];
    check("4 bits", &bitmap(40, (13, 5), 4, 2, &[], 64, &four), ImageFormat::Bmp);
    // Rows that fill the bitmap need no end.
    let filled = [5, 1, 0, 0, 5, 2, 0, 0];
    check("without end", &bitmap(40, (5, 2), 8, 1, &[], 1024, &filled), ImageFormat::Bmp);
}

#[test]
fn icons() {
    for bits in [1_u16, 4, 8, 24, 32] {
        let (width, height) = (18_i32, 10_i32);
        let stride = (width as usize * usize::from(bits)).div_ceil(32) * 4;
        let palette = if bits <= 8 { 4 << bits } else { 0 };
        let data = noise(stride * height as usize + 4 * height as usize, u32::from(bits));
        let icon = bitmap(40, (width, 2 * height), bits, 0, &[], palette, &data).split_off(14);
        let mut file = vec![0, 0, 1, 0, 2, 0, 18, 10, 0, 0, 1, 0];
        file.extend(bits.to_le_bytes());
        file.extend((icon.len() as u32).to_le_bytes());
        file.extend(38_u32.to_le_bytes());
        // A smaller one, which is not looked at.
        file.extend([1, 1, 0, 0, 1, 0, 1, 0, 9, 0, 0, 0, 0xFF, 0xFF, 0, 0]);
        file.extend(&icon);
        check(&format!("{bits} bits"), &file, ImageFormat::Ico);
        let header = Header::read(&file).unwrap();
        assert_eq!((header.format, header.pages, header.channels), (Format::Ico, 2, 4));
    }
}

/// A TIFF of one page: entries of SHORT or LONG numbers, then strips or tiles.
fn tiff(little: bool, entries: &[(u16, u16, Vec<u32>)], chunks: &[Vec<u8>]) -> Vec<u8> {
    let tiled = entries.iter().any(|entry| entry.0 == 322);
    let short = |value: u16| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let long = |value: u32| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let mut file = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    let data: usize = chunks.iter().map(Vec::len).sum::<usize>().next_multiple_of(2);
    file.extend(long((8 + data) as u32));
    let mut offsets = Vec::new();
    for chunk in chunks {
        offsets.push(file.len() as u32);
        file.extend(chunk);
    }
    file.resize(8 + data, 0);
    let mut entries = entries.to_vec();
    let counts = chunks.iter().map(|chunk| chunk.len() as u32).collect();
    entries.push((if tiled { 324 } else { 273 }, 4, offsets));
    entries.push((if tiled { 325 } else { 279 }, 4, counts));
    entries.sort();
    file.extend(short(entries.len() as u16));
    let mut behind = file.len() + 12 * entries.len() + 4;
    let mut values = Vec::new();
    for (tag, kind, numbers) in entries {
        file.extend(short(tag));
        file.extend(short(kind));
        file.extend(long(numbers.len() as u32));
        let mut bytes: Vec<u8> = Vec::new();
        for number in numbers {
            if kind == 3 {
                bytes.extend(short(number as u16));
            } else {
                bytes.extend(long(number));
            }
        }
        if bytes.len() <= 4 {
            bytes.resize(4, 0);
            file.extend(bytes);
        } else {
            file.extend(long(behind as u32));
            behind += bytes.len();
            values.extend(bytes);
        }
    }
    file.extend([0; 4]);
    file.extend(values);
    file
}

fn packbits(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(100).flat_map(|part| [&[part.len() as u8 - 1], part, &[128]].concat()).collect()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let format = bytemill_gzip::Format::Zlib;
    let options = bytemill_gzip::EncodeOptions { format, ..Default::default() };
    let mut output = Vec::new();
    bytemill_gzip::Encoder::new().compress(bytes, &options, &mut output).unwrap();
    output
}

/// A code for each byte, with clears before they grow.
fn lzw(bytes: &[u8]) -> Vec<u8> {
    let codes = bytes
        .chunks(200)
        .flat_map(|part| [256].into_iter().chain(part.iter().map(|b| u32::from(*b))));
    let bits: Vec<u32> =
        codes.chain([257]).flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1)).collect();
    bits.chunks(8)
        .map(|bits| {
            bits.iter().enumerate().fold(0, |byte, (i, bit)| byte | (*bit as u8) << (7 - i))
        })
        .collect()
}

#[test]
fn tiffs() {
    let (width, height) = (37_u32, 21_u32);
    // Photometric interpretation, samples, bits, extra samples.
    let kinds: [(u32, u32, u32, &[u32]); 10] = [
        (0, 1, 8, &[]),
        (1, 1, 8, &[]),
        (1, 1, 16, &[]),
        (1, 1, 1, &[]),
        (2, 3, 8, &[]),
        (2, 3, 16, &[]),
        (2, 4, 8, &[2]),
        (2, 4, 16, &[2]),
        (5, 4, 8, &[]),
        (1, 2, 8, &[2]),
    ];
    for (photometric, samples, bits, extra) in kinds {
        for (compression, compress) in
            [(1, <[u8]>::to_vec as fn(&[u8]) -> Vec<u8>), (5, lzw), (8, zlib), (32_773, packbits)]
        {
            for predictor in [1, 2] {
                for (tiled, planar, little) in [
                    (false, 1, true),
                    (false, 1, false),
                    (false, 2, true),
                    (true, 1, true),
                    (true, 1, false),
                    (true, 2, false),
                ] {
                    if (predictor == 2 && (bits < 8 || compression == 1))
                        || (planar == 2 && (samples == 1 || photometric == 5))
                    {
                        continue;
                    }
                    let (chunk_width, chunk_height) = if tiled { (16, 16) } else { (width, 8) };
                    let own = if planar == 2 { 1 } else { samples };
                    let row = (chunk_width * own * bits).div_ceil(8);
                    let (across, down) =
                        (width.div_ceil(chunk_width), height.div_ceil(chunk_height));
                    let planes = if planar == 2 { samples } else { 1 };
                    let mut chunks = Vec::new();
                    for plane in 0..planes {
                        for y in 0..down {
                            for x in 0..across {
                                let rows = if tiled {
                                    16
                                } else {
                                    chunk_height.min(height - y * chunk_height)
                                };
                                let data = noise((row * rows) as usize, plane * 100 + y * 10 + x);
                                chunks.push(compress(&data));
                            }
                        }
                    }
                    let mut entries = vec![
                        (256, 3, vec![width]),
                        (257, 4, vec![height]),
                        (258, 3, vec![bits; samples as usize]),
                        (259, 3, vec![compression]),
                        (262, 3, vec![photometric]),
                        (277, 3, vec![samples]),
                        (284, 3, vec![planar]),
                        (317, 3, vec![predictor]),
                    ];
                    if !extra.is_empty() {
                        entries.push((338, 3, extra.to_vec()));
                    }
                    if tiled {
                        entries.push((322, 3, vec![16]));
                        entries.push((323, 3, vec![16]));
                    } else {
                        entries.push((278, 3, vec![chunk_height]));
                    }
                    let file = tiff(little, &entries, &chunks);
                    let name = format!(
                        "{photometric} {samples}x{bits} compression {compression} predictor {predictor} tiled {tiled} planar {planar} little {little}"
                    );
                    let ours = ours(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
                    // It panics on some tiles.
                    let theirs = std::panic::catch_unwind(|| theirs(&file, ImageFormat::Tiff));
                    match theirs.unwrap_or_else(|_| Err("panic".to_owned())) {
                        Ok(theirs) => {
                            // CMYK of 16 bits is converted before it is rounded.
                            let far = ours
                                .pixels
                                .iter()
                                .zip(&theirs.pixels)
                                .map(|(a, b)| a.abs_diff(*b))
                                .max();
                            assert!(far <= Some(u8::from(photometric == 5)), "{name}: {far:?}");
                        }
                        Err(error) => println!("{name}: oracle: {error}"),
                    }
                    if predictor == 2 && bits == 8 {
                        hostile(&file);
                    }
                }
            }
        }
    }
}

#[test]
fn palettes_in_tiffs() {
    for (bits, wide) in [(8_u32, true), (4, true), (2, false), (8, false)] {
        let colours = 1 << bits;
        let map: Vec<u32> = noise(3 * colours, bits)
            .iter()
            .map(|level| u32::from(*level) * if wide { 257 } else { 1 })
            .collect();
        let row = (10 * bits).div_ceil(8) as usize;
        let data = noise(row * 4, 1);
        let entries = vec![
            (256, 3, vec![10]),
            (257, 3, vec![4]),
            (258, 3, vec![bits]),
            (262, 3, vec![3]),
            (320, 3, map.clone()),
        ];
        let file = tiff(true, &entries, std::slice::from_ref(&data));
        let pixels = ours(&file).unwrap().pixels;
        for (i, pixel) in pixels.chunks(4).enumerate() {
            let (x, y) = (i % 10, i / 10);
            let bit = x * bits as usize;
            let index =
                (data[y * row + bit / 8] >> (8 - bits as usize - bit % 8)) as usize & (colours - 1);
            let level = |channel: usize| {
                (map[channel * colours + index] / if wide { 257 } else { 1 }) as u8
            };
            assert_eq!(pixel, [level(0), level(1), level(2), 255]);
        }
    }
}

#[test]
fn pages_of_tiffs() {
    let entries = |width| {
        vec![
            (256, 3, vec![width]),
            (257, 3, vec![2]),
            (258, 3, vec![8]),
            (262, 3, vec![1]),
            (274, 3, vec![6]),
        ]
    };
    let mut file = tiff(true, &entries(3), &[vec![1, 2, 3, 4, 5, 6]]);
    let second = tiff(true, &entries(2), &[vec![7, 8, 9, 10]]);
    // The second directory behind the first, its places moved.
    let base = file.len() as u32;
    let directory = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_le_bytes(file[directory..directory + 2].try_into().unwrap()));
    let next = directory + 2 + 12 * count;
    let start = u32::from_le_bytes(second[4..8].try_into().unwrap());
    file[next..next + 4].copy_from_slice(&(base + start).to_le_bytes());
    let mut second = second;
    let own = start as usize + 2;
    for entry in second[own..].chunks_exact_mut(12).take(count) {
        if entry[..2] == 273_u16.to_le_bytes() {
            let place = u32::from_le_bytes(entry[8..].try_into().unwrap()) + base;
            entry[8..].copy_from_slice(&place.to_le_bytes());
        }
    }
    file.extend(&second);
    let page = |page| support::decode(&file, &Options { page, ..Options::default() });
    assert_eq!(page(0).unwrap().width, 3);
    let last = page(1).unwrap();
    assert_eq!((last.width, last.pixels[0], last.pixels[12]), (2, 7, 10));
    assert!(matches!(page(2), Err(FormatError::NoPage { page: 2, pages: 2 })));
    let header = Header::read(&file).unwrap();
    assert_eq!((header.pages, header.orientation), (2, 6));
    // A chain that bites its tail.
    let end = file.len() - 4;
    file[end..].copy_from_slice(&(directory as u32).to_le_bytes());
    assert!(Header::read(&file).unwrap().pages >= 2);
    hostile(&file);
}

#[test]
fn headers_of_beginnings() {
    let image = &images(600, 400)[7];
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).unwrap();
    let file = file.into_inner();
    let header = Header::read(&file[..65_536]).unwrap();
    assert_eq!((header.width, header.height, header.channels), (600, 400, 3));
    assert!(!header.complete && Header::read(&file).unwrap().complete);
    let options = Options::default();
    let cut = Decoder::new(&file[..65_536], &options).unwrap();
    assert_eq!(cut.decode(&mut Vec::new()), Err(FormatError::Truncated));
    let lenient = Options { lenient: true, ..options };
    let mut output = Vec::new();
    Decoder::new(&file[..65_536], &lenient).unwrap().decode(&mut output).unwrap();
    let mut whole = Vec::new();
    Decoder::new(&file, &options).unwrap().decode(&mut whole).unwrap();
    let same = output.iter().zip(&whole).take_while(|(a, b)| a == b).count();
    assert!(same > 10_000 && output[output.len() - 1800..] == [0; 1800]);
}

#[test]
fn limits_hold() {
    let mut file = Cursor::new(Vec::new());
    images(64, 64)[3].write_to(&mut file, ImageFormat::Png).unwrap();
    let file = file.into_inner();
    let with = |limits| support::decode(&file, &Options { limits, ..Options::default() });
    let limits = Limits::default();
    let result = with(Limits { max_pixels: 4095, ..limits });
    assert!(matches!(result, Err(FormatError::TooManyPixels { pixels: 4096, limit: 4095 })));
    let result = with(Limits { max_memory_bytes: 1000, ..limits });
    assert!(matches!(result, Err(FormatError::TooMuchMemory { limit: 1000, .. })));
    assert_eq!(Limits::for_file(1).max_memory_bytes, 256 << 20);
    assert_eq!(Limits::for_file(1 << 30).max_memory_bytes, 64 << 30);
}

#[test]
fn formats_are_known() {
    assert_eq!(Format::of(b"RIFF....WEBPVP8 "), Ok(Format::WebP));
    assert_eq!(Format::of(b"\xFF\xD8\xFF\xE0"), Ok(Format::Jpeg));
    assert_eq!(Format::of(b"GIF8"), Ok(Format::Gif));
    for cut in [b"" as &[u8], b"\x89PN", b"RIFF....", b"qoi"] {
        assert_eq!(Format::of(cut), Err(FormatError::Truncated));
    }
    assert_eq!(Format::of(b"....ftypavif"), Err(FormatError::Unsupported { feature: "AVIF" }));
    assert!(matches!(Format::of(b"no image at all"), Err(FormatError::Invalid { .. })));
    assert_eq!(Unit::Metre, Unit::Metre);
}

#[test]
fn vectors() {
    let mut images = 0;
    for entry in std::fs::read_dir(bytemill_testkit::vectors::folder("image")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "png") {
            continue;
        }
        let file = std::fs::read(&path).unwrap();
        match (ours(&file), theirs(&file, ImageFormat::Png)) {
            (Ok(ours), Ok(theirs)) => {
                assert!(ours.pixels == theirs.pixels, "{}", path.display());
                images += 1;
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => panic!("{}: accepted, but {error}", path.display()),
            (Err(error), Ok(_)) => panic!("{}: {error}", path.display()),
        }
    }
    assert!(images >= 10);
}
