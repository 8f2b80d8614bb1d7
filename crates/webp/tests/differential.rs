//! Against image-webp, and against what animations should show.

mod support;

use bytemill_webp::{Decoder, Frames, Header, Limits, Options, WebpError};
use image_webp::ColorType;
use proptest::prelude::*;
use support::{Still, animation, decode, encode, files, rgba};

/// Lossy or not, with alpha or without.
#[test]
fn pixels_are_those_of_image_webp() {
    for (name, file) in files() {
        let mut theirs = image_webp::WebPDecoder::new(std::io::Cursor::new(&file)).unwrap();
        let mut pixels = vec![0; theirs.output_buffer_size().unwrap()];
        theirs.read_image(&mut pixels).unwrap();
        let still = decode(&file, true).unwrap();
        assert_eq!((still.width, still.height), (75, 53));
        assert_eq!(still.channels == 4, theirs.has_alpha(), "{name}");
        assert!(still.pixels == pixels, "{name}");
        let header = Header::read(&file).unwrap();
        assert_eq!((header.animated, header.frames, header.loops), (false, 1, 1));
        assert_eq!(header.lossless, !theirs.is_lossy(), "{name}");
    }
}

#[test]
fn size_is_in_the_first_bytes() {
    for (name, file) in files() {
        let header = Header::read(&file[..30]).unwrap();
        assert_eq!((header.width, header.height), (75, 53), "{name}");
        for end in 0..30 {
            let result = Header::read(&file[..end]);
            assert!(matches!(result, Ok(_) | Err(WebpError::Truncated)), "{name} {end}");
        }
    }
}

/// What is missing is grey, and what is there is what it would be.
#[test]
fn the_beginning_of_a_lossy_file_is_shown() {
    for (name, file) in files() {
        let whole = decode(&file, true).unwrap();
        let mut same = 0;
        for end in 0..file.len() {
            assert_eq!(decode(&file[..end], true), Err(WebpError::Truncated), "{name} {end}");
            let part = match decode(&file[..end], false) {
                Ok(part) => part,
                Err(error) => {
                    assert_eq!(error, WebpError::Truncated, "{name} {end}");
                    continue;
                }
            };
            assert_eq!((part.width, part.height), (75, 53));
            let equal = part.pixels.iter().zip(&whole.pixels).take_while(|(a, b)| a == b).count();
            // The last bytes may not be needed.
            let rows = equal / (75 * whole.channels);
            assert!(rows >= same, "{name} {end}");
            same = rows;
        }
        if name.contains("lossless") {
            assert_eq!(same, 0, "{name}");
        } else {
            assert!(same >= 32, "{name} {same}");
        }
    }
}

#[test]
fn trailing_bytes_and_unknown_chunks_do_not_matter() {
    for (name, file) in files() {
        let whole = decode(&file, true).unwrap();
        let mut longer = file.clone();
        longer.extend(*b"ALPH\xFF\xFF\xFF\xFFtrailing");
        assert!(decode(&longer, true).unwrap() == whole, "{name}");
        if &file[12..16] == b"VP8X" {
            let mut more = file.clone();
            more.splice(30..30, *b"what\x03\0\0\0abc\0");
            let size = u32::from_le_bytes(*file[4..].first_chunk().unwrap()) + 12;
            more[4..8].copy_from_slice(&size.to_le_bytes());
            assert!(decode(&more, true).unwrap() == whole, "{name}");
        }
    }
}

#[test]
fn metadata_is_found() {
    let mut file = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut file);
    encoder.set_icc_profile(b"profile".to_vec());
    encoder.set_exif_metadata(b"MM\0*".to_vec());
    encoder.set_xmp_metadata(b"<xmp/>".to_vec());
    encoder.encode(&[9; 3 * 4], 2, 2, ColorType::Rgb8).unwrap();
    let header = Header::read(&file).unwrap();
    assert_eq!(header.icc, Some(&b"profile"[..]));
    assert_eq!(header.exif, Some(&b"MM\0*"[..]));
    assert_eq!(header.xmp, Some(&b"<xmp/>"[..]));
    assert!(!header.has_alpha && header.lossless);
    // The profile is before the image, the rest behind it.
    let header = Header::read(&file[..file.len() - 20]).unwrap();
    assert_eq!((header.icc, header.xmp), (Some(&b"profile"[..]), None));
}

#[test]
fn limits_hold() {
    let options = |limits| Options { limits, ..Options::default() };
    for (name, file) in files() {
        let limits = Limits { max_pixels: 75 * 53 - 1, ..Limits::default() };
        let error = Decoder::new(&file, &options(limits)).unwrap_err();
        assert_eq!(error, WebpError::TooManyPixels { pixels: 75 * 53, limit: 75 * 53 - 1 });
        let limits = Limits { max_memory_bytes: 2000, ..Limits::default() };
        let decoder = Decoder::new(&file, &options(limits)).unwrap();
        let result = decoder.decode_rows(|_, _| Ok::<_, WebpError>(()));
        assert!(matches!(result, Err(WebpError::TooMuchMemory { .. })), "{name}");
    }
    let file = &files()[0].1;
    let decoder = Decoder::new(file, &Options { frame: 1, ..Options::default() });
    assert_eq!(decoder.unwrap_err(), WebpError::NoSuchFrame { frame: 1, frames: 1 });
}

/// An error of the caller ends the work.
#[test]
fn rows_come_in_their_order_and_may_be_refused() {
    #[derive(Debug, PartialEq)]
    enum Refused {
        Row(usize),
        Webp(WebpError),
    }
    impl From<WebpError> for Refused {
        fn from(error: WebpError) -> Self {
            Self::Webp(error)
        }
    }
    for (name, file) in files() {
        let decoder = Decoder::new(&file, &Options::default()).unwrap();
        let mut next = 0;
        let result = decoder.decode_rows(|y, row| {
            assert_eq!((y, row.len()), (next, 75 * decoder.channels()), "{name}");
            next += 1;
            if y == 40 { Err(Refused::Row(y)) } else { Ok(()) }
        });
        assert_eq!(result, Err(Refused::Row(40)));
    }
}

fn frame(seed: u8, width: usize, height: usize, alpha: u8) -> Still {
    let pixels = (0..width * height)
        .flat_map(|i| {
            [seed, i as u8, seed.wrapping_mul(i as u8), if i % 3 == 0 { 255 } else { alpha }]
        })
        .collect();
    Still { width, height, channels: 4, pixels }
}

/// Each frame where it is, over the ones before it or instead of them, and some gone again.
#[test]
fn animations_are_composed() {
    let frames = [
        // x, y, frame, blended, disposed
        (0, 0, frame(1, 20, 10, 255), true, false),
        (2, 4, frame(2, 6, 5, 0), true, false),
        (10, 2, frame(3, 8, 8, 0), false, true),
        (4, 0, frame(4, 12, 6, 0), true, true),
        (0, 0, frame(5, 20, 10, 0), false, false),
        (18, 8, frame(6, 2, 2, 0), true, false),
    ];
    let file = animation(20, 10, 7, &frames);
    let header = Header::read(&file).unwrap();
    assert_eq!((header.frames, header.loops, header.animated), (6, 7, true));
    let mut shown = Frames::new(&file, &Options { strict: true, ..Options::default() }).unwrap();
    let mut canvas = vec![[0; 4]; 200];
    for (number, (x, y, still, blended, disposed)) in frames.iter().enumerate() {
        for (i, pixel) in still.pixels.as_chunks::<4>().0.iter().enumerate() {
            let place = &mut canvas[(y + i / still.width) * 20 + x + i % still.width];
            // Alpha is nothing or all here. What is transparent may have any colour.
            if pixel[3] == 255 || !*blended {
                *place = *pixel;
            }
        }
        let frame = shown.next_frame().unwrap().unwrap();
        assert_eq!(frame.duration, 40 + number as u32);
        let visible = |pixels: &[u8]| -> Vec<[u8; 4]> {
            let pixels = pixels.as_chunks::<4>().0.iter();
            pixels.map(|pixel| if pixel[3] == 0 { [0; 4] } else { *pixel }).collect()
        };
        assert_eq!(visible(frame.pixels), visible(canvas.as_flattened()), "frame {number}");
        let options = Options { frame: number, ..Options::default() };
        let decoder = Decoder::new(&file, &options).unwrap();
        assert_eq!((decoder.size(), decoder.channels()), ((20, 10), 4));
        let mut one = Vec::new();
        decoder
            .decode_rows(|_, row| {
                one.extend_from_slice(row);
                Ok::<_, WebpError>(())
            })
            .unwrap();
        assert!(one == frame.pixels, "frame {number}");
        if *disposed {
            for i in 0..still.width * still.height {
                canvas[(y + i / still.width) * 20 + x + i % still.width] = [0; 4];
            }
        }
    }
    assert!(shown.next_frame().unwrap().is_none());
    let beyond = Decoder::new(&file, &Options { frame: 6, ..Options::default() });
    assert_eq!(beyond.unwrap_err(), WebpError::NoSuchFrame { frame: 6, frames: 6 });
}

#[test]
fn a_still_image_is_a_single_frame() {
    for (name, file) in files() {
        let mut frames = Frames::new(&file, &Options::default()).unwrap();
        let frame = frames.next_frame().unwrap().unwrap();
        assert_eq!(frame.duration, 0);
        assert!(frame.pixels == rgba(&decode(&file, true).unwrap()), "{name}");
        assert!(frames.next_frame().unwrap().is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Lossless images of image-webp's encoder come back.
    #[test]
    fn lossless_images_come_back(
        width in 1_usize..70,
        height in 1_usize..40,
        colours in 1_u32..400,
        alpha: bool,
        predictor: bool,
        seed: u32,
    ) {
        let mut state = seed;
        let mut pixels = Vec::new();
        for _ in 0..width * height {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let colour = (state >> 16) % colours;
            let a = if alpha { (colour % 7 * 40) as u8 } else { 255 };
            pixels.extend([(colour * 7) as u8, (colour * 3) as u8, colour as u8, a]);
        }
        let still = Still { width, height, channels: 4, pixels };
        let file = encode(&still, predictor);
        prop_assert_eq!(rgba(&decode(&file, true).unwrap()), still.pixels);
    }

    /// Whatever happens to a file, it ends in an error or in an image of its size; and the same image twice.
    #[test]
    fn damage_is_survived(
        which in 0_usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        strict: bool,
    ) {
        let mut file = files().swap_remove(which).1;
        for (index, byte) in changes {
            let at = index.index(file.len());
            file[at] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        let result = decode(&file, strict);
        prop_assert_eq!(&result, &decode(&file, strict));
        if let Ok(still) = result {
            prop_assert_eq!(still.pixels.len(), still.width * still.height * still.channels);
        }
    }
}
