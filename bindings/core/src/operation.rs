//! What an operation is.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::{Code, Error, Items, Results, Row, Session};

/// Where an operation puts its result: bytes and numbers are appended, never replaced, because a batch collects all
/// of its items in one buffer that crosses the boundary once.
#[derive(Debug)]
pub struct Output<'a> {
    /// Bytes of the result.
    pub bytes: &'a mut Vec<u8>,
    /// Numbers of the result: dimensions, counts, offsets.
    pub numbers: &'a mut Vec<f64>,
}

/// One operation of a kernel, as JavaScript sees it.
pub trait Operation {
    /// Number on the wire: family in the high byte, an explicit constant because positions in a table shift between
    /// builds with different features.
    const ID: u32;
    /// Name in JavaScript.
    const NAME: &'static str;
    /// The declared options.
    const OPTIONS: &'static [crate::OptionSpec];
    /// True where one large input is worth spreading over threads.
    const PARALLEL: bool = false;
    /// The result for an input without options, where that is one number of 64 bits and nothing can go wrong: it
    /// crosses by itself, without a record and a buffer.
    const DIRECT: Option<fn(&[u8]) -> u64> = None;
    /// The options, read from a row.
    type Options<'a>: Sync;

    /// Reads and checks the options, once for a whole batch.
    ///
    /// # Errors
    /// `ERR_INVALID_ARGUMENT`, naming the option.
    fn options(row: Row<'_>) -> Result<Self::Options<'_>, Error>;

    /// Turns one input into one result.
    ///
    /// # Errors
    /// Whatever the kernel reports, under a code of the closed list.
    fn run(input: &[u8], options: &Self::Options<'_>, output: &mut Output<'_>)
    -> Result<(), Error>;

    /// Does all items of a batch together, where that is cheaper than one after another. False leaves them to
    /// [`Operation::run`], and nothing may have been written then.
    fn run_many(_items: Items<'_>, _options: &Self::Options<'_>, _results: &mut Results) -> bool {
        false
    }

    /// Opens a session that takes one input in pieces and gives what [`Operation::run`] would for the whole.
    ///
    /// # Errors
    /// `ERR_UNSUPPORTED` unless the operation has this; else what the options ask for and cannot have.
    fn open(_options: &Self::Options<'_>) -> Result<Box<dyn Session>, Error> {
        Err(Error::new(Code::Unsupported, "expected an operation that takes its input in pieces"))
    }
}
