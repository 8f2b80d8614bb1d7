//! From a profile to pixels.

use crate::curve::Curve;
use crate::error::{IccError, invalid, reserve};
use crate::lut::Lut;
use crate::profile::{Profile, Space};
use crate::shaper::{Shaper, Shares, is_srgb_curve};
use crate::srgb::{Encoder, to_fixed};
use crate::table::lightness_to_y;

/// How light comes from the values of a pixel.
enum Source {
    /// Values stay as they are.
    Srgb,
    /// The light of each value, whichever channel it is in.
    Grey(Vec<i32>),
    Rgb(Shares),
    Lut(Lut),
}

/// A conversion of pixels of 8 bits to sRGB, made from the profile that came with them.
pub struct Transform {
    space: Space,
    source: Source,
    encoder: Encoder,
    /// What becomes of a pixel whose channels are equal.
    grey: [u8; 256],
}

impl Transform {
    /// Reads an ICC profile of version 2 or 4: grey, RGB by curves and colorants, or RGB and CMYK by a colour table.
    ///
    /// Colours are those of the profile's perceptual table where it has one, and relative colorimetric where not. What
    /// sRGB cannot show is cut, channel by channel.
    ///
    /// Takes time and memory for some thousands of values and, where there is a colour table, for twice its bytes at
    /// most.
    ///
    /// # Errors
    ///
    /// [`IccError::Truncated`] and [`IccError::Invalid`] for what is no profile, [`IccError::Unsupported`] for profiles
    /// of other colours (such as Lab or six inks), of links and named colours, and of version 5;
    /// [`IccError::OutOfMemory`] where there is none.
    pub fn to_srgb(profile: &[u8]) -> Result<Self, IccError> {
        let profile = Profile::read(profile)?;
        let encoder = Encoder::new()?;
        let source = match profile.space {
            Space::Grey => grey_source(&profile)?,
            Space::Rgb => rgb_source(&profile)?,
            Space::Cmyk => {
                Lut::read(&profile)?.map(Source::Lut).ok_or(invalid("a colour table A2B0"))?
            }
        };
        let mut transform = Self { space: profile.space, source, encoder, grey: [0; 256] };
        transform.grey = core::array::from_fn(|value| transform.rgb([value as u8; 3])[1]);
        Ok(transform)
    }

    /// What pixels the profile is for.
    pub fn space(&self) -> Space {
        self.space
    }

    /// Whether the profile is one of the many writings of sRGB, or of its curve for grey: primaries within 0.001 and
    /// curves within a level of 256. [`Self::apply`] then does nothing, so that no pixel is rounded.
    pub fn is_srgb(&self) -> bool {
        matches!(self.source, Source::Srgb)
    }

    /// Converts interleaved pixels, in place: grey, grey and alpha, RGB, or RGB and alpha, by 1 to 4 `channels`. Alpha
    /// stays as it is, and so do bytes at the end that are no whole pixel.
    ///
    /// Grey pixels with a profile for RGB are taken for RGB of three equal values; RGB pixels with a profile for grey
    /// are converted channel by channel. With a profile for CMYK, or another number of channels, nothing is done.
    pub fn apply(&self, pixels: &mut [u8], channels: usize) {
        if self.is_srgb() || self.space == Space::Cmyk {
            return;
        }
        match channels {
            1 | 2 => self.apply_grey(pixels, channels, 1),
            3 | 4 if matches!(self.source, Source::Grey(_)) => self.apply_grey(pixels, channels, 3),
            3 => self.apply_rgb::<3>(pixels),
            4 => self.apply_rgb::<4>(pixels),
            _ => {}
        }
    }

    /// Converts pixels of cyan, magenta, yellow and black, 255 for full ink, to red, green and blue: as many as are
    /// whole in `cmyk` and have room in `rgb`. JPEG files by Adobe have 255 for no ink and have to be inverted before.
    /// With a profile for other pixels nothing is done.
    pub fn cmyk_to_rgb(&self, cmyk: &[u8], rgb: &mut [u8]) {
        let Source::Lut(lut) = &self.source else { return };
        if self.space != Space::Cmyk {
            return;
        }
        let mut before = None;
        let mut converted = [0; 3];
        for (pixel, rgb) in cmyk.as_chunks::<4>().0.iter().zip(rgb.as_chunks_mut::<3>().0) {
            // Paper is most of a page.
            if before != Some(pixel) {
                converted = self.encode(lut.light(pixel));
                before = Some(pixel);
            }
            *rgb = converted;
        }
    }

    fn apply_grey(&self, pixels: &mut [u8], channels: usize, count: usize) {
        for pixel in pixels.chunks_exact_mut(channels) {
            for value in pixel.iter_mut().take(count) {
                *value = self.grey[usize::from(*value)];
            }
        }
    }

    fn apply_rgb<const CHANNELS: usize>(&self, pixels: &mut [u8]) {
        for pixel in pixels.as_chunks_mut::<CHANNELS>().0 {
            let [red, green, blue, ..] = &mut pixel[..] else { return };
            [*red, *green, *blue] = self.rgb([*red, *green, *blue]);
        }
    }

    #[inline]
    fn rgb(&self, pixel: [u8; 3]) -> [u8; 3] {
        match &self.source {
            Source::Srgb => pixel,
            Source::Grey(lights) => self.encode(pixel.map(|value| lights[usize::from(value)])),
            Source::Rgb(shares) => self.encode(shares.light(pixel)),
            Source::Lut(lut) => self.encode(lut.light(&pixel)),
        }
    }

    #[inline]
    fn encode(&self, light: [i32; 3]) -> [u8; 3] {
        light.map(|light| self.encoder.level(light))
    }
}

/// Grey by one curve (ICC.1:2022, F.2); with a connection space of Lab it gives lightness.
fn grey_source(profile: &Profile<'_>) -> Result<Source, IccError> {
    let (curve, _) = Curve::read(profile.required(*b"kTRC", "the curve kTRC")?)?;
    let light = |value| {
        if profile.lab { lightness_to_y(curve.at(value)) } else { curve.at(value) }
    };
    if is_srgb_curve(light) {
        return Ok(Source::Srgb);
    }
    let mut lights = reserve(256)?;
    lights.extend((0..=255).map(|value| to_fixed(light(f64::from(value) / 255.0))));
    Ok(Source::Grey(lights))
}

fn rgb_source(profile: &Profile<'_>) -> Result<Source, IccError> {
    if let Some(lut) = Lut::read(profile)? {
        return Ok(Source::Lut(lut));
    }
    let shaper = Shaper::read(profile)?;
    if shaper.is_srgb() { Ok(Source::Srgb) } else { shaper.shares().map(Source::Rgb) }
}
