import { BytemillError, describe, invalidArgument } from './error.js';

/** What every operation takes as input. */
export type BytesInput = Uint8Array | ArrayBuffer | SharedArrayBuffer | ArrayBufferView;

/** What the asynchronous shapes take as input. */
export type AsyncBytesInput = BytesInput | Blob;

const isShared = (value: unknown): value is SharedArrayBuffer =>
  typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer;

/** A view of the input's bytes, without copying. */
export function toBytes(kernel: string, input: unknown): Uint8Array {
  if (input instanceof Uint8Array) return input;
  if (ArrayBuffer.isView(input))
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || isShared(input)) return new Uint8Array(input);
  // Buffers of another realm (an iframe, a vm context) fail `instanceof`.
  const tag = Object.prototype.toString.call(input);
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]') {
    return new Uint8Array(input as ArrayBuffer);
  }
  throw invalidArgument(
    kernel,
    `input: expected bytes (Uint8Array, ArrayBuffer or a view), got ${describe(input)}`,
  );
}

/** Like {@link toBytes}, but waits for the contents of a Blob or File. */
export function toBytesAsync(kernel: string, input: unknown): Uint8Array | Promise<Uint8Array> {
  if (typeof Blob !== 'undefined' && input instanceof Blob) {
    return input.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      (cause) => {
        throw new BytemillError('ERR_INVALID_ARGUMENT', 'input: the Blob could not be read', {
          kernel,
          cause,
        });
      },
    );
  }
  return toBytes(kernel, input);
}

/** The list of inputs of a batch. */
export function toList(kernel: string, inputs: unknown): readonly unknown[] {
  if (Array.isArray(inputs)) return inputs;
  throw invalidArgument(
    kernel,
    `inputs: expected an array of inputs, or { bytes, offsets }, got ${describe(inputs)}`,
  );
}

/** The parts, one after another, in a buffer of their own. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
