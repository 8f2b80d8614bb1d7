import type { Worker } from 'node:worker_threads';
import type { Port } from '../core/platform.js';

/** A worker_threads worker as a port. */
export function threadPort(worker: Worker): Port {
  let ended = false;
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as never),
    listen(onMessage, onError) {
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('messageerror', onError);
      worker.on('exit', (code) => {
        if (!ended) onError(new Error(`it ended with exit code ${code}`));
      });
    },
    hold(alive) {
      if (alive) worker.ref();
      else worker.unref();
    },
    terminate() {
      ended = true;
      void worker.terminate();
    },
  };
}
