// For the repository's tests: operations that fail on purpose. Not part of the published package.
import platform from 'bytemill:platform';
import source from 'bytemill:wasm/selftest';
import { bytesOf } from './core/decode.js';
import { kernel, NESTING_STACK_BYTES } from './core/kernel.js';
import { ECHO, type EchoOptions, FAIL, type FailOptions } from './generated/selftest.js';

const selftest = /* @__PURE__ */ kernel(platform, 'selftest', source, 'ready', NESTING_STACK_BYTES);

/** Loads the module now. */
export const ready = selftest.ready;
/** Gives the input back. */
export const echo = /* @__PURE__ */ selftest.operation<EchoOptions, Uint8Array>(ECHO, bytesOf);
/** Fails in the way that the input names. */
export const fail = /* @__PURE__ */ selftest.operation<FailOptions, Uint8Array>(FAIL, bytesOf);
/** Gives each piece back. */
export const echoStream = /* @__PURE__ */ selftest.stream<EchoOptions>(ECHO);
/** For an operation that takes its input in one piece only. */
export const failStream = /* @__PURE__ */ selftest.stream<FailOptions>(FAIL);
