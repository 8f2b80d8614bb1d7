//! The native shell: the same table of operations as in `bindings/wasm`, through Node-API.
//!
//! Two entry points, `run` on the calling thread and `runAsync` on libuv's pool; both spread the items of a batch over
//! rayon's threads. A panic is caught per item in `bytemill-core`.

use bytemill_core::{Cells, Frame, Items, Results};
use napi::bindgen_prelude::{AsyncTask, Float64Array, Uint8Array};
use napi::{Env, Task};
use napi_derive::napi;

/// One item of a batch.
#[napi(object)]
pub struct Item {
    /// 0, or the number of an error code.
    pub status: u32,
    /// Bytes of the result, or the message of the error.
    pub bytes: Uint8Array,
    /// Numbers of the result; of an error, its offset and whether a limit's name leads the message.
    pub numbers: Vec<f64>,
}

/// A batch on its way to another thread; the buffers are kept alive by their references.
pub struct Batch {
    op: u32,
    cells: Float64Array,
    blob: Uint8Array,
    inputs: Vec<Uint8Array>,
}

impl Batch {
    fn run(&self) -> Results {
        let mut results = Results::default();
        let list: Vec<&[u8]> = self.inputs.iter().map(AsRef::as_ref).collect();
        let frame = Frame {
            op: self.op,
            cells: Cells::Values(&self.cells),
            blob: &self.blob,
            items: Items::List(&list),
        };
        bytemill_core::run(&frame, &mut results);
        results
    }
}

fn items(results: &Results) -> Vec<Item> {
    let item = |record: &bytemill_core::Record| Item {
        status: record.status,
        bytes: Uint8Array::from(&results.bytes[record.bytes_at..][..record.bytes_len]),
        numbers: results.numbers[record.numbers_at..][..record.numbers_len].to_vec(),
    };
    results.records.iter().map(item).collect()
}

impl Task for Batch {
    type Output = Results;
    type JsValue = Vec<Item>;

    fn compute(&mut self) -> napi::Result<Results> {
        Ok(self.run())
    }

    fn resolve(&mut self, _env: Env, results: Results) -> napi::Result<Vec<Item>> {
        Ok(items(&results))
    }
}

/// A panic becomes its item's error; it has no business on the terminal of whoever uses the package.
#[napi_derive::module_init]
fn init() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Version of the addon, which must be the package's.
#[napi]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs a batch now.
#[napi]
pub fn run(op: u32, cells: Float64Array, blob: Uint8Array, inputs: Vec<Uint8Array>) -> Vec<Item> {
    items(&Batch { op, cells, blob, inputs }.run())
}

/// Runs a batch on another thread.
#[napi]
pub fn run_async(
    op: u32,
    cells: Float64Array,
    blob: Uint8Array,
    inputs: Vec<Uint8Array>,
) -> AsyncTask<Batch> {
    AsyncTask::new(Batch { op, cells, blob, inputs })
}
