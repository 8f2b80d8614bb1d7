// Modules that the build fills in, per runtime: see npm/build.mjs.

declare module 'bytemill:platform' {
  import type { Platform } from './core/platform.js';

  const platform: Platform;
  export default platform;
}

declare module 'bytemill:wasm/*' {
  import type { WasmSource } from './core/platform.js';

  const source: WasmSource;
  export default source;
}

declare module 'bytemill:workers' {
  /** Source text of the pool's worker, for builds that are a single file. */
  export const worker: string;
}

declare module 'bytemill:glue' {
  /** wasm-bindgen's glue, the same for every threaded twin. */
  export function initSync(options: {
    module: WebAssembly.Module;
    memory?: WebAssembly.Memory;
    thread_stack_size?: number;
  }): import('./worker/host.js').TwinExports;
  export function initThreadPool(threads: number): Promise<void>;
  export function wbg_rayon_start_worker(receiver: number): void;
}
