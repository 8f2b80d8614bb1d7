//! Any part of an image at any scale: every row of the result comes once, and flat images stay flat.
#![no_main]

use bytemill_resize::{Axis, Filter, Resizer};
use libfuzzer_sys::fuzz_target;

const FILTERS: [Filter; 5] =
    [Filter::Nearest, Filter::Bilinear, Filter::CatmullRom, Filter::Mitchell, Filter::Lanczos3];

fuzz_target!(|input: ((u8, u8, f64, f64), (u8, u8, f64, f64), u8, u8)| {
    let (across, down, choice, value) = input;
    let axis = |(source, target, start, step): (u8, u8, f64, f64)| Axis {
        source: usize::from(source),
        target: usize::from(target),
        start,
        step,
    };
    let (across, down) = (axis(across), axis(down));
    let channels = usize::from(choice & 3) + 1;
    let filter = FILTERS[usize::from(choice >> 2) % FILTERS.len()];
    let Ok(mut resizer) = Resizer::new(&across, &down, channels, filter) else { return };
    let row = vec![value; across.source * channels];
    let mut seen = vec![false; down.target];
    for _ in 0..down.source {
        let result: Result<(), ()> = resizer.push(&row, |y, row| {
            assert!(!core::mem::replace(&mut seen[y], true), "a row comes once");
            assert_eq!(row.len(), across.target * channels);
            assert!(row.iter().all(|sample| *sample == value), "what is flat stays flat");
            Ok(())
        });
        result.expect("nothing fails");
    }
    assert!(seen.into_iter().all(|seen| seen), "every row comes");
});
