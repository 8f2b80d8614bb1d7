// Single-file builds: wasm and worker travel as text inside the entry, so that no bundler has to copy a file.
import { worker as workerSource } from 'bytemill:workers';
import type { Platform, Port } from '../core/platform.js';
import { threadPort } from './thread-port.js';
import { compileFrom, readFrom, webPort } from './web-port.js';

const builtin = (globalThis.process as NodeJS.Process | undefined)?.getBuiltinModule as
  | NodeJS.Process['getBuiltinModule']
  | undefined;

/** Made once and kept: every worker of the page starts from it. */
let location: string | undefined;

const platform: Platform = {
  runtime: builtin ? 'node' : 'browser',
  concurrency: () =>
    builtin?.('node:os').availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1,
  read: readFrom,
  compile: compileFrom,
  spawn(): Port {
    if (builtin)
      return threadPort(
        new (builtin('node:worker_threads').Worker)(workerSource, { eval: true, execArgv: [] }),
      );
    location ??= URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
    return webPort(new Worker(location, { name: 'bytemill worker' }));
  },
  threadsRefused: () => 'the single-file build has no threads',
};

export default platform;
