//! Red and blue less what green and red tell about them, tile by tile; RFC 9649, section 4.2.

use super::super::error::EncodeError;
use super::Image;
use super::logarithm::entropy;

/// Factors in 32nds.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Factors {
    green_to_red: i8,
    green_to_blue: i8,
    red_to_blue: i8,
}

#[inline(always)]
fn delta(factor: i8, colour: u8) -> u8 {
    ((i16::from(factor) * i16::from(colour.cast_signed())) >> 5) as u8
}

impl Factors {
    #[inline(always)]
    fn transform(self, [blue, green, red, alpha]: [u8; 4]) -> [u8; 4] {
        let new_red = red.wrapping_sub(delta(self.green_to_red, green));
        let new_blue = blue
            .wrapping_sub(delta(self.green_to_blue, green))
            .wrapping_sub(delta(self.red_to_blue, red));
        [new_blue, green, new_red, alpha]
    }
}

/// Sums of products of colours.
#[derive(Default)]
struct Sums {
    green_green: i64,
    green_red: i64,
    green_blue: i64,
    red_red: i64,
    red_blue: i64,
}

/// `32 * a / b` to the nearest, as far as a factor goes.
fn factor(a: i64, b: i64) -> i8 {
    if b <= 0 {
        return 0;
    }
    let (a, half) = (32 * a, b / 2);
    let rounded = if a < 0 { (a - half) / b } else { (a + half) / b };
    rounded.clamp(-128, 127) as i8
}

impl Sums {
    fn add(&mut self, [blue, green, red, _]: [u8; 4]) {
        let [b, g, r] = [blue, green, red].map(|colour| i32::from(colour.cast_signed()));
        self.green_green += i64::from(g * g);
        self.green_red += i64::from(g * r);
        self.green_blue += i64::from(g * b);
        self.red_red += i64::from(r * r);
        self.red_blue += i64::from(r * b);
    }

    /// The factors that leave the least squares.
    fn factors(&self) -> Factors {
        let determinant = self.green_green * self.red_red - self.green_red * self.green_red;
        let green_to_red = factor(self.green_red, self.green_green);
        // Shifted, so that 32 times as much fits.
        let scale = |x: i64| x >> 8;
        if determinant >> 8 <= 0 {
            let green_to_blue = factor(self.green_blue, self.green_green);
            return Factors { green_to_red, green_to_blue, red_to_blue: 0 };
        }
        let green = self.green_blue * self.red_red - self.red_blue * self.green_red;
        let red = self.red_blue * self.green_green - self.green_blue * self.green_red;
        Factors {
            green_to_red,
            green_to_blue: factor(scale(green), scale(determinant)),
            red_to_blue: factor(scale(red), scale(determinant)),
        }
    }
}

/// The entropy of red and blue of a tile.
fn cost(rows: impl Iterator<Item = [u8; 4]>, factors: Factors) -> u64 {
    let mut counts = [[0_u32; 256]; 2];
    for pixel in rows {
        let [blue, _, red, _] = factors.transform(pixel);
        counts[0][usize::from(blue)] += 1;
        counts[1][usize::from(red)] += 1;
    }
    entropy(&counts[0]) + entropy(&counts[1])
}

/// Transforms the pixels, and gives the factors of tiles of 2 to the `bits` pixels a side.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn apply(image: &mut Image, bits: u32) -> Result<Image, EncodeError> {
    let (width, height) = (image.width, image.height);
    let mut map = Image::tiles(width, height, bits)?;
    let side = 1 << bits;
    let mut before = Factors::default();
    for (i, entry) in map.pixels.iter_mut().enumerate() {
        let (x, y) = (i % map.width * side, i / map.width * side);
        let columns = x..(x + side).min(width);
        let rows = y..(y + side).min(height);
        let mut sums = Sums::default();
        let pixels =
            rows.clone().flat_map(|y| image.pixels[y * width..][columns.clone()].iter().copied());
        pixels.clone().for_each(|pixel| sums.add(pixel));
        // A change of factors has to pay for itself.
        let mut best = (cost(pixels.clone(), before), before);
        for (factors, price) in [(Factors::default(), 5), (sums.factors(), 18)] {
            let cost = cost(pixels.clone(), factors) + price * 256;
            if cost < best.0 {
                best = (cost, factors);
            }
        }
        let factors = best.1;
        before = factors;
        *entry = [factors.green_to_red, factors.green_to_blue, factors.red_to_blue, -1]
            .map(i8::cast_unsigned);
        for y in rows {
            for pixel in &mut image.pixels[y * width..][columns.clone()] {
                *pixel = factors.transform(*pixel);
            }
        }
    }
    Ok(map)
}
