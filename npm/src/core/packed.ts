import type { Packed } from './contract.js';
import { BytemillError, describe, invalidArgument } from './error.js';

/** Whether these are packed inputs; refused where the offsets cannot be. */
export function isPacked(kernel: string, inputs: unknown): inputs is Packed {
  if (Array.isArray(inputs) || typeof inputs !== 'object' || inputs === null) return false;
  const { bytes, offsets } = inputs as Partial<Packed>;
  if (bytes === undefined && offsets === undefined) return false;
  if (!(bytes instanceof Uint8Array))
    throw invalidArgument(kernel, `inputs.bytes: expected a Uint8Array, got ${describe(bytes)}`);
  if (!(offsets instanceof Uint32Array))
    throw invalidArgument(
      kernel,
      `inputs.offsets: expected a Uint32Array, got ${describe(offsets)}`,
    );
  if (offsets.length === 0)
    throw invalidArgument(kernel, 'inputs.offsets: expected one number more than inputs, got none');
  let last = 0;
  for (let index = 0; index < offsets.length; index++) {
    const offset = offsets[index] as number;
    if (offset < last || offset > bytes.length) {
      const range = `from ${last} to ${bytes.length}`;
      throw invalidArgument(
        kernel,
        `inputs.offsets[${index}]: expected a number ${range}, got ${offset}`,
      );
    }
    last = offset;
  }
  return true;
}

/** A view of each content. */
export function listOf({ bytes, offsets }: Packed): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let index = 1; index < offsets.length; index++)
    list.push(bytes.subarray(offsets[index - 1], offsets[index]));
  return list;
}

/** Puts contents that lie apart into one buffer. */
export function packList(list: readonly Uint8Array[]): Packed {
  const offsets = new Uint32Array(list.length + 1);
  let length = 0;
  list.forEach((result, index) => {
    length += result.length;
    if (length >= 2 ** 32) throw tooLong();
    offsets[index + 1] = length;
  });
  return { bytes: joined(list, length), offsets };
}

/** The parts, one after another, `length` bytes together. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Offsets have 32 bits. */
export function tooLong(): BytemillError {
  const message =
    'packed: expected results of less than 4 GiB together, got more: use several batches';
  return new BytemillError('ERR_LIMIT_EXCEEDED', message);
}
