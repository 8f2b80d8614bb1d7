//! Exports of the threaded twin: jobs that are submitted and announced, never waited for.
//!
//! JavaScript calls `job_reserve`, writes a frame at the address that it got, calls `job_submit` and returns to its
//! event loop. The rayon thread that finishes the job calls the imported `notify`, which posts a message; JavaScript
//! then reads `job_results` and calls `job_release`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use bytemill_core::{Frame, Results};
use wasm_bindgen::prelude::wasm_bindgen;
pub use wasm_bindgen_rayon::init_thread_pool;

use crate::view::{View, resize};

#[wasm_bindgen(raw_module = "bytemill:notify")]
extern "C" {
    /// Posts "job done" from whichever thread finished it.
    fn notify(job: u32);
    /// Posts "panicked" from the thread that is about to trap.
    #[wasm_bindgen(js_name = notifyPanic)]
    fn post_panic();
}

/// Called by the panic hook. Which job is to blame is not said: the thread may have been helping another.
pub(crate) fn notify_panic() {
    post_panic();
}

#[derive(Default)]
struct Job {
    arena: Vec<u8>,
    /// Bytes of the frame; the arena may be larger.
    len: usize,
    results: Results,
    view: View,
}

/// The arena of a job that is over, for the next one: clearing and first touching 64 MiB costs as much as hashing them
/// on two threads. It lives no longer than the twin, which ends when it is idle.
static SPARE: Mutex<Vec<u8>> = Mutex::new(Vec::new());

static JOBS: Mutex<BTreeMap<u32, Arc<Mutex<Job>>>> = Mutex::new(BTreeMap::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn find(id: u32) -> Option<Arc<Mutex<Job>>> {
    lock(&JOBS).get(&id).cloned()
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn job_reserve(id: u32, len: usize) -> *mut u8 {
    crate::panic::install();
    crate::panic::clear();
    let mut job = Job { arena: std::mem::take(&mut *lock(&SPARE)), len, ..Job::default() };
    if !resize(&mut job.arena, len) {
        return std::ptr::null_mut();
    }
    let address = job.arena.as_mut_ptr();
    lock(&JOBS).insert(id, Arc::new(Mutex::new(job)));
    address
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn job_submit(id: u32) {
    rayon::spawn(move || {
        if let Some(job) = find(id) {
            let Job { arena, len, results, view } = &mut *lock(&job);
            match Frame::parse(arena.get(..*len).unwrap_or_default()) {
                Ok(frame) => bytemill_core::run(&frame, results),
                Err(error) => results.fail_all(&error, 1),
            }
            *view = View::of(results);
        }
        notify(id);
    });
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn job_results(id: u32) -> *const usize {
    find(id).map_or(std::ptr::null(), |job| lock(&job).view.as_ptr())
}

#[expect(unsafe_code, reason = "an exported name must be unique, and this one is")]
#[unsafe(no_mangle)]
extern "C" fn job_release(id: u32) {
    let Some(job) = lock(&JOBS).remove(&id) else { return };
    let arena = std::mem::take(&mut lock(&job).arena);
    let mut spare = lock(&SPARE);
    if arena.capacity() > spare.capacity() {
        *spare = arena;
    }
}
