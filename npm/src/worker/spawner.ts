import type { FromThread, ThreadStart } from '../core/messages.js';
import type { Port } from '../core/platform.js';
import { threadPort } from '../entry/thread-port.js';
import { webPort } from '../entry/web-port.js';

/** wasm-bindgen-rayon's side of starting its threads. */
interface Builder {
  numThreads(): number;
  receiver(): number;
  build(): void;
}

/** What the host wants to hear of its threads. */
interface Listener {
  readonly stackBytes: number;
  onMessage(message: FromThread): void;
  onError(error: unknown): void;
}

let listener: Listener | undefined;

/** Says who hears of the threads; before the pool is started. */
export function listenToThreads(to: Listener): void {
  listener = to;
}

function spawn(): Port {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (threads) {
    const options = { execArgv: [], name: 'bytemill thread', resourceLimits: { stackSizeMb: 2 } };
    return threadPort(new threads.Worker(new URL(import.meta.url), options));
  }
  // By its own address rather than by name, which bundlers would try to follow in a circle.
  return webPort(
    new Worker(globalThis.location.href, { type: ownType(), name: 'bytemill thread' }),
  );
}

/** Bundlers make classic scripts of workers, with parts that a module worker could not load: Turbopack, webpack. */
function ownType(): WorkerType {
  const scope = globalThis as unknown as { importScripts(url: string): void };
  try {
    scope.importScripts('data:text/javascript,');
    return 'classic';
  } catch (error) {
    // What a module worker answers; a policy against `data:` is another kind of error. Firefox refuses no empty call.
    return error instanceof TypeError ? 'module' : 'classic';
  }
}

/**
 * Stands in for wasm-bindgen-rayon's `workerHelpers.js`, which knows only the Web, never hears of a failed worker and
 * drops their handles.
 */
export async function startWorkers(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  builder: Builder,
): Promise<void> {
  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const port = spawn();
      port.listen(
        (message) => {
          const news = message as FromThread;
          if (news.type === 'listening') {
            port.post({
              type: 'thread',
              module,
              memory,
              stackBytes: listener?.stackBytes ?? 0,
              receiver: builder.receiver(),
            } satisfies ThreadStart);
          } else if (news.type === 'started') {
            port.hold(false);
            resolve();
          } else listener?.onMessage(news);
        },
        (error) => {
          reject(error);
          listener?.onError(error);
        },
      );
    });
  await Promise.all(Array.from({ length: builder.numThreads() }, start));
  builder.build();
}
