//! Operations that the tests use to prove what happens when a kernel misbehaves. Never part of a published build.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::operation;
use crate::options::options;
use crate::session::PUSH_BYTES;
use crate::{Code, Error, Operation, Output, Session};

options! {
    /// Options of `selftest.echo`.
    pub struct EchoOptions {
        /// How often the input is repeated in the output.
        times: integer(default = 1, min = 0, max = 1_000_000, unit = "copies"),
        /// Bytes put in front of the output.
        prefix: bytes(min = 1, max = 64),
    }
}

options! {
    /// Options of `selftest.fail`.
    pub struct FailOptions {}
}

/// Gives the input back.
#[derive(Debug)]
pub struct Echo;

impl Operation for Echo {
    operation!(0x7f01, "echo", EchoOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        output.bytes.extend_from_slice(options.prefix.unwrap_or_default());
        for _ in 0..options.times {
            output.bytes.extend_from_slice(input);
        }
        output.numbers.push(f64::from(input.len() as u32));
        Ok(())
    }

    fn open(options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        let prefix = options.prefix.map(<[u8]>::to_vec);
        Ok(Box::new(EchoSession { times: options.times, prefix, taken: 0 }))
    }
}

/// Gives each piece back, and at the end how many bytes there were. A piece fails as [`Fail`] does.
struct EchoSession {
    times: i64,
    prefix: Option<Vec<u8>>,
    taken: usize,
}

impl Session for EchoSession {
    fn push(&mut self, input: &[u8], output: &mut Output<'_>) -> Result<usize, Error> {
        output.bytes.extend(self.prefix.take().unwrap_or_default());
        let taken = input.len().min(PUSH_BYTES);
        for _ in 0..self.times {
            misbehave(&input[..taken], output)?;
        }
        self.taken += taken;
        Ok(taken)
    }

    #[expect(clippy::cast_precision_loss, reason = "tests push less than 2^53 bytes")]
    fn finish(self: Box<Self>, output: &mut Output<'_>) -> Result<(), Error> {
        output.bytes.extend(self.prefix.unwrap_or_default());
        output.numbers.push(self.taken as f64);
        Ok(())
    }
}

/// Fails in the way that the input names: `panic`, `overflow`, `memory`, `trap`, `spin`, `error`, `limit`.
/// Anything else comes back unchanged.
#[derive(Debug)]
pub struct Fail;

impl Operation for Fail {
    operation!(0x7f02, "fail", FailOptions);

    fn run(
        input: &[u8],
        _options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        misbehave(input, output)
    }
}

#[expect(clippy::panic, reason = "panicking is what it is for")]
fn misbehave(input: &[u8], output: &mut Output<'_>) -> Result<(), Error> {
    match input {
        b"panic" => panic!("forced panic"),
        b"overflow" => output.numbers.push(f64::from(overflow(&[0; 64]))),
        b"memory" => exhaust_memory(),
        b"spin" => spin(),
        b"error" => return Err(Error::new(Code::InvalidData, "forced error").at(3)),
        b"limit" => return Err(Error::limit("maxOutputBytes", "forced limit")),
        _ => output.bytes.extend_from_slice(input),
    }
    Ok(())
}

/// Recurses until the stack is gone; the array keeps the compiler from turning it into a loop.
#[expect(unconditional_recursion, reason = "exhausting the stack is what it is for")]
fn overflow(parent: &[u8; 64]) -> u8 {
    let mut frame = core::hint::black_box(*parent);
    frame[0] = frame[0].wrapping_add(1);
    overflow(&frame).wrapping_add(frame[63])
}

/// Asks for more than a 32-bit memory can hold.
fn exhaust_memory() {
    let half = || core::hint::black_box(Vec::<u8>::with_capacity(isize::MAX as usize));
    drop((half(), half(), half()));
}

/// Never returns: what a call must be rescued from by its signal.
fn spin() {
    let mut turns = 0_u64;
    while core::hint::black_box(turns) < u64::MAX {
        turns = turns.wrapping_add(2);
    }
}
