use proptest::prelude::*;

use super::Output;

/// What a step appends, by the slow and obvious way.
#[derive(Clone, Debug)]
enum Step {
    Literals(Vec<u8>, usize, usize),
    Repeat(usize, usize),
    Fill(u8, usize),
    Byte(u8),
}

fn apply(step: &Step, start: usize, bytes: &mut Vec<u8>) -> bool {
    match step {
        Step::Literals(from, at, count) => match from.get(*at..at + count) {
            Some(literals) => bytes.extend_from_slice(literals),
            None => return false,
        },
        Step::Repeat(offset, count) => {
            if *offset == 0 || *offset > bytes.len() - start {
                return false;
            }
            for _ in 0..*count {
                bytes.push(bytes[bytes.len() - offset]);
            }
        }
        Step::Fill(byte, count) => bytes.resize(bytes.len() + count, *byte),
        Step::Byte(byte) => bytes.push(*byte),
    }
    true
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (prop::collection::vec(any::<u8>(), 0..200), 0..100_usize, 0..120_usize)
            .prop_map(|(from, at, count)| Step::Literals(from, at, count)),
        (0..40_usize, 0..300_usize).prop_map(|(offset, count)| Step::Repeat(offset, count)),
        (0..2000_usize, 0..70_usize).prop_map(|(offset, count)| Step::Repeat(offset, count)),
        (any::<u8>(), 0..200_usize).prop_map(|(byte, count)| Step::Fill(byte, count)),
        any::<u8>().prop_map(Step::Byte),
    ]
}

proptest! {
    #[test]
    fn writes_what_the_obvious_way_writes(
        before in prop::collection::vec(any::<u8>(), 0..50),
        start in 0..60_usize,
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut expected = before.clone();
        let mut bytes = before;
        let start = start.min(bytes.len());
        let mut output = Output::new(&mut bytes, start);
        for step in &steps {
            prop_assert!(output.reserve(300, 0));
            let written = match step {
                Step::Literals(from, at, count) => output.literals(from, *at, *count),
                Step::Repeat(offset, count) => output.repeat(*offset, *count),
                Step::Fill(byte, count) => output.fill(*byte, *count),
                Step::Byte(byte) => output.byte(*byte),
            };
            prop_assert_eq!(written, apply(step, start, &mut expected));
            prop_assert_eq!(output.len(), expected.len());
        }
        prop_assert_eq!(output.since(0), &expected[..]);
        drop(output);
        prop_assert_eq!(bytes, expected);
    }
}

#[test]
fn nothing_is_written_without_room() {
    let mut bytes = b"ab".to_vec();
    let mut output = Output::new(&mut bytes, 0);
    assert!(!output.literals(&[1; 100], 0, 100));
    assert!(!output.repeat(1, 100));
    assert!(!output.fill(0, 100) && !output.byte(0));
    assert!(output.reserve(3, 100) && output.room() == 3);
    assert!(!output.repeat(3, 1), "before the beginning");
    assert!(!output.literals(b"xyz", 4, 0) && !output.literals(b"xyz", 1, 3));
    assert!(output.repeat(2, 3));
    assert!(!output.byte(0), "three were allowed");
    drop(output);
    assert_eq!(bytes, b"ababa");
}

#[test]
fn memory_that_cannot_be_had_is_refused() {
    let mut bytes = Vec::new();
    let mut output = Output::new(&mut bytes, 0);
    assert!(!output.reserve(usize::MAX, 0) && !output.reserve(isize::MAX as usize, 0));
    assert!(output.reserve(10, usize::MAX) && output.fill(7, 10));
    assert_eq!(output.since(8), [7, 7]);
}
