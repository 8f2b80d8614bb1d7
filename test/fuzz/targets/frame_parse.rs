//! No arena panics; a frame reads back as it was written; and an item's result does not depend on its neighbours.
#![no_main]

use bytemill_core::ops::{Description, describe};
use bytemill_core::{Code, Frame, Kind, Record, Results, run};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// Keeps sizes that an option asks for small enough to run thousands of cases a second.
const MOST: f64 = 65_536.0;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    arena: &'a [u8],
    operation: u8,
    cells: [Option<f64>; 12],
    blob: &'a [u8],
    items: [&'a [u8]; 3],
}

fuzz_target!(|case: Case<'_>| {
    // Any bytes at all.
    if let Ok(frame) = Frame::parse(case.arena) {
        assert_eq!(frame.items.len(), u32_at(case.arena, 4) as usize);
    }

    // A frame as the wrapper writes it.
    let operations = describe();
    let operation = &operations[usize::from(case.operation) % operations.len()];
    let cells = cells(operation, &case.cells);
    let arena = written(operation.id, &cells, case.blob, &case.items);
    let frame = Frame::parse(&arena).expect("a frame reads back");
    assert_eq!(
        (frame.op, frame.blob, frame.items.iter().collect::<Vec<_>>()),
        (operation.id, case.blob, case.items.to_vec())
    );

    let mut batch = Results::default();
    run(&frame, &mut batch);
    assert_eq!(batch.records.len(), case.items.len());
    for (item, record) in case.items.iter().zip(&batch.records) {
        let known = Code::ALL.iter().any(|(code, ..)| *code as u32 == record.status);
        assert!(record.status == 0 || known);
        assert_ne!(record.status, Code::Internal as u32);

        let arena = written(operation.id, &cells, case.blob, &[item]);
        let mut alone = Results::default();
        run(&Frame::parse(&arena).expect("a frame reads back"), &mut alone);
        assert!(contents(&alone, &alone.records[0]) == contents(&batch, record));
    }
});

/// One cell per option: the case's number, brought into reach of the option's range.
fn cells(operation: &Description, numbers: &[Option<f64>]) -> Vec<f64> {
    let numbers = numbers.iter().copied().chain(std::iter::repeat(None));
    operation
        .options
        .iter()
        .zip(numbers)
        .map(|(option, number)| match (&option.kind, number) {
            (Kind::Integer { .. }, None) if option.name.starts_with("max_") => MOST,
            (_, None) => f64::NAN,
            (Kind::Integer { .. }, Some(number)) if number.is_finite() => (number % MOST).trunc(),
            (_, Some(number)) if number.is_finite() => (number % 64.0).trunc(),
            (_, Some(number)) => number,
        })
        .collect()
}

fn written(op: u32, cells: &[f64], blob: &[u8], items: &[&[u8]]) -> Vec<u8> {
    let header = [op, items.len() as u32, cells.len() as u32, blob.len() as u32];
    let mut arena = Vec::new();
    header.iter().for_each(|field| arena.extend(field.to_le_bytes()));
    cells.iter().for_each(|cell| arena.extend(cell.to_le_bytes()));
    items.iter().for_each(|item| arena.extend((item.len() as u32).to_le_bytes()));
    arena.extend(blob);
    items.iter().for_each(|item| arena.extend(*item));
    arena
}

/// Status, bytes and numbers of one item; reading them proves that the record points into the results.
fn contents<'a>(results: &'a Results, record: &Record) -> (u32, &'a [u8], Vec<u64>) {
    let bytes = &results.bytes[record.bytes_at..][..record.bytes_len];
    let numbers = &results.numbers[record.numbers_at..][..record.numbers_len];
    // As bits, because NaN is a value here.
    (record.status, bytes, numbers.iter().map(|number| number.to_bits()).collect())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].try_into().map(u32::from_le_bytes).unwrap_or_default()
}
