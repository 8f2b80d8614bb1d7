// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `selftest.echo`. */
export interface EchoOptions {
  /**
   * How often the input is repeated in the output.
   *
   * Unit: copies, from 0 to 1000000.
   * @defaultValue `1`
   */
  readonly times?: number | undefined;
  /**
   * Bytes put in front of the output.
   *
   * From 1 to 64 bytes.
   * @defaultValue none
   */
  readonly prefix?: Uint8Array | undefined;
}

/** `selftest.echo` on the wire. */
export const ECHO: OperationSpec = {
  family: 'selftest',
  name: 'echo',
  id: 0x7f01,
  parallel: false,
  options: [
    { name: 'times', kind: 'integer', min: 0, max: 1000000 },
    { name: 'prefix', kind: 'bytes', min: 1, max: 64 },
  ],
};

/** Options of `selftest.fail`. */
export interface FailOptions {}

/** `selftest.fail` on the wire. */
export const FAIL: OperationSpec = {
  family: 'selftest',
  name: 'fail',
  id: 0x7f02,
  parallel: false,
  options: [],
};
