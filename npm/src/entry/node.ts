// Node, Bun and Deno: files beside the entry, read at once; worker_threads.
import type { NativeAddon, Platform, Port } from '../core/platform.js';
import { threadPort } from './thread-port.js';

const builtin = process.getBuiltinModule;
const { versions } = process as { versions: Record<string, string | undefined> };
const runtime = versions['bun'] ? 'bun' : versions['deno'] ? 'deno' : 'node';

/** Node 20's baseline compiler zeroes a live local when a wait really blocks: silent corruption. */
function threadsRefused(): string | undefined {
  const major = Number.parseInt(process.versions.node, 10);
  return runtime === 'node' && major < 22
    ? `Node ${major} corrupts waiting threads; Node 22 and later do not`
    : undefined;
}

/** Deno's own global, as far as it is needed here. */
interface Deno {
  readonly permissions?: {
    querySync(permission: { name: 'env'; variable: string }): { readonly state: string };
  };
}

/** A variable of the environment. Deno guards them: reading one without leave would throw, or prompt, on import. */
function variable(name: string): string | undefined {
  const { Deno } = globalThis as { Deno?: Deno };
  const { state = 'granted' } = Deno?.permissions?.querySync({ name: 'env', variable: name }) ?? {};
  return state === 'granted' ? process.env[name] : undefined;
}

const platform: Platform = {
  runtime,
  backend: variable('BYTEMILL_BACKEND'),
  concurrency: () => builtin('node:os').availableParallelism(),
  readSync: (location) => builtin('node:fs').readFileSync(location) as Uint8Array<ArrayBuffer>,
  compile: async (location) =>
    WebAssembly.compile(
      (await builtin('node:fs').promises.readFile(location)) as Uint8Array<ArrayBuffer>,
    ),
  spawn(script): Port {
    const { Worker } = builtin('node:worker_threads');
    const file = script === 'worker' ? './worker.mjs' : './threads.mjs';
    return threadPort(
      new Worker(new URL(file, import.meta.url), { execArgv: [], name: `bytemill ${script}` }),
    );
  },
  // A worker that a worker starts is heard of after half a second in Deno 2.9, and once more with its first message.
  threadsFromBytes: runtime === 'deno' ? 1 << 30 : undefined,
  threadsRefused,
  loadNative(): NativeAddon {
    const require = builtin('node:module').createRequire(import.meta.url);
    return require(`../native/bytemill.${process.platform}-${process.arch}.node`) as NativeAddon;
  },
};

export default platform;
