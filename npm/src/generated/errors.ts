// Written by `cargo xtask codegen` from bindings/core. Do not edit.

/** Why a call failed. Codes are added to, never renamed. */
export type ErrorCode =
  /** An argument has the wrong type or lies outside its range; the message names it. */
  | 'ERR_INVALID_ARGUMENT'
  /** The input is not what its format demands. */
  | 'ERR_INVALID_DATA'
  /** The input ends before its format says that it does. */
  | 'ERR_TRUNCATED'
  /** A stored checksum differs from the one of the data. */
  | 'ERR_CHECKSUM'
  /** The input is well-formed but uses a feature that is not supported; the message names it. */
  | 'ERR_UNSUPPORTED'
  /** A limit was reached; `limit` names the option that sets it. */
  | 'ERR_LIMIT_EXCEEDED'
  /** Memory for the operation could not be had. */
  | 'ERR_OUT_OF_MEMORY'
  /** The document is encrypted and the password is missing or wrong. */
  | 'ERR_PASSWORD'
  /** A stateful object was used after its release. */
  | 'ERR_RELEASED'
  /** The call's `signal` was aborted. */
  | 'ERR_ABORTED'
  /** The call took longer than `timeoutMs`. */
  | 'ERR_TIMEOUT'
  /** Too many calls are waiting already. */
  | 'ERR_BUSY'
  /** The backend cannot be had here, or is not ready yet. */
  | 'ERR_UNAVAILABLE'
  /** A bug of ours: please report it with the message. */
  | 'ERR_INTERNAL';

/** The codes by their number on the wire; 0 is success. */
export const CODES: readonly (ErrorCode | undefined)[] = [
  undefined,
  'ERR_INVALID_ARGUMENT',
  'ERR_INVALID_DATA',
  'ERR_TRUNCATED',
  'ERR_CHECKSUM',
  'ERR_UNSUPPORTED',
  'ERR_LIMIT_EXCEEDED',
  'ERR_OUT_OF_MEMORY',
  'ERR_PASSWORD',
  'ERR_RELEASED',
  'ERR_ABORTED',
  'ERR_TIMEOUT',
  'ERR_BUSY',
  'ERR_UNAVAILABLE',
  'ERR_INTERNAL',
];
