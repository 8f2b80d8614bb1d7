import type { Port } from '../core/platform.js';

/** A Web Worker as a port. */
export function webPort(worker: Worker): Port {
  return {
    post: (message, transfer) => worker.postMessage(message, (transfer ?? []) as Transferable[]),
    listen(onMessage, onError) {
      worker.onmessage = (event) => onMessage(event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        onError(event);
      };
      worker.onmessageerror = onError;
    },
    // Pages do not wait for their workers.
    hold() {},
    terminate: () => worker.terminate(),
  };
}

/** Why shared memory cannot reach another thread here: constructing one succeeds everywhere, posting it does not. */
export function sharingRefused(): string | undefined {
  if (globalThis.crossOriginIsolated === false) {
    return 'the page is not cross-origin isolated (Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy)';
  }
  const { port1, port2 } = new MessageChannel();
  try {
    port1.postMessage(new WebAssembly.Memory({ initial: 0, maximum: 1, shared: true }));
    return undefined;
  } catch (error) {
    return `shared memory cannot be posted: ${error}`;
  } finally {
    port1.close();
    port2.close();
  }
}

/** Fetches and compiles a module, also from servers that do not know the type of .wasm files. */
export async function compileFrom(location: URL): Promise<WebAssembly.Module> {
  const response = await fetched(location);
  const typed = response.headers.get('content-type')?.startsWith('application/wasm') === true;
  if (typed && typeof WebAssembly.compileStreaming === 'function')
    return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Fetches a file of the package. */
export async function readFrom(location: URL): Promise<ArrayBuffer> {
  return (await fetched(location)).arrayBuffer();
}

async function fetched(location: URL): Promise<Response> {
  const response = await fetch(location);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${location}`);
  return response;
}
