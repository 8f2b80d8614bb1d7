import { BytemillError } from './error.js';
import { decodeText } from './text.js';

/** What a panic or a failed allocation left behind. */
export interface PanicNote {
  /** 0 nothing, 1 a panic, 2 an allocation that could not be met. */
  readonly kind: number;
  readonly text: string;
}

/** Reads the note at `address`; bindings/wasm/src/panic.rs wrote it. */
export function readPanic(memory: WebAssembly.Memory, address: number): PanicNote {
  const [kind = 0, length = 0] = new Uint32Array(memory.buffer, address, 2);
  // A copy, because browsers decode no shared memory; one line, because it becomes part of a message.
  const text = decodeText(new Uint8Array(memory.buffer, address + 8, length).slice());
  return { kind, text: text.replaceAll('\n', ' ') };
}

/** The error for a trap, with the panic's own words where it left any. */
export function trapError(kernel: string, trap: unknown, note: PanicNote): BytemillError {
  if (note.kind === 2)
    return new BytemillError('ERR_OUT_OF_MEMORY', `out of memory: ${note.text}`, { kernel });
  if (note.kind === 1)
    return new BytemillError('ERR_INTERNAL', `bug in bytemill: ${note.text}`, { kernel });
  // Engines word and capitalise it differently, and not all of them throw a RangeError.
  const stack =
    trap instanceof RangeError || /out of bounds|call stack|recursion/i.test(String(trap));
  const what = stack ? 'the stack was exhausted' : 'the module stopped without a message';
  return new BytemillError('ERR_INTERNAL', `bug in bytemill: ${what}`, { kernel });
}

/** The error for an input that a module's memory has no room for. */
export function noRoom(kernel: string, bytes: number): BytemillError {
  const message = `out of memory: an input of ${bytes} bytes does not fit into the module's memory`;
  return new BytemillError('ERR_OUT_OF_MEMORY', message, { kernel });
}
