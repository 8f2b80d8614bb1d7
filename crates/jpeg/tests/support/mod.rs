//! A plain JPEG encoder for tests: any sampling, colour, restart interval, sequential or progressive, in one scan or
//! one for each component. Slow, and made to reach every path of a decoder rather than to compress.
#![allow(unreachable_pub, reason = "a module that test programs share")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::many_single_char_names,
    clippy::similar_names,
    clippy::unwrap_used,
    reason = "samples and coefficients are small, and what is wrong here fails the test"
)]

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// How an image is encoded.
#[derive(Clone, Debug)]
pub struct Plan {
    pub width: usize,
    pub height: usize,
    /// Sampling factors of each component.
    pub sampling: Vec<(usize, usize)>,
    pub progressive: bool,
    /// One scan for each component.
    pub separate: bool,
    /// MCUs between restart markers.
    pub restart: usize,
    /// All quantisation factors.
    pub step: i32,
    /// Adobe's transform, if there is its segment.
    pub adobe: Option<u8>,
    pub seed: u32,
}

/// Smooth, with an edge and some grain: a sample of component `c`.
fn sample(plan: &Plan, c: usize, x: usize, y: usize) -> f64 {
    let (u, v) = (x as f64 / 9.0 + c as f64, y as f64 / 7.0);
    let mut hash = (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77);
    hash = (hash ^ plan.seed.wrapping_add(c as u32)).wrapping_mul(0xC2B2_AE3D);
    hash ^= hash >> 15;
    let grain = f64::from(hash.wrapping_mul(0x27D4_EB2F) >> 24) / 255.0 - 0.5;
    let edge = if (x * 3 + y * 2) % 61 < 30 { 40.0 } else { -40.0 };
    let strength = f64::from(plan.seed % 5) * 30.0;
    (50.0 * (u.sin() + v.cos()) + edge + grain * strength).clamp(-128.0, 127.0)
}

const ORDER: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Quantised coefficients in zigzag order of the block of component `c` whose first sample is at `x`, `y`.
fn block(plan: &Plan, c: usize, x: usize, y: usize, cosines: &[[f64; 8]; 8]) -> [i32; 64] {
    let mut rows = [[0.0; 8]; 8];
    for (j, row) in rows.iter_mut().enumerate() {
        let samples: Vec<f64> = (0..8).map(|i| sample(plan, c, x + i, y + j)).collect();
        for (u, value) in row.iter_mut().enumerate() {
            *value = samples.iter().zip(&cosines[u]).map(|(a, b)| a * b).sum();
        }
    }
    std::array::from_fn(|k| {
        let (u, v) = (ORDER[k] % 8, ORDER[k] / 8);
        let value: f64 = rows.iter().zip(&cosines[v]).map(|(row, b)| row[u] * b).sum();
        (value / f64::from(plan.step)).round() as i32
    })
}

/// Codes for all 256 symbols: one or two of each length up to 15, by the seed, and the rest of 16 bits.
fn codes(seed: u32) -> ([u8; 16], Vec<u8>) {
    let mut symbols: Vec<u8> =
        vec![0x01, 0x00, 0x02, 0x11, 0x03, 0x04, 0x21, 0x05, 0x06, 0x07, 0x12, 0xF0, 0x31, 0x08];
    let rest: Vec<u8> = (0..=255).filter(|symbol| !symbols.contains(symbol)).collect();
    symbols.extend(rest);
    let mut counts = [0; 16];
    let (mut left, mut room) = (256_u32, 1_u32);
    for len in 1..=16_u32 {
        room *= 2;
        let most = if len == 1 { 0 } else { 1 + (seed >> len) % 2 };
        // What stays open has to be more than what is left: a code of ones only is not allowed.
        let fits = |take: u32| (room - take) << (16 - len) > left - take;
        let take =
            if len == 16 { left } else { (0..=most.min(room)).rev().find(|it| fits(*it)).unwrap() };
        counts[len as usize - 1] = take as u8;
        left -= take;
        room -= take;
    }
    assert_eq!(left, 0);
    (counts, symbols)
}

/// Bits and markers.
struct Writer {
    bytes: Vec<u8>,
    bits: u64,
    count: u32,
    /// For each symbol its code and length.
    codes: [(u32, u32); 256],
}

impl Writer {
    fn put(&mut self, value: u32, count: u32) {
        self.bits = self.bits << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.bits >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        let (code, len) = self.codes[usize::from(symbol)];
        self.put(code, len);
    }

    /// The bits of a value of `size`.
    fn value(&mut self, value: i32, size: u32) {
        let bits = if value < 0 { value + (1 << size) - 1 } else { value };
        self.put(bits as u32, size);
    }

    fn align(&mut self) {
        let missing = (8 - self.count % 8) % 8;
        self.put((1 << missing) - 1, missing);
    }

    fn segment(&mut self, marker: u8, contents: &[u8]) {
        self.bytes.extend([0xFF, marker]);
        self.bytes.extend((contents.len() as u16 + 2).to_be_bytes());
        self.bytes.extend(contents);
    }
}

fn size(value: i32) -> u32 {
    32 - value.unsigned_abs().leading_zeros()
}

/// Coefficients of a component: blocks in rows, padded to whole MCUs.
struct Component {
    h: usize,
    v: usize,
    wide: usize,
    high: usize,
    stride: usize,
    blocks: Vec<[i32; 64]>,
}

/// One scan.
struct Scan {
    components: Vec<usize>,
    first: usize,
    last: usize,
    high: u32,
    low: u32,
}

/// A JPEG file of the test picture.
pub fn encode(plan: &Plan) -> Vec<u8> {
    let cosines: [[f64; 8]; 8] = std::array::from_fn(|u| {
        let scale = if u == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        std::array::from_fn(|x| scale / 2.0 * (PI * ((2 * x + 1) * u) as f64 / 16.0).cos())
    });
    let max_h = plan.sampling.iter().map(|it| it.0).max().unwrap();
    let max_v = plan.sampling.iter().map(|it| it.1).max().unwrap();
    let (mcus_wide, mcus_high) = if plan.sampling.len() == 1 {
        (plan.width.div_ceil(8), plan.height.div_ceil(8))
    } else {
        (plan.width.div_ceil(8 * max_h), plan.height.div_ceil(8 * max_v))
    };
    let mut components = Vec::new();
    for (c, (h, v)) in plan.sampling.iter().enumerate() {
        let (mcu_h, mcu_v) = if plan.sampling.len() == 1 { (1, 1) } else { (*h, *v) };
        let stride = mcus_wide * mcu_h;
        let places = (0..stride * mcus_high * mcu_v).map(|i| (i % stride, i / stride));
        components.push(Component {
            h: mcu_h,
            v: mcu_v,
            wide: (plan.width * h).div_ceil(8 * max_h),
            high: (plan.height * v).div_ceil(8 * max_v),
            stride,
            blocks: places.map(|(x, y)| block(plan, c, 8 * x, 8 * y, &cosines)).collect(),
        });
    }

    let (counts, symbols) = codes(plan.seed);
    let mut table = [(0, 0); 256];
    let (mut code, mut place) = (0, 0);
    for (len, count) in (1..).zip(counts) {
        for _ in 0..count {
            table[usize::from(symbols[place])] = (code, len);
            code += 1;
            place += 1;
        }
        code <<= 1;
    }
    let mut writer = Writer { bytes: vec![0xFF, 0xD8], bits: 0, count: 0, codes: table };
    if let Some(transform) = plan.adobe {
        writer.segment(0xEE, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat());
    }
    writer.segment(0xDB, &[vec![0], vec![plan.step as u8; 64]].concat());
    let mut frame = vec![8];
    frame.extend((plan.height as u16).to_be_bytes());
    frame.extend((plan.width as u16).to_be_bytes());
    frame.push(plan.sampling.len() as u8);
    for (c, (h, v)) in (1..).zip(&plan.sampling) {
        frame.extend([c, (h << 4 | v) as u8, 0]);
    }
    writer.segment(if plan.progressive { 0xC2 } else { 0xC1 }, &frame);
    // DC symbols are sizes: the first 16 alone, in codes that exist anyway.
    let dc: Vec<u8> = (0..12).collect();
    let dc_counts = [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    writer.segment(0xC4, &[&[0x00], dc_counts.as_slice(), &dc].concat());
    writer.segment(0xC4, &[&[0x10], counts.as_slice(), &symbols].concat());
    if plan.restart > 0 {
        writer.segment(0xDD, &(plan.restart as u16).to_be_bytes());
    }
    for scan in scans(plan) {
        write_scan(plan, &scan, &components, (mcus_wide, mcus_high), &mut writer);
    }
    writer.bytes.extend([0xFF, 0xD9]);
    writer.bytes
}

fn scans(plan: &Plan) -> Vec<Scan> {
    let all: Vec<usize> = (0..plan.sampling.len()).collect();
    let scan = |components: &[usize], first, last, high, low| Scan {
        components: components.to_vec(),
        first,
        last,
        high,
        low,
    };
    if !plan.progressive {
        let groups: Vec<&[usize]> =
            if plan.separate { all.chunks(1).collect() } else { vec![&all] };
        return groups.into_iter().map(|group| scan(group, 0, 63, 0, 0)).collect();
    }
    let mut scans = vec![scan(&all, 0, 0, 0, 1)];
    scans.extend(all.iter().map(|c| scan(&[*c], 1, 5, 0, 2)));
    scans.extend(all.iter().map(|c| scan(&[*c], 6, 63, 0, 2)));
    scans.extend(all.iter().map(|c| scan(&[*c], 1, 63, 2, 1)));
    scans.push(scan(&all, 0, 0, 1, 0));
    scans.extend(all.iter().map(|c| scan(&[*c], 1, 63, 1, 0)));
    scans
}

fn write_scan(
    plan: &Plan,
    scan: &Scan,
    components: &[Component],
    mcus: (usize, usize),
    writer: &mut Writer,
) {
    let mut header = vec![scan.components.len() as u8];
    for c in &scan.components {
        header.extend([*c as u8 + 1, 0]);
    }
    header.extend([scan.first as u8, scan.last as u8, (scan.high << 4 | scan.low) as u8]);
    writer.segment(0xDA, &header);
    // Component and place of each block, MCU by MCU.
    let mut units: Vec<Vec<(usize, usize)>> = Vec::new();
    if let [c] = scan.components[..] {
        let Component { wide, high, stride, .. } = components[c];
        let places = (0..wide * high).map(|i| i / wide * stride + i % wide);
        units.extend(places.map(|at| vec![(c, at)]));
    } else {
        for mcu in 0..mcus.0 * mcus.1 {
            let (x, y) = (mcu % mcus.0, mcu / mcus.0);
            let mut unit = Vec::new();
            for c in &scan.components {
                let Component { h, v, stride, .. } = components[*c];
                for i in 0..h * v {
                    unit.push((*c, (y * v + i / h) * stride + x * h + i % h));
                }
            }
            units.push(unit);
        }
    }
    let mut predictions = [0; 4];
    for (number, unit) in units.iter().enumerate() {
        if plan.restart > 0 && number > 0 && number % plan.restart == 0 {
            writer.align();
            let marker = 0xD0 + ((number / plan.restart - 1) % 8) as u8;
            writer.bytes.extend([0xFF, marker]);
            predictions = [0; 4];
        }
        for (c, at) in unit {
            write_block(scan, &components[*c].blocks[*at], &mut predictions[*c], writer);
        }
    }
    writer.align();
}

fn write_block(scan: &Scan, block: &[i32; 64], prediction: &mut i32, writer: &mut Writer) {
    let mut first = scan.first;
    if first == 0 {
        let value = block[0] >> scan.low;
        if scan.high > 0 {
            writer.put((value & 1) as u32, 1);
        } else {
            let difference = value - *prediction;
            *prediction = value;
            // The DC table's codes are the sizes themselves.
            writer.put(size(difference), 4);
            writer.value(difference, size(difference));
        }
        first = 1;
    }
    if scan.last == 0 {
        return;
    }
    // Towards zero, as point transforms of AC coefficients are.
    let at = |k: usize| block[k] / (1 << scan.low);
    let was_zero = |k: usize| scan.high == 0 || block[k] / (1 << scan.high) == 0;
    // The last that is new: what follows is the end of the block.
    let Some(last) = (first..=scan.last).rev().find(|k| was_zero(*k) && at(*k) != 0) else {
        writer.symbol(0x00);
        corrections(scan, block, first..=scan.last, writer);
        return;
    };
    let (mut run, mut start) = (0, first);
    for k in first..=last {
        if !was_zero(k) {
            continue;
        }
        if at(k) == 0 {
            run += 1;
            if run == 16 {
                writer.symbol(0xF0);
                corrections(scan, block, start..=k, writer);
                (run, start) = (0, k + 1);
            }
            continue;
        }
        let value = at(k);
        writer.symbol(run << 4 | size(value) as u8);
        if scan.high > 0 {
            writer.put(u32::from(value > 0), 1);
        } else {
            writer.value(value, size(value));
        }
        corrections(scan, block, start..=k, writer);
        (run, start) = (0, k + 1);
    }
    if last < scan.last {
        writer.symbol(0x00);
        corrections(scan, block, start..=scan.last, writer);
    }
}

/// Next bits of the coefficients that an earlier scan has already brought.
fn corrections(
    scan: &Scan,
    block: &[i32; 64],
    band: std::ops::RangeInclusive<usize>,
    writer: &mut Writer,
) {
    for k in band {
        if scan.high > 0 && block[k] / (1 << scan.high) != 0 {
            writer.put(block[k].unsigned_abs() >> scan.low & 1, 1);
        }
    }
}
