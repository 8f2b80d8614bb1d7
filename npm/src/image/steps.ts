import { concat } from '../core/bytes.js';
import { encodeRow, type OperationSpec } from '../core/row.js';

/** Bytes of a step's number and lengths. */
const HEADER_BYTES = 12;

/** A step as it crosses: `bindings/core/src/ops/image/steps.rs`. What is not given may also be undefined. */
export function encodeStep(spec: OperationSpec, options: object | undefined): Uint8Array {
  const { cells, blob } = encodeRow(spec, options);
  const bytes = new Uint8Array(HEADER_BYTES + cells.length * 8 + blob.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, spec.id, true);
  view.setUint32(4, cells.length, true);
  view.setUint32(8, blob.length, true);
  cells.forEach((cell, index) => {
    view.setFloat64(HEADER_BYTES + index * 8, cell, true);
  });
  bytes.set(blob, HEADER_BYTES + cells.length * 8);
  return bytes;
}

/** All steps of a chain, one after another. */
export const joinSteps = (steps: readonly Uint8Array[]): Uint8Array => concat(steps);
