//! Against zune-jpeg, against another arrangement of the same image, and every promise about broken input.
#![expect(clippy::unwrap_used, reason = "an image that does not decode fails the test")]

mod support;

use bytemill_jpeg::{Colour, Decoder, Header, JpegError, Limits, Options, Scale};
use proptest::prelude::*;
use support::{Plan, encode};

fn plan(width: usize, height: usize, sampling: &[(usize, usize)]) -> Plan {
    Plan {
        width,
        height,
        sampling: sampling.to_vec(),
        progressive: false,
        separate: false,
        restart: 0,
        step: 6,
        adobe: None,
        seed: 3,
    }
}

fn rgb(file: &[u8], scale: Scale) -> Vec<u8> {
    let options = Options { scale, strict: true, ..Options::default() };
    let decoder = Decoder::new(file, &options).unwrap();
    let mut rgb = b"before".to_vec();
    decoder.decode_rgb(&mut rgb).unwrap();
    let (width, height) = decoder.size();
    assert_eq!(rgb.len(), 6 + 3 * width * height);
    rgb.split_off(6)
}

fn zune(file: &[u8]) -> Vec<u8> {
    let format = image::ImageFormat::Jpeg;
    image::load_from_memory_with_format(file, format).unwrap().into_rgb8().into_raw()
}

/// Largest difference, and the mean in thousandths.
fn difference(a: &[u8], b: &[u8]) -> (u8, usize) {
    assert_eq!(a.len(), b.len());
    let each = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    let sum: usize = each().map(usize::from).sum();
    (each().max().unwrap_or(0), sum * 1000 / a.len().max(1))
}

const SIZES: [(usize, usize); 8] =
    [(1, 1), (7, 9), (8, 8), (16, 17), (17, 16), (33, 31), (64, 48), (99, 75)];

/// zune-jpeg has another transform and other roundings of chroma: one or two off, now and then a little more.
#[test]
fn full_size_is_near_zune_jpeg() {
    let one = [(1, 1); 3];
    let cases: [(&[(usize, usize)], u8); 5] = [
        (&[(1, 1)], 2),
        (&one, 5),
        (&[(2, 1), (1, 1), (1, 1)], 9),
        (&[(1, 2), (1, 1), (1, 1)], 9),
        (&[(2, 2), (1, 1), (1, 1)], 9),
    ];
    for (width, height) in SIZES.into_iter().filter(|size| size.0 >= 16) {
        for (sampling, most) in cases {
            for progressive in [false, true] {
                for seed in 0..5 {
                    let plan = Plan { progressive, seed, ..plan(width, height, sampling) };
                    let file = encode(&plan);
                    let (max, mean) = difference(&rgb(&file, Scale::Full), &zune(&file));
                    assert!(max <= most && mean < 700, "{max}, {mean} thousandths: {plan:?}");
                }
            }
        }
    }
}

/// Progressive or not, with restart markers or without, in one scan or several: the same coefficients, so the same
/// samples at every scale.
#[test]
fn arrangements_agree_at_every_scale() {
    let samplings: [&[(usize, usize)]; 12] = [
        &[(1, 1)],
        &[(2, 2)],
        &[(1, 1), (1, 1), (1, 1)],
        &[(2, 1), (1, 1), (1, 1)],
        &[(1, 2), (1, 1), (1, 1)],
        &[(2, 2), (1, 1), (1, 1)],
        &[(4, 1), (1, 1), (1, 1)],
        &[(1, 4), (1, 1), (1, 1)],
        &[(4, 2), (1, 1), (1, 1)],
        &[(2, 2), (2, 1), (1, 2)],
        &[(3, 1), (2, 1), (1, 1)],
        &[(1, 1), (1, 1), (1, 1), (1, 1)],
    ];
    for (width, height) in SIZES {
        for (seed, sampling) in (0_u32..).zip(samplings) {
            let base = Plan { step: 1 + seed.cast_signed(), seed, ..plan(width, height, sampling) };
            for scale in Scale::ALL {
                let expected = rgb(&encode(&base), scale);
                for (progressive, separate, restart) in [
                    (false, false, 1),
                    (false, true, 0),
                    (false, true, 3),
                    (true, false, 0),
                    (true, false, 2),
                ] {
                    let other = Plan { progressive, separate, restart, ..base.clone() };
                    assert!(rgb(&encode(&other), scale) == expected, "{scale:?} {other:?}");
                }
            }
        }
    }
}

/// A smaller scale is about the mean of the samples that it stands for, on dense images too.
#[test]
fn scales_are_means() {
    let grey = |file: &[u8], scale| {
        let mut grey = Vec::new();
        let decoder = Decoder::new(file, &Options { scale, ..Options::default() }).unwrap();
        decoder.decode_gray(&mut grey).unwrap();
        grey
    };
    for seed in 0..5 {
        for sampling in [&[(1, 1)][..], &[(2, 2), (1, 1), (1, 1)], &[(2, 1), (1, 1), (1, 1)]] {
            let file = encode(&Plan { seed, step: 2, ..plan(96, 64, sampling) });
            let full = grey(&file, Scale::Full);
            for scale in [Scale::Half, Scale::Quarter, Scale::Eighth] {
                let side = scale.divisor() as usize;
                let width = 96 / side;
                let mean = |at: usize| {
                    let (x, y) = (at % width, at / width);
                    let place = |i: usize| (y * side + i / side) * 96 + x * side + i % side;
                    let sum: usize = (0..side * side).map(|i| usize::from(full[place(i)])).sum();
                    (sum / (side * side)) as u8
                };
                let means: Vec<u8> = (0..width * 64 / side).map(mean).collect();
                let (max, mean) = difference(&grey(&file, scale), &means);
                assert!(
                    max <= 4 && mean < 1500,
                    "{scale:?}: {max}, {mean} thousandths, seed {seed}"
                );
            }
        }
    }
}

/// However the lowest frequencies come, the samples are the same, and near the means.
#[test]
fn the_lowest_frequencies_are_enough_for_a_quarter() {
    let with = |file: &[u8], lowest| {
        let options = Options { scale: Scale::Quarter, lowest, strict: true, ..Options::default() };
        let mut rgb = Vec::new();
        Decoder::new(file, &options).unwrap().decode_rgb(&mut rgb).unwrap();
        rgb
    };
    for (width, height) in SIZES {
        for (seed, sampling) in
            [&[(1, 1)][..], &[(1, 1); 3], &[(2, 2), (1, 1), (1, 1)]].iter().enumerate()
        {
            let base = Plan { seed: seed as u32, step: 1, ..plan(width, height, sampling) };
            let samples = with(&encode(&base), true);
            for (progressive, separate, restart) in
                [(false, false, 2), (false, true, 0), (true, false, 0)]
            {
                let other = Plan { progressive, separate, restart, ..base.clone() };
                assert!(with(&encode(&other), true) == samples, "{other:?}");
            }
            let (_, mean) = difference(&samples, &with(&encode(&base), false));
            assert!(mean < 9000, "{mean} thousandths: {base:?}");
        }
    }
}

#[test]
fn colours_are_told_apart() {
    let three = [(1, 1); 3];
    let four = [(1, 1); 4];
    let cases = [
        (&[(1, 1)][..], None, Colour::Grey),
        (&three, None, Colour::YCbCr),
        (&three, Some(1), Colour::YCbCr),
        (&three, Some(0), Colour::Rgb),
        (&four, None, Colour::Cmyk),
        (&four, Some(0), Colour::Cmyk),
        (&four, Some(2), Colour::Ycck),
    ];
    for (sampling, adobe, colour) in cases {
        let file = encode(&Plan { adobe, ..plan(40, 24, sampling) });
        let header = Header::read(&file).unwrap();
        assert_eq!((header.colour, header.width, header.height), (colour, 40, 24));
        assert_eq!(usize::from(header.components), sampling.len());
        if colour != Colour::Ycck {
            let (max, _) = difference(&rgb(&file, Scale::Full), &zune(&file));
            assert!(max <= 5, "{colour:?}: {max}");
        }
    }
}

#[test]
fn grey_is_the_luminance() {
    for sampling in [&[(1, 1)][..], &[(2, 2), (1, 1), (1, 1)], &[(1, 1); 4]] {
        let file = encode(&plan(50, 30, sampling));
        for scale in Scale::ALL {
            let decoder = Decoder::new(&file, &Options { scale, ..Options::default() }).unwrap();
            let mut grey = Vec::new();
            decoder.decode_gray(&mut grey).unwrap();
            let mut first = Vec::new();
            decoder
                .decode_rows(|_, planes| {
                    let plane = planes[0];
                    first.extend((0..plane.rows).flat_map(|row| plane.row(row)).copied());
                    Ok::<(), JpegError>(())
                })
                .unwrap();
            assert_eq!(grey.len(), decoder.size().0 * decoder.size().1);
            if sampling.len() < 4 {
                assert_eq!(grey, first);
            }
        }
    }
}

#[test]
fn rows_are_those_of_the_whole() {
    for sampling in [&[(2, 2), (1, 1), (1, 1)][..], &[(1, 2), (1, 1), (1, 1)], &[(1, 1)]] {
        for progressive in [false, true] {
            let file = encode(&Plan { progressive, ..plan(61, 83, sampling) });
            for scale in Scale::ALL {
                let decoder =
                    Decoder::new(&file, &Options { scale, ..Options::default() }).unwrap();
                let (mut rows, mut numbers) = (Vec::new(), Vec::new());
                decoder
                    .decode_rgb_rows(|y, row| {
                        numbers.push(y);
                        rows.extend_from_slice(row);
                        Ok::<(), JpegError>(())
                    })
                    .unwrap();
                assert_eq!(numbers, (0..decoder.size().1).collect::<Vec<_>>());
                assert_eq!(rows, rgb(&file, scale));
            }
        }
    }
}

/// Some rows are those of the whole, and nothing behind them is looked at.
#[test]
fn wanted_rows_alone_are_decoded() {
    let samplings: [&[(usize, usize)]; 4] = [
        &[(2, 2), (1, 1), (1, 1)],
        &[(1, 2), (1, 1), (1, 1)],
        &[(2, 1), (1, 1), (1, 1)],
        &[(1, 1)],
    ];
    for (sampling, progressive) in samplings.into_iter().flat_map(|it| [(it, false), (it, true)]) {
        let file = encode(&Plan { progressive, restart: 3, ..plan(61, 83, sampling) });
        for scale in Scale::ALL {
            let whole = rgb(&file, scale);
            let len = 3 * 61_usize.div_ceil(scale.divisor() as usize);
            let height = whole.len() / len;
            let mut grey = Vec::new();
            let options = Options { scale, ..Options::default() };
            Decoder::new(&file, &options).unwrap().decode_gray(&mut grey).unwrap();
            for (start, end) in [(0, height), (0, 1), (3, 4), (8, 40), (15, 16), (16, 33), (31, 32)]
                .into_iter()
                .chain([(height - 1, height), (height / 2, 1000), (5, 5), (9, 2), (500, 600)])
            {
                let rows = Some((start as u32, end as u32));
                let options = Options { rows, ..options };
                let end = end.min(height);
                let start = start.min(end);
                let decoder = Decoder::new(&file, &options).unwrap();
                let mut some = Vec::new();
                decoder.decode_rgb(&mut some).unwrap();
                assert!(some == whole[len * start..len * end], "{scale:?} {start}..{end}");
                some.clear();
                decoder.decode_gray(&mut some).unwrap();
                assert!(some == grey[len / 3 * start..len / 3 * end], "{scale:?} {start}..{end}");
            }
        }
    }
    let file = encode(&plan(64, 640, &[(2, 2), (1, 1), (1, 1)]));
    let whole = rgb(&file, Scale::Full);
    let options = Options { rows: Some((100, 200)), strict: true, ..Options::default() };
    let mut some = Vec::new();
    let half = &file[..file.len() / 2];
    Decoder::new(half, &options).unwrap().decode_rgb(&mut some).unwrap();
    assert!(some == whole[3 * 64 * 100..3 * 64 * 200]);
}

#[test]
fn what_is_missing_is_grey_or_an_error() {
    let sampling = [(2, 2), (1, 1), (1, 1)];
    for (progressive, restart) in [(false, 0), (false, 2), (true, 0)] {
        let file = encode(&Plan { progressive, restart, ..plan(64, 64, &sampling) });
        let whole = rgb(&file, Scale::Full);
        for end in 0..file.len() {
            let cut = &file[..end];
            let strict = Options { strict: true, ..Options::default() };
            let mut output = Vec::new();
            let result =
                Decoder::new(cut, &strict).and_then(|decoder| decoder.decode_rgb(&mut output));
            // The end marker alone is not missed, nor the last bits of padding before it.
            if end + 3 < file.len() {
                assert_eq!(
                    result,
                    Err(JpegError::Truncated),
                    "{end} of {}, {progressive}",
                    file.len()
                );
                assert!(output.is_empty());
            }
            let Ok(decoder) = Decoder::new(cut, &Options::default()) else { continue };
            output.clear();
            decoder.decode_rgb(&mut output).unwrap();
            assert_eq!(output.len(), whole.len());
        }
    }
    // Half of the data: the first rows are right, the last are grey.
    let file = encode(&plan(64, 64, &sampling));
    let whole = rgb(&file, Scale::Full);
    let mut output = Vec::new();
    let half = &file[..file.len() - (file.len() - 900) / 2];
    Decoder::new(half, &Options::default()).unwrap().decode_rgb(&mut output).unwrap();
    assert_eq!(output[..3 * 64 * 8], whole[..3 * 64 * 8]);
    assert!(output[3 * 64 * 60..].iter().all(|value| *value == 128));
}

#[test]
fn limits_hold_before_memory_is_taken() {
    let file = encode(&Plan { progressive: true, ..plan(64, 48, &[(1, 1); 3]) });
    let with = |limits: Limits| {
        let decoder = Decoder::new(&file, &Options { limits, ..Options::default() })?;
        decoder.decode_rgb(&mut Vec::new())
    };
    let limits = Limits { max_pixels: 64 * 48, max_scans: 14, ..Limits::default() };
    assert_eq!(with(limits), Ok(()));
    let fewer = Limits { max_pixels: 64 * 48 - 1, ..limits };
    assert_eq!(with(fewer), Err(JpegError::TooManyPixels { pixels: 64 * 48, limit: 64 * 48 - 1 }));
    assert_eq!(
        with(Limits { max_scans: 13, ..limits }),
        Err(JpegError::TooManyScans { limit: 13 })
    );
    let little = Limits { max_memory_bytes: 10_000, ..limits };
    assert!(matches!(with(little), Err(JpegError::TooMuchMemory { limit: 10_000, .. })));
}

#[test]
fn containers_are_found() {
    let file = encode(&plan(8, 8, &[(1, 1)]));
    let segment = |marker: u8, contents: &[u8]| {
        let len = (contents.len() as u16 + 2).to_be_bytes();
        [&[0xFF, marker], len.as_slice(), contents].concat()
    };
    let tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
    let segments = [
        segment(0xE2, b"ICC_PROFILE\0\x02\x02file"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        segment(0xE1, &[b"Exif\0\0".as_slice(), tiff].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x02pro"),
    ]
    .concat();
    let file = [&file[..2], &segments, &file[2..]].concat();
    let header = Header::read(&file).unwrap();
    assert_eq!(header.icc_profile(&file).unwrap().unwrap(), b"profile");
    assert_eq!(&file[header.xmp.clone().unwrap()], b"<x/>");
    assert_eq!(&file[header.exif.clone().unwrap()], tiff);
    assert_eq!(header.orientation, 8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_files_do_not_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        kind in 0_usize..6,
        progressive: bool,
        strict: bool,
        scale in 0_usize..4,
    ) {
        let samplings: [&[(usize, usize)]; 6] = [
            &[(1, 1)],
            &[(1, 1); 3],
            &[(2, 2), (1, 1), (1, 1)],
            &[(2, 1), (1, 1), (1, 1)],
            &[(3, 1), (1, 2), (2, 1)],
            &[(1, 1); 4],
        ];
        let restart = kind % 3;
        let mut file = encode(&Plan { progressive, restart, ..plan(45, 37, samplings[kind]) });
        for (at, value) in damage {
            let at = at.index(file.len());
            file[at] = value;
        }
        let limits = Limits { max_pixels: 1 << 20, max_memory_bytes: 64 << 20, ..Limits::default() };
        let options = Options { scale: Scale::ALL[scale], strict, limits, ..Options::default() };
        let _ = Header::read(&file);
        if let Ok(decoder) = Decoder::new(&file, &options) {
            let (width, height) = decoder.size();
            let mut output = Vec::new();
            let decoded = decoder.decode_rgb(&mut output).is_ok();
            prop_assert_eq!(output.len(), if decoded { 3 * width * height } else { 0 });
            if decoded {
                let (start, end) = (height / 3, (height / 3 + 9).min(height));
                let rows = Some((start as u32, end as u32));
                let mut some = Vec::new();
                Decoder::new(&file, &Options { rows, ..options }).unwrap().decode_rgb(&mut some).unwrap();
                prop_assert!(some == output[3 * width * start..3 * width * end]);
            }
            output.clear();
            let decoded = decoder.decode_gray(&mut output).is_ok();
            prop_assert_eq!(output.len(), if decoded { width * height } else { 0 });
        }
    }
}
