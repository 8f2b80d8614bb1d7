//! Sessions: one input that comes in pieces, with a state that lives between calls.
//!
//! A session is opened by the number of its operation with [`OPEN`] set, and the operation's own options; the result is
//! one number, its handle. What follows travels through the same frames as everything else, under the numbers below,
//! with the handle in the first cell and the piece as the only item. A session belongs to the thread that opened it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use bytemill_base::local;

use crate::{Code, Error, Frame, Operation, Output, Results, Row, batch};

/// Bit of an operation's number that opens a session instead of running it.
pub const OPEN: u32 = 1 << 31;
/// Gives a piece; the result's number says how many of its bytes were taken.
pub const PUSH: u32 = 0xff01;
/// Asks for everything that a reader needs to have all of what was pushed.
pub const FLUSH: u32 = 0xff02;
/// Ends the input, and with it the session.
pub const FINISH: u32 = 0xff03;
/// Gives the session up.
pub const RELEASE: u32 = 0xff04;

/// A push is asked to stop once its output has this many bytes, so that a bomb in a stream costs no more than that.
pub const PUSH_BYTES: usize = 1 << 20;

/// An operation's way of taking one input in pieces.
pub trait Session {
    /// Takes the beginning of `input`, all of it or as much as fills [`PUSH_BYTES`] of output, and says how much. What
    /// was not taken comes again; nothing taken and nothing written at once is a bug.
    ///
    /// # Errors
    /// Whatever the kernel reports; the session is over then.
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error>;

    /// Writes everything that a reader needs to have all of what was pushed. Nothing, where pushing does that already.
    ///
    /// # Errors
    /// As [`Session::push`].
    fn flush(&mut self, _output: &mut Output<'_>) -> Result<(), Error> {
        Ok(())
    }

    /// Ends the input.
    ///
    /// # Errors
    /// As [`Session::push`]; above all where the input is not whole.
    fn finish(self: Box<Self>, output: &mut Output<'_>) -> Result<(), Error>;

    /// Whether the session goes on after a push that failed.
    fn survives(&self) -> bool {
        false
    }
}

/// Slices that a push is cut into where a kernel takes all that it is given: a few bytes may turn into a lot.
const SLICE_BYTES: usize = 4 << 10;

/// Pushes a slice at a time until there is enough output; for kernels that cannot stop by themselves.
///
/// # Errors
/// That of `push`.
#[allow(dead_code, reason = "not every build has a kernel that needs it")]
pub(crate) fn push_slices(
    input: &[u8],
    output: &mut Output<'_>,
    mut push: impl FnMut(&[u8], &mut Vec<u8>) -> Result<(), Error>,
) -> Result<usize, Error> {
    let begin = output.bytes.len();
    let mut taken = 0;
    for slice in input.chunks(SLICE_BYTES) {
        push(slice, output.bytes)?;
        taken += slice.len();
        if output.bytes.len() - begin >= PUSH_BYTES {
            break;
        }
    }
    Ok(taken)
}

struct Sessions {
    opened: u32,
    /// Few: a linear search costs less than a map's code.
    open: Vec<(u32, Box<dyn Session>)>,
}

local! {
    static SESSIONS: Sessions = Sessions { opened: 0, open: Vec::new() };
}

fn insert(session: Box<dyn Session>) -> u32 {
    SESSIONS.with_borrow_mut(|sessions| {
        sessions.opened = sessions.opened.wrapping_add(1);
        sessions.open.push((sessions.opened, session));
        sessions.opened
    })
}

/// Takes a session out of the table while it works, so that a panic leaves no half-written state behind.
fn take(handle: u32) -> Option<(u32, Box<dyn Session>)> {
    SESSIONS.with_borrow_mut(|Sessions { open, .. }| {
        let at = open.iter().position(|(opened, _)| *opened == handle)?;
        Some(open.swap_remove(at))
    })
}

/// Opens a session of an operation: its handle is the result's number. False where the frame does not ask for one.
#[inline]
pub(crate) fn open<O: Operation>(frame: &Frame<'_>, results: &mut Results) -> bool {
    let asked = cfg!(feature = "sessions") && frame.op == O::ID | OPEN;
    if asked {
        open_with(frame, results, |row| O::open(&O::options(row)?));
    }
    asked
}

/// One copy for all operations.
fn open_with(
    frame: &Frame<'_>,
    results: &mut Results,
    open: fn(Row<'_>) -> Result<Box<dyn Session>, Error>,
) {
    results.step(&mut |output| {
        let handle = insert(open(Row { cells: frame.cells, blob: frame.blob })?);
        output.numbers.push(f64::from(handle));
        Ok(())
    });
}

/// Runs a frame that concerns a session; false where its number is no such thing.
pub(crate) fn run(frame: &Frame<'_>, results: &mut Results) -> bool {
    if cfg!(not(feature = "sessions")) || !(PUSH..=RELEASE).contains(&frame.op) {
        return false;
    }
    batch::begin();
    let input = frame.items.iter().next().unwrap_or_default();
    #[expect(clippy::cast_sign_loss, reason = "a handle, or nothing that was given out")]
    let handle = frame.cells.get(0).unwrap_or_default() as u32;
    results.step(&mut |output| step(frame.op, handle, input, output));
    true
}

#[expect(clippy::cast_precision_loss, reason = "a piece is shorter than 2^53")]
fn step(op: u32, handle: u32, input: &[u8], output: &mut Output<'_>) -> Result<(), Error> {
    let (number, mut session) = take(handle).ok_or_else(|| {
        Error::new(Code::Released, "expected an open stream, got one that has ended")
    })?;
    match op {
        PUSH => {
            let before = output.bytes.len();
            let taken = match session.push(input, output) {
                Err(error) if session.survives() => {
                    SESSIONS.with_borrow_mut(|sessions| sessions.open.push((number, session)));
                    return Err(error);
                }
                taken => taken?,
            };
            // Who pushes the rest again would do so for ever.
            if taken == 0 && output.bytes.len() == before && !input.is_empty() {
                return Err(Error::new(Code::Internal, "a stream took nothing and gave nothing"));
            }
            output.numbers.push(taken as f64);
        }
        FLUSH => session.flush(output)?,
        FINISH => return session.finish(output),
        _ => return Ok(()),
    }
    SESSIONS.with_borrow_mut(|sessions| sessions.open.push((number, session)));
    Ok(())
}

#[cfg(all(test, feature = "selftest"))]
mod tests {
    use super::*;
    use crate::ops::selftest::{Echo, Fail};
    use crate::{Cells, Items};

    fn call(op: u32, cells: &[f64], input: &[u8]) -> (u32, Vec<u8>, Vec<f64>) {
        let mut results = Results::default();
        let items = [input];
        let frame =
            Frame { op, cells: Cells::Values(cells), blob: &[], items: Items::List(&items) };
        crate::run(&frame, &mut results);
        assert_eq!(results.records.len(), 1);
        (results.records[0].status, results.bytes, results.numbers)
    }

    fn opened(cells: &[f64]) -> f64 {
        let (status, _, numbers) = call(Echo::ID | OPEN, cells, b"");
        assert_eq!(status, 0);
        numbers[0]
    }

    #[test]
    fn pieces_come_back_in_order_and_finishing_ends_the_session() {
        let (one, two) = (opened(&[2.0]), opened(&[1.0]));
        assert_eq!(call(PUSH, &[one], b"ab"), (0, b"abab".to_vec(), vec![2.0]));
        assert_eq!(call(PUSH, &[two], b"c").1, b"c");
        assert_eq!(call(FLUSH, &[one], b"").0, 0);
        assert_eq!(call(FINISH, &[one], b""), (0, vec![], vec![2.0]));
        assert_eq!(call(PUSH, &[one], b"d").0, Code::Released as u32);
        assert_eq!(call(RELEASE, &[two], b"").0, 0);
        assert_eq!(call(FINISH, &[two], b"").0, Code::Released as u32);
    }

    #[test]
    fn options_are_checked_and_an_operation_may_not_stream() {
        assert_eq!(call(Echo::ID | OPEN, &[-1.0], b"").0, Code::InvalidArgument as u32);
        assert_eq!(call(Fail::ID | OPEN, &[], b"").0, Code::Unsupported as u32);
    }

    #[test]
    fn a_panic_ends_its_session_alone() {
        let (bad, good) = (opened(&[1.0]), opened(&[1.0]));
        assert_eq!(call(PUSH, &[bad], b"panic").0, Code::Internal as u32);
        assert_eq!(call(PUSH, &[bad], b"x").0, Code::Released as u32);
        assert_eq!(call(PUSH, &[good], b"x").1, b"x");
        call(RELEASE, &[good], b"");
    }

    #[test]
    fn handles_are_never_given_out_again() {
        let first = opened(&[1.0]);
        call(RELEASE, &[first], b"");
        assert!(opened(&[1.0]) > first);
    }
}
