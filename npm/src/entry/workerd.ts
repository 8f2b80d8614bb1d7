// Cloudflare workerd and other edge runtimes: compiled modules are imported, there are no workers and no threads.
import type { Platform } from '../core/platform.js';

const platform: Platform = {
  runtime: 'workerd',
  concurrency: () => 1,
  // An isolate has 128 MB, JavaScript's own heap included.
  maxMemoryBytes: 96 << 20,
  read: () => Promise.reject(new Error('this runtime reads no files')),
  compile: () => Promise.reject(new Error('this runtime compiles no wasm at run time')),
  threadsRefused: () => 'this runtime has no threads',
};

export default platform;
