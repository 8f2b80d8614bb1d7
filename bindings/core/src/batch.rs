//! Runs all items of a batch and keeps one record per item, so that a bad item never costs its neighbours.

use alloc::vec::Vec;

use bytemill_base::local;

use crate::{Cells, Code, Error, Frame, Items, Operation, Output, Row, ops};

/// What became of one item. `repr(C)` because JavaScript reads it from wasm memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Record {
    /// 0, or the number of the error's [`Code`].
    pub status: u32,
    /// Start of the item's bytes in [`Results::bytes`]; for an error, of its message.
    pub bytes_at: usize,
    /// Length of the item's bytes.
    pub bytes_len: usize,
    /// Start of the item's numbers in [`Results::numbers`].
    /// For an error they are two: the offset in the input and 1 where the message starts with a limit's name.
    pub numbers_at: usize,
    /// Count of the item's numbers.
    pub numbers_len: usize,
}

/// The results of a batch: one buffer of bytes, one of numbers, a record per item.
#[derive(Debug, Default)]
pub struct Results {
    /// One record per item, in order.
    pub records: Vec<Record>,
    /// Bytes of all items.
    pub bytes: Vec<u8>,
    /// Numbers of all items.
    pub numbers: Vec<f64>,
}

/// A result buffer larger than this is given back between calls instead of being kept for the next.
const KEEP_BYTES: usize = 1 << 20;

local! {
    static COMPLETED: u32 = 0;
}

/// How many items of the running batch are done. After a trap this names the guilty item.
pub fn completed() -> u32 {
    COMPLETED.with_borrow_mut(|completed| *completed)
}

impl Results {
    /// Of no item yet.
    pub const fn new() -> Self {
        Self { records: Vec::new(), bytes: Vec::new(), numbers: Vec::new() }
    }

    /// Makes the buffers empty for the next batch, keeping small ones.
    pub fn reset(&mut self) {
        self.records.clear();
        self.numbers.clear();
        self.bytes.clear();
        if self.bytes.capacity() > KEEP_BYTES {
            self.bytes = Vec::new();
        }
    }

    /// Does one item's work and records what became of it.
    #[inline]
    pub(crate) fn item(&mut self, work: impl FnOnce(&mut Output<'_>) -> Result<(), Error>) {
        let (bytes_at, numbers_at) = (self.bytes.len(), self.numbers.len());
        let mut output = Output { bytes: &mut self.bytes, numbers: &mut self.numbers };
        let status = match caught(|| work(&mut output)) {
            Ok(()) => 0,
            Err(error) => self.failed(bytes_at, numbers_at, &error),
        };
        self.records.push(Record {
            status,
            bytes_at,
            bytes_len: self.bytes.len() - bytes_at,
            numbers_at,
            numbers_len: self.numbers.len() - numbers_at,
        });
    }

    /// The same, once for all that is not the way of a single call.
    #[inline(never)]
    pub(crate) fn step(&mut self, work: &mut dyn FnMut(&mut Output<'_>) -> Result<(), Error>) {
        self.item(work);
    }

    /// Puts an error in the place of what the item wrote so far.
    #[cold]
    #[inline(never)]
    fn failed(&mut self, bytes_at: usize, numbers_at: usize, error: &Error) -> u32 {
        self.bytes.truncate(bytes_at);
        self.numbers.truncate(numbers_at);
        self.write_error(error);
        error.code as u32
    }

    #[expect(clippy::cast_precision_loss, reason = "offsets stay far below 2^53")]
    fn write_error(&mut self, error: &Error) {
        self.numbers.push(error.offset.map_or(f64::NAN, |offset| offset as f64));
        self.numbers.push(f64::from(u8::from(error.limit.is_some())));
        if let Some(limit) = error.limit {
            self.bytes.extend_from_slice(limit.as_bytes());
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(error.message.as_bytes());
    }

    /// Records `count` results of `length` bytes each, which `write` makes together; false where memory is short.
    #[must_use]
    pub fn uniform(&mut self, count: usize, length: usize, write: impl FnOnce(&mut [u8])) -> bool {
        let start = self.bytes.len();
        let Some(total) = count.checked_mul(length) else { return false };
        if self.bytes.try_reserve(total).is_err() || self.records.try_reserve(count).is_err() {
            return false;
        }
        self.bytes.resize(start + total, 0);
        write(&mut self.bytes[start..]);
        let numbers_at = self.numbers.len();
        self.records.extend((0..count).map(|index| Record {
            bytes_at: start + index * length,
            bytes_len: length,
            numbers_at,
            ..Record::default()
        }));
        true
    }

    /// Records a failure that concerns every item of the batch.
    #[cold]
    #[inline(never)]
    pub fn fail_all(&mut self, error: &Error, count: usize) {
        self.reset();
        self.write_error(error);
        let record = Record {
            status: error.code as u32,
            bytes_len: self.bytes.len(),
            numbers_len: self.numbers.len(),
            ..Record::default()
        };
        self.records.resize(count.max(1), record);
    }

    #[cfg(feature = "parallel")]
    fn append(&mut self, part: &Self) {
        let (bytes_at, numbers_at) = (self.bytes.len(), self.numbers.len());
        self.bytes.extend_from_slice(&part.bytes);
        self.numbers.extend_from_slice(&part.numbers);
        self.records.extend(part.records.iter().map(|record| Record {
            bytes_at: record.bytes_at + bytes_at,
            numbers_at: record.numbers_at + numbers_at,
            ..*record
        }));
    }
}

/// Turns a panic into an error in native builds; in wasm it ends the instance, and the wrapper makes a new one.
#[cfg(all(panic = "unwind", feature = "std"))]
fn caught(work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(panic_error(payload.as_ref())))
}

#[cfg(not(all(panic = "unwind", feature = "std")))]
fn caught(work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    work()
}

#[cfg(all(panic = "unwind", feature = "std"))]
fn panic_error(payload: &(dyn std::any::Any + Send)) -> Error {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    Error::new(Code::Internal, format!("panicked: {}", text.unwrap_or("without a message")))
}

/// Runs a frame. Afterwards `results` has one record per item.
pub fn run(frame: &Frame<'_>, results: &mut Results) {
    results.reset();
    if !ops::run(frame, results) {
        let error = Error::new(Code::Unavailable, "this build has no such operation");
        results.fail_all(&error, frame.items.len());
    }
}

/// Runs the one item that lies in `arena` behind `cells` cells of options and `blob` bytes of their contents: a frame
/// without a head, because on a call with 64 bytes of input writing and parsing one shows. Afterwards `results` has one
/// record.
pub fn run_one(op: u32, arena: &[u8], cells: usize, blob: usize, results: &mut Results) {
    let parts = cells.checked_mul(8).and_then(|cells| arena.split_at_checked(cells));
    let parts = parts.and_then(|(cells, rest)| Some((cells, rest.split_at_checked(blob)?)));
    let Some((cells, (blob, item))) = parts else {
        return results.fail_all(&Frame::broken(), 1);
    };
    let items = Items::List(&[item]);
    run(&Frame { op, cells: Cells::Bytes(cells), blob, items }, results);
}

fn complete(count: usize) {
    COMPLETED.with_borrow_mut(|completed| *completed = count as u32);
}

/// Forgets what the batch before this one completed.
pub(crate) fn begin() {
    complete(0);
}

/// Runs every item with one operation: what the table of operations points to.
pub(crate) fn run_all<O: Operation>(frame: &Frame<'_>, results: &mut Results) {
    let options = match O::options(Row { cells: frame.cells, blob: frame.blob }) {
        Ok(options) => options,
        Err(error) => return results.fail_all(&error, frame.items.len()),
    };
    #[cfg(feature = "parallel")]
    if frame.items.len() > 1 {
        return run_parallel::<O>(frame, &options, results);
    }
    if frame.items.len() > 1 && O::run_many(frame.items, &options, results) {
        return;
    }
    if frame.items.len() == 1 {
        // The way of a single call, where a call through a pointer shows.
        begin();
        let item = frame.items.iter().next().unwrap_or_default();
        return results.item(|output| O::run(item, &options, output));
    }
    run_each(frame.items, results, &mut |item, output| O::run(item, &options, output));
}

/// What does the work of one item.
type Work<'a> = &'a mut dyn FnMut(&[u8], &mut Output<'_>) -> Result<(), Error>;

/// One copy for all operations.
fn run_each(items: crate::Items<'_>, results: &mut Results, work: Work<'_>) {
    for (done, item) in items.iter().enumerate() {
        complete(done);
        results.step(&mut |output| work(item, output));
    }
    complete(items.len());
}

#[cfg(feature = "parallel")]
fn run_parallel<O: Operation>(frame: &Frame<'_>, options: &O::Options<'_>, results: &mut Results) {
    use rayon::prelude::*;

    // Several parts per thread level out items of different cost; few enough that joining them costs nothing.
    let items: Vec<&[u8]> = frame.items.iter().collect();
    let per_part = items.len().div_ceil(rayon::current_num_threads() * 4).max(1);
    let parts: Vec<Results> = items
        .par_chunks(per_part)
        .map(|items| {
            let mut part = Results::default();
            if items.len() == 1 || !O::run_many(crate::Items::List(items), options, &mut part) {
                run_each(crate::Items::List(items), &mut part, &mut |item, output| {
                    O::run(item, options, output)
                });
            }
            part
        })
        .collect();
    for part in &parts {
        results.append(part);
    }
}

#[cfg(all(test, feature = "selftest"))]
mod tests {
    use super::*;
    use crate::ops::selftest::{Echo, Fail};

    fn frame<'a>(op: u32, cells: &'a [f64], items: &'a [&'a [u8]]) -> Frame<'a> {
        Frame {
            op,
            cells: crate::Cells::Values(cells),
            blob: &[],
            items: crate::Items::List(items),
        }
    }

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let mut results = Results::default();
        run(&frame(Echo::ID, &[], &[b"one", b"", b"three"]), &mut results);
        let texts: Vec<_> = results
            .records
            .iter()
            .map(|record| &results.bytes[record.bytes_at..record.bytes_at + record.bytes_len])
            .collect();
        assert_eq!(texts, [&b"one"[..], b"", b"three"]);
        assert!(results.records.iter().all(|record| record.status == 0));
    }

    #[test]
    fn a_panic_is_the_error_of_its_item_alone() {
        let mut results = Results::default();
        run(&frame(Fail::ID, &[], &[b"", b"panic", b""]), &mut results);
        let status: Vec<_> = results.records.iter().map(|record| record.status).collect();
        assert_eq!(status, [0, Code::Internal as u32, 0]);
        let record = results.records[1];
        let text = &results.bytes[record.bytes_at..record.bytes_at + record.bytes_len];
        assert!(String::from_utf8_lossy(text).contains("forced panic"));
    }

    #[test]
    fn an_unknown_operation_and_a_bad_option_fail_every_item() {
        let mut results = Results::default();
        run(&frame(0xdead, &[], &[b"a", b"b"]), &mut results);
        assert_eq!(results.records.len(), 2);
        assert_eq!(results.records[1].status, Code::Unavailable as u32);
        run(&frame(Echo::ID, &[-1.0], &[b"a", b"b"]), &mut results);
        assert_eq!(results.records[1].status, Code::InvalidArgument as u32);
    }
}
