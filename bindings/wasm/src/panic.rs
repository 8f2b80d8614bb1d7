//! Keeps the text of the last panic where JavaScript can read it after the trap.
//!
//! The text lives in a fixed buffer, because a panic may come from a failed allocation.

use std::fmt::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

const TEXT_BYTES: usize = 504;

/// What `panic_text` shows: kind, length, text.
#[repr(C)]
pub(crate) struct Report {
    /// 0 nothing, 1 a panic, 2 an allocation that could not be met.
    kind: AtomicU32,
    len: AtomicU32,
    text: [AtomicU8; TEXT_BYTES],
}

static REPORT: Report = Report {
    kind: AtomicU32::new(0),
    len: AtomicU32::new(0),
    text: [const { AtomicU8::new(0) }; TEXT_BYTES],
};

/// Writes into the report, cutting off what does not fit.
struct Writer(usize);

impl std::fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for (byte, cell) in text.bytes().zip(REPORT.text.iter().skip(self.0)) {
            cell.store(byte, Ordering::Relaxed);
            self.0 += 1;
        }
        Ok(())
    }
}

/// Replaces the report.
pub(crate) fn report(kind: u32, text: std::fmt::Arguments<'_>) {
    let mut writer = Writer(0);
    let _ = writer.write_fmt(text);
    REPORT.len.store(writer.0 as u32, Ordering::Relaxed);
    REPORT.kind.store(kind, Ordering::Release);
}

/// Forgets the report: a failed allocation that a kernel coped with must not explain a later panic.
pub(crate) fn clear() {
    REPORT.kind.store(0, Ordering::Relaxed);
}

/// Installs the hook, once.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            // A failed allocation has reported itself already, and it is the cause.
            if REPORT.kind.load(Ordering::Acquire) != 2 {
                report(1, format_args!("{info}"));
            }
            #[cfg(feature = "threads")]
            crate::threads::notify_panic();
        }));
    });
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn panic_text() -> *const Report {
    &raw const REPORT
}
