// Node, Bun and Deno: files beside the entry, read at once; worker_threads.
import type { NativeAddon, Platform, Port } from '../core/platform.js';
import { VERSION } from '../generated/version.js';
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

const read = (location: URL) =>
  builtin('node:fs').promises.readFile(location) as Promise<Uint8Array<ArrayBuffer>>;

const platform: Platform = {
  runtime,
  version: versions[runtime],
  backend: variable('BYTEMILL_BACKEND'),
  concurrency: () => builtin('node:os').availableParallelism(),
  readSync: (location) => builtin('node:fs').readFileSync(location) as Uint8Array<ArrayBuffer>,
  read,
  compile: async (location) => WebAssembly.compile(await read(location)),
  spawn(script): Port {
    const { Worker } = builtin('node:worker_threads');
    // Each in full: bundlers of server code recognise the expressions and bring the files along.
    const file =
      script === 'worker'
        ? new URL('./worker.mjs', import.meta.url)
        : new URL('./threads.mjs', import.meta.url);
    return threadPort(new Worker(file, { execArgv: [], name: `bytemill ${script}` }));
  },
  // A worker that a worker starts is heard of after half a second in Deno 2.9, and once more with its first message.
  threadsFromBytes: runtime === 'deno' ? 1 << 30 : undefined,
  threadsRefused,
  builtins: {
    sha256: (input) =>
      new Uint8Array(builtin('node:crypto').createHash('sha256').update(input).digest()),
    // Node has it from 20.15 and 22.2 on, and does not give way to an exception where it has none.
    crc32: (input, value) => builtin('node:zlib').crc32?.(input, value),
  },
  loadNative() {
    const require = builtin('node:module').createRequire(import.meta.url);
    const addon = require('@bytemill/native') as NativeAddon;
    if (addon.VERSION === VERSION) return addon;
    throw new Error(`@bytemill/native has version ${addon.VERSION}, bytemill has ${VERSION}`);
  },
};

export default platform;
