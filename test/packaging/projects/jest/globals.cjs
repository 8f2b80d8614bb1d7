// What jsdom leaves out.
const { setImmediate } = require('node:timers');
const { TextDecoder, TextEncoder } = require('node:util');

Object.assign(globalThis, { TextDecoder, TextEncoder, setImmediate });
