// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `pdf.extractText`. */
export interface ExtractTextOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `33554432`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest text accepted, as UTF-8.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.extractText` on the wire. */
export const EXTRACT_TEXT: OperationSpec = {
  family: 'pdf',
  name: 'extractText',
  id: 0x0a01,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.info`. */
export interface InfoOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `33554432`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.info` on the wire. */
export const INFO: OperationSpec = {
  family: 'pdf',
  name: 'info',
  id: 0x0a02,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};
