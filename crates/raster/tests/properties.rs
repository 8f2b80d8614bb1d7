//! Whatever the numbers, an operation ends in an image of the size it says, or in an error.

use bytemill_raster::{
    Area, Blend, CompositeOptions, Extend, ExtendMode, Gravity, Interpolation, Kernel, Modulate,
    Placement, Raster, Sharpen, TrimOptions, blurhash, dhash, phash, thumbhash,
};
use proptest::prelude::*;

fn image() -> impl Strategy<Value = (u32, u32, usize, Vec<u8>)> {
    (1_u32..20, 1_u32..20, 1_usize..=4).prop_flat_map(|(width, height, channels)| {
        let len = (width * height) as usize * channels;
        (Just(width), Just(height), Just(channels), prop::collection::vec(any::<u8>(), len))
    })
}

fn raster((width, height, channels, data): (u32, u32, usize, Vec<u8>)) -> Raster {
    Raster::new(width, height, channels, data).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Numbers in and out of every range.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), -2.0..20.0, -400.0..400.0, Just(0.0), Just(1.0)]
}

fn mode() -> impl Strategy<Value = ExtendMode> {
    prop_oneof![
        Just(ExtendMode::Background),
        Just(ExtendMode::Copy),
        Just(ExtendMode::Repeat),
        Just(ExtendMode::Mirror),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn geometry_ends(
        input in image(),
        sides in [0_u32..30, 0..30, 0..30, 0..30],
        background in any::<[u8; 4]>(),
        angle in number(),
        extend_mode in mode(),
        options in (any::<u8>(), any::<bool>(), any::<bool>()),
    ) {
        let image = raster(input);
        let [left, top, right, bottom] = sides;
        if let Ok(part) = image.extract(Area { left, top, width: right, height: bottom }) {
            prop_assert_eq!((part.width(), part.height()), (right, bottom));
        }
        let extend = Extend { top, bottom, left, right, mode: extend_mode, background };
        let wide = image.extend(&extend, 2500).ok();
        if let Some(wide) = &wide {
            // What was there is where it was put.
            let area = Area { left, top, width: image.width(), height: image.height() };
            let inside = wide.extract(area);
            let before = if wide.channels() == image.channels() { image.try_clone() } else { image.add_alpha() };
            prop_assert_eq!(inside, before);
        }
        for interpolation in [Interpolation::Bilinear, Interpolation::Bicubic] {
            if let Ok(turned) = image.rotate(angle, background, interpolation, 2000) {
                prop_assert!(turned.pixels() <= 2000);
            }
        }
        let (threshold, line_art, given) = options;
        let background = given.then_some(background);
        let (trimmed, area) = image.trim(&TrimOptions { threshold, background, line_art })?;
        prop_assert_eq!(image.extract(area)?, trimmed);
    }

    #[test]
    fn colours_end(
        input in image(),
        numbers in [number(), number(), number(), number()],
        colour in any::<[u8; 3]>(),
        percentiles in (0_u8..=101, 0_u8..=101),
    ) {
        let mut image = raster(input);
        let (width, height, channels) = (image.width(), image.height(), image.channels());
        let [brightness, saturation, hue, lightness] = numbers;
        let _ = image.modulate(Modulate { brightness, saturation, hue, lightness });
        let _ = image.normalise(percentiles.0, percentiles.1);
        let _ = image.gamma(numbers[0], numbers[1]);
        let _ = image.linear(&numbers[..channels], &numbers[4 - channels..]);
        let _ = image.recomb([[numbers[0], numbers[1], numbers[2]]; 3]);
        prop_assert_eq!((image.width(), image.height()), (width, height));
        let tinted = image.tint(colour)?;
        prop_assert_eq!(tinted.has_alpha(), image.has_alpha());
        prop_assert_eq!(image.flatten(colour)?.has_alpha(), false);
        let narrow = image.narrow()?;
        prop_assert_eq!(narrow.to_rgba()?, image.to_rgba()?);
    }

    #[test]
    fn filters_end(
        input in image(),
        numbers in [number(), number(), number(), number(), number(), number()],
        size in 0_u32..12,
        kernel in (1_usize..5, 1_usize..5, prop::collection::vec(number(), 16)),
    ) {
        let mut image = raster(input);
        let _ = image.blur(numbers[0]);
        let [sigma, m1, m2, x1, y2, y3] = numbers;
        let _ = image.sharpen(&Sharpen { sigma, m1, m2, x1, y2, y3 });
        let (width, height, values) = kernel;
        let kernel = Kernel {
            width,
            height,
            values: &values[..width * height],
            scale: (numbers[1] > 0.0).then_some(numbers[1]),
            offset: numbers[2],
        };
        let _ = image.convolve(&kernel);
        if let Ok(median) = image.median(size) {
            prop_assert_eq!(median.pixels(), image.pixels());
        }
    }

    #[test]
    fn composites_end(
        base in image(),
        other in image(),
        place in prop_oneof![
            Just(Placement::Gravity(Gravity::South)),
            (-25_i32..25, -25_i32..25).prop_map(|(left, top)| Placement::At { left, top }),
            (any::<i32>(), any::<i32>()).prop_map(|(left, top)| Placement::At { left, top }),
        ],
        how in (any::<bool>(), any::<u8>()),
        blend in prop_oneof![
            Just(Blend::Over),
            Just(Blend::Xor),
            Just(Blend::Source),
            Just(Blend::SoftLight),
            Just(Blend::ColorDodge),
            Just(Blend::DestAtop),
        ],
    ) {
        let (base, other) = (raster(base), raster(other));
        let (width, height) = (base.width(), base.height());
        let options = CompositeOptions { placement: place, blend, tile: how.0, opacity: how.1 };
        let result = base.composite(&other, &options)?;
        prop_assert_eq!((result.width(), result.height()), (width, height));
        prop_assert!(result.colours() >= other.colours());
    }

    #[test]
    fn hashes_end(input in image(), components in (0_u32..11, 0_u32..11)) {
        let mut image = raster(input);
        thumbhash(&image)?;
        if let Ok(text) = blurhash(&image, components.0, components.1) {
            prop_assert_eq!(text.len() as u32, 4 + 2 * components.0 * components.1);
        }
        phash(&image)?;
        dhash(&image)?;
        let stats = image.stats()?;
        prop_assert!(stats.channels().iter().all(|c| c.min <= c.max && c.mean <= 255.0));
        let before = image.try_clone()?;
        image.flip();
        image.flop();
        image.rotate180();
        prop_assert_eq!(image, before);
    }
}
