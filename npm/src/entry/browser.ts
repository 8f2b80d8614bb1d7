// Browsers, through a bundler or straight from a server: files found by URL, streaming compilation, Web Workers.
import type { Platform, Port } from '../core/platform.js';
import { compileFrom, readFrom, sharingRefused, webPort } from './web-port.js';

const platform: Platform = {
  runtime: 'browser',
  concurrency: () => globalThis.navigator?.hardwareConcurrency ?? 1,
  read: readFrom,
  compile: compileFrom,
  // Bundlers recognise these two expressions as they stand and emit the files; webpack calls them by these names.
  spawn: (script): Port =>
    webPort(
      script === 'worker'
        ? new Worker(new URL('./worker.mjs', import.meta.url), {
            type: 'module',
            name: 'bytemill-worker',
          })
        : new Worker(new URL('./threads.mjs', import.meta.url), {
            type: 'module',
            name: 'bytemill-threads',
          }),
    ),
  threadsRefused: sharingRefused,
};

export default platform;
