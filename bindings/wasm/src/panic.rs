//! Keeps the text of the last panic where JavaScript can read it after the trap.
//!
//! The text lies in a fixed buffer, because a panic may come from a failed allocation. It is put together here and not
//! by `core::fmt`, whose padding alone would be as large as the rest of this shell.

use core::panic::Location;
use core::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use bytemill_base::decimal;

const TEXT_BYTES: usize = 504;

/// What the text is about.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Kind {
    Nothing = 0,
    Panic = 1,
    /// An allocation that could not be met.
    Memory = 2,
}

/// What `panic_text` shows: kind, length, text.
#[repr(C)]
pub(crate) struct Report {
    kind: AtomicU32,
    len: AtomicU32,
    text: [AtomicU8; TEXT_BYTES],
}

static REPORT: Report = Report {
    kind: AtomicU32::new(Kind::Nothing as u32),
    len: AtomicU32::new(0),
    text: [const { AtomicU8::new(0) }; TEXT_BYTES],
};

impl Report {
    /// Goes on with the text, cutting off what does not fit.
    #[inline(never)]
    pub(crate) fn text(&self, text: &str) -> &Self {
        text.bytes().for_each(|byte| self.byte(byte));
        self
    }

    /// Goes on with a number.
    #[inline(never)]
    pub(crate) fn number(&self, number: usize) -> &Self {
        decimal(number as u64, &mut |digit| self.byte(digit));
        self
    }

    fn byte(&self, byte: u8) {
        let at = self.len.load(Ordering::Relaxed);
        if let Some(cell) = self.text.get(at as usize) {
            cell.store(byte, Ordering::Relaxed);
            self.len.store(at + 1, Ordering::Relaxed);
        }
    }

    /// Goes on with where a panic happened.
    fn place(&self, location: Option<&Location<'_>>) -> &Self {
        self.text("panicked");
        if let Some(location) = location {
            self.text(" at ").text(location.file());
            self.text(":").number(location.line() as usize);
            self.text(":").number(location.column() as usize);
        }
        self.text(":\n")
    }
}

/// Starts another report.
#[cold]
pub(crate) fn report(kind: Kind) -> &'static Report {
    REPORT.len.store(0, Ordering::Relaxed);
    REPORT.kind.store(kind as u32, Ordering::Release);
    &REPORT
}

/// Forgets the report: a failed allocation that a kernel coped with must not explain a later panic.
pub(crate) fn clear() {
    REPORT.kind.store(Kind::Nothing as u32, Ordering::Relaxed);
}

/// A failed allocation has reported itself already, and it is the cause of the panic that follows.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the handler is for wasm alone"))]
fn explained() -> bool {
    REPORT.kind.load(Ordering::Acquire) == Kind::Memory as u32
}

bytemill_core::with_std! {
    /// Installs the hook, once.
    pub(crate) fn install() {
        static INSTALLED: std::sync::Once = std::sync::Once::new();
        INSTALLED.call_once(|| {
            std::panic::set_hook(alloc::boxed::Box::new(|info| {
                if !explained() {
                    let payload = info.payload();
                    let text = payload.downcast_ref::<&str>().copied();
                    let text = text.or_else(|| payload.downcast_ref().map(std::string::String::as_str));
                    let text = text.unwrap_or("no message");
                    report(Kind::Panic).place(info.location()).text(text);
                }
                #[cfg(feature = "threads")]
                crate::threads::notify_panic();
            }));
        });
    }
}

bytemill_core::without_std! {
    pub(crate) fn install() {}

    #[cfg(target_arch = "wasm32")]
    #[panic_handler]
    fn handle(info: &core::panic::PanicInfo<'_>) -> ! {
        if !explained() {
            let text = info.message().as_str().unwrap_or(FORMATTED);
            report(Kind::Panic).place(info.location()).text(text);
        }
        core::arch::wasm32::unreachable()
    }

    /// Stands for the messages with numbers in them, which are those of the language's own checks.
    #[cfg(target_arch = "wasm32")]
    const FORMATTED: &str = "an index or a range lies outside its bounds, or memory is short";
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn panic_text() -> *const Report {
    &raw const REPORT
}
