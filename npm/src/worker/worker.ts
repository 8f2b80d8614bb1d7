import { BytemillError } from '../core/error.js';
import { pack } from '../core/item.js';
import type { FromWorker, ToWorker } from '../core/messages.js';
import { Runner } from '../core/runner.js';
import { connect } from './port.js';

// A worker of the pool: runs batches for any module, one after another.

const runners = new Map<string, Runner>();
const port = connect((message) => receive(message as ToWorker));
port.post({ type: 'ready' } satisfies FromWorker);

function receive(message: ToWorker): void {
  if (message.type === 'module') {
    runners.set(message.family, new Runner(message.kernel, message.module, message.debug));
    return;
  }
  const { id, family, op, row, packed, lengths, limits } = message;
  try {
    const runner = runners.get(family);
    if (!runner) throw new Error(`the worker has no module for ${family}`);
    let at = 0;
    const inputs = Array.from(new Float64Array(lengths), (length) => {
      const input = new Uint8Array(packed, at, length);
      at += length;
      return input;
    });
    const items = pack(runner.many(op, row, inputs, limits));
    const memoryBytes = [...runners.values()].reduce((sum, held) => sum + held.memoryBytes, 0);
    const reply: FromWorker = { type: 'done', id, items, memoryBytes };
    port.post(reply, [
      items.index.buffer,
      items.bytes.buffer,
      items.numbers.buffer,
    ] as ArrayBuffer[]);
  } catch (error) {
    const exhausted = error instanceof BytemillError && error.code === 'ERR_OUT_OF_MEMORY';
    port.post({ type: 'failed', id, message: String(error), exhausted } satisfies FromWorker);
  }
}
