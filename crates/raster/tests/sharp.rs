//! Results of sharp 0.35.5 (libvips 8.18.7), `thumbhash` 0.1.1 and `blurhash` 2.0.5 under Node.js 20, on small images that
//! are computed: `sharp.txt` holds an operation, the size of its input, and what came out.
//!
//! libvips cuts fractions off where this crate takes the nearest, hence a tolerance of 1 for most; blend modes of two clear
//! images and the two of `atop` are not compared, because libvips takes colours that are multiplied by alpha for others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is missing fails the test")]

use std::collections::BTreeMap;

use bytemill_raster::{
    Blend, CompositeOptions, Extend, ExtendMode, Gravity, Interpolation, Kernel, Modulate,
    Placement, Raster, RasterError, Sharpen, TrimOptions, blurhash, thumbhash,
};

const VECTORS: &str = include_str!("sharp.txt");

/// Gradients, an edge, and noise of a linear congruential generator.
fn pattern(width: u32, height: u32, channels: usize, seed: u32) -> Raster {
    let mut state = seed;
    let mut data = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for channel in 0..channels {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let base = match channel {
                    0 => x * 200 / width,
                    1 => y * 200 / height,
                    2 if 2 * x > width => 180,
                    2 => 20,
                    _ => (x + y) * 255 / (width + height),
                };
                data.push((base + (state >> 24) % 40).min(255) as u8);
            }
        }
    }
    Raster::new(width, height, channels, data).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn numbers(fields: &[&str]) -> Vec<u32> {
    fields.iter().map(|field| field.parse().unwrap()).collect()
}

/// Vectors whose operation begins so: fields before and after the bar.
fn vectors(prefix: &str) -> impl Iterator<Item = (Vec<&'static str>, Vec<&'static str>)> {
    VECTORS.lines().filter(move |line| line.starts_with(prefix)).map(|line| {
        let (input, output) = line.split_once(" | ").unwrap();
        (input.split(' ').collect(), output.split(' ').collect())
    })
}

fn blend(name: &str) -> Blend {
    match name {
        "clear" => Blend::Clear,
        "source" => Blend::Source,
        "in" => Blend::In,
        "out" => Blend::Out,
        "atop" => Blend::Atop,
        "dest" => Blend::Dest,
        "dest-over" => Blend::DestOver,
        "dest-in" => Blend::DestIn,
        "dest-out" => Blend::DestOut,
        "dest-atop" => Blend::DestAtop,
        "xor" => Blend::Xor,
        "add" => Blend::Add,
        "multiply" => Blend::Multiply,
        "screen" => Blend::Screen,
        "overlay" => Blend::Overlay,
        "darken" => Blend::Darken,
        "lighten" => Blend::Lighten,
        "colour-dodge" => Blend::ColorDodge,
        "colour-burn" => Blend::ColorBurn,
        "hard-light" => Blend::HardLight,
        "soft-light" => Blend::SoftLight,
        "difference" => Blend::Difference,
        "exclusion" => Blend::Exclusion,
        _ => Blend::Over,
    }
}

fn gravity(name: &str) -> Gravity {
    match name {
        "north" => Gravity::North,
        "northeast" => Gravity::Northeast,
        "east" => Gravity::East,
        "southeast" => Gravity::Southeast,
        "south" => Gravity::South,
        "southwest" => Gravity::Southwest,
        "west" => Gravity::West,
        "northwest" => Gravity::Northwest,
        _ => Gravity::Centre,
    }
}

/// Runs what works in place.
fn changed(
    mut image: Raster,
    change: impl FnOnce(&mut Raster) -> Result<(), RasterError>,
) -> Result<Raster, RasterError> {
    change(&mut image)?;
    Ok(image)
}

fn colours(name: &str, image: Raster) -> Result<Raster, RasterError> {
    let modulate = |change| changed(image.try_clone()?, |image| image.modulate(change));
    let identity = Modulate::default();
    match name {
        "luminance" => image.luminance(),
        "negate" => changed(image, |image| {
            image.negate(false);
            Ok(())
        }),
        "negate_alpha" => changed(image, |image| {
            image.negate(true);
            Ok(())
        }),
        "gamma_22_1" => changed(image, |image| image.gamma(2.2, 1.0)),
        "gamma_22_16" => changed(image, |image| image.gamma(2.2, 1.6)),
        "linear_07_33" => changed(image, |image| image.linear(&[0.7], &[3.3])),
        "linear_each" => {
            changed(image, |image| image.linear(&[1.5, 0.2, 1.0], &[-20.0, 100.0, 0.0]))
        }
        "modulate_brightness" => modulate(Modulate { brightness: 1.3, ..identity }),
        "modulate_saturation" => modulate(Modulate { saturation: 0.4, ..identity }),
        "modulate_hue" => modulate(Modulate { hue: 90.0, ..identity }),
        "modulate_all" => {
            modulate(Modulate { brightness: 0.8, saturation: 1.4, hue: 200.0, lightness: 10.0 })
        }
        "tint" => image.tint([255, 160, 40]),
        "tint_blue" => image.tint([10, 20, 240]),
        "recomb" => image.recomb([
            [0.3588, 0.7044, 0.1368],
            [0.299, 0.587, 0.114],
            [0.2392, 0.4696, 0.0912],
        ]),
        "normalise" => changed(image, |image| image.normalise(1, 99)),
        "normalise_extremes" => changed(image, |image| image.normalise(0, 100)),
        "normalise_10_80" => changed(image, |image| image.normalise(10, 80)),
        "threshold_grey" => image.threshold(145, true),
        "threshold_each" => image.threshold(100, false),
        "flatten" => image.flatten([250, 100, 7]),
        _ => filters(name, image),
    }
}

fn filters(name: &str, image: Raster) -> Result<Raster, RasterError> {
    let kernel = |width, height, values: &[f64], scale, offset| {
        let kernel = Kernel { width, height, values, scale, offset };
        changed(image.try_clone()?, |image| image.convolve(&kernel))
    };
    match name {
        "median_3" => image.median(3),
        "median_4" => image.median(4),
        "median_5" => image.median(5),
        "blur_0_8" => changed(image, |image| image.blur(0.8)),
        "blur_2_5" => changed(image, |image| image.blur(2.5)),
        "blur_6" => changed(image, |image| image.blur(6.0)),
        "sharpen_mild" => changed(image, Raster::sharpen_mildly),
        "sharpen_1" => changed(image, |image| image.sharpen(&Sharpen::default())),
        "sharpen_2_5" => {
            let options = Sharpen { sigma: 2.5, m1: 0.5, m2: 3.0, x1: 3.0, y2: 15.0, y3: 15.0 };
            changed(image, |image| image.sharpen(&options))
        }
        "convolve_emboss" => {
            kernel(3, 3, &[-2.0, -1.0, 0.0, -1.0, 1.0, 1.0, 0.0, 1.0, 2.0], None, 0.0)
        }
        "convolve_5x3" => {
            let values = [1, 2, 3, 2, 1, 0, 4, 5, 6, 7, 1, 1, 1, 1, 1].map(f64::from);
            kernel(5, 3, &values, Some(40.0), 9.0)
        }
        _ => geometry(name, image),
    }
}

fn geometry(name: &str, image: Raster) -> Result<Raster, RasterError> {
    let green = [10, 200, 90, 255];
    let extend = |mode| {
        let extend = Extend { top: 3, bottom: 10, left: 13, right: 1, mode, ..Extend::default() };
        image.extend(&extend, 10_000)
    };
    match name {
        "rotate_30" => image.rotate(30.0, green, Interpolation::Bilinear, 10_000),
        "rotate_-100_5" => image.rotate(-100.5, green, Interpolation::Bilinear, 10_000),
        "rotate_clear" => image.rotate(45.0, [0; 4], Interpolation::Bilinear, 10_000),
        "extend_mirror" => extend(ExtendMode::Mirror),
        "extend_repeat" => extend(ExtendMode::Repeat),
        "extend_copy" => extend(ExtendMode::Copy),
        "extend_background" => {
            let background = [1, 2, 3, 51];
            let extend =
                Extend { top: 3, bottom: 1, left: 2, right: 1, background, ..Extend::default() };
            image.extend(&extend, 10_000)
        }
        _ => composites(name, image),
    }
}

fn composites(name: &str, image: Raster) -> Result<Raster, RasterError> {
    if let Some(mode) = name.strip_prefix("composite_") {
        let options = CompositeOptions {
            placement: Placement::At { left: 4, top: 3 },
            blend: blend(mode),
            ..CompositeOptions::default()
        };
        let other = pattern(9, 7, image.channels(), 5);
        return image.composite(&other, &options)?.add_alpha();
    }
    let fields: Vec<&str> = name.split('_').collect();
    let ["gravity", side, tile] = fields[..] else { panic!("{name} is not known") };
    let options = CompositeOptions {
        placement: Placement::Gravity(gravity(side)),
        tile: tile == "true",
        ..CompositeOptions::default()
    };
    image.composite(&pattern(5, 3, 4, 9), &options)?.add_alpha()
}

/// The largest difference of a sample; where filters multiplied by alpha, as parts of it: libvips keeps 8 bits of products.
fn largest_difference(expected: &[u8], found: &Raster, by_alpha: bool) -> u32 {
    let channels = found.channels();
    let mut largest = 0;
    for (a, b) in expected.chunks(channels).zip(found.data().chunks(channels)) {
        let alpha = if by_alpha && channels == 4 { u32::from(a[3].max(b[3])) } else { 255 };
        for (i, (a, b)) in a.iter().zip(b).enumerate() {
            let alpha = if i == 3 { 255 } else { alpha };
            largest = largest.max(u32::from(a.abs_diff(*b)) * alpha / 255);
        }
    }
    largest
}

#[test]
fn operations_are_those_of_sharp() {
    let mut problems = Vec::new();
    let mut largest = BTreeMap::new();
    for (input, output) in vectors("") {
        if input.len() != 5 || output.len() != 5 {
            continue;
        }
        let (name, sizes) = (input[0], numbers(&input[1..]));
        let [width, height, channels, seed] = sizes[..] else { panic!("{name}") };
        let image = pattern(width, height, channels as usize, seed);
        let result = colours(name, image).unwrap();
        let expected = numbers(&output[..4]);
        let size = [result.width(), result.height(), result.channels() as u32];
        if size != expected[..3] {
            problems.push(format!("{name} {channels}: {size:?} instead of {expected:?}"));
            continue;
        }
        let pixels = bytes(output[4]);
        let filter = ["blur", "sharpen", "convolve"].iter().any(|kind| name.starts_with(kind));
        let difference = largest_difference(&pixels, &result, filter);
        largest.insert(format!("{name} {channels}"), difference);
        if difference > expected[3] {
            problems.push(format!("{name} {channels}: off by {difference}"));
        }
    }
    println!("{largest:?}");
    assert!(largest.len() > 100);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn edges_are_those_of_sharp() {
    let mut count = 0;
    for (input, output) in vectors("trim ") {
        let [line_art, threshold, channels] = numbers(&input[1..4])[..] else { panic!() };
        let image = Raster::new(12, 9, channels as usize, bytes(input[4])).unwrap();
        let options = TrimOptions {
            threshold: threshold as u8,
            line_art: line_art == 1,
            ..TrimOptions::default()
        };
        let (_, area) = image.trim(&options).unwrap();
        let found = [area.left, area.top, area.width, area.height];
        assert_eq!(found[..], numbers(&output)[..], "{:?}", &input[..4]);
        count += 1;
    }
    assert_eq!(count, 6);
}

#[test]
fn stats_are_those_of_sharp() {
    for (input, output) in vectors("stats ") {
        let channels = input[1].parse().unwrap();
        let stats = pattern(64, 48, channels, input[2].parse().unwrap()).stats().unwrap();
        assert_eq!(numbers(&output[..3]), stats.dominant.map(u32::from));
        assert_eq!(stats.channels().len(), channels);
        for (expected, channel) in output[3..].chunks(4).zip(stats.channels()) {
            let found =
                [f64::from(channel.min), f64::from(channel.max), channel.mean, channel.deviation];
            for (expected, found) in expected.iter().zip(found) {
                assert!((expected.parse::<f64>().unwrap() - found).abs() < 1e-9);
            }
        }
    }
}

/// The images of placeholders: see what is done to the pattern.
fn variant(width: u32, height: u32, kind: &str) -> Raster {
    let mut image = pattern(width, height, 4, width * height);
    for pixel in image.data_mut().as_chunks_mut::<4>().0 {
        match kind {
            "opaque" => pixel[3] = 255,
            "flat" => *pixel = [200, 100, 37, 255],
            "grey" => *pixel = [128, 128, 128, 255],
            "clear" => *pixel = [0; 4],
            "half" => *pixel = [9, 200, 30, 128],
            _ => {}
        }
    }
    image
}

#[test]
fn placeholders_are_those_of_the_packages() {
    let mut problems = Vec::new();
    let mut count = 0;
    for (input, output) in vectors("thumbhash ").chain(vectors("blurhash ")) {
        let [width, height] = numbers(&input[1..3])[..] else { panic!() };
        let image = variant(width, height, input[3]);
        let (expected, found) = if input[0] == "thumbhash" {
            let hash = thumbhash(&image).unwrap();
            (output[0].to_owned(), bytemill_testkit::hex(&hash))
        } else {
            let [x, y] = numbers(&input[4..6])[..] else { panic!() };
            (output[0].to_owned(), blurhash(&image, x, y).unwrap())
        };
        count += 1;
        if expected != found {
            problems.push(format!("{input:?}: {found} instead of {expected}"));
        }
    }
    assert!(count > 100);
    assert!(problems.is_empty(), "{} of {count}\n{}", problems.len(), problems.join("\n"));
}
