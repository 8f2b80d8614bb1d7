/** The other end of a worker: the thread that started it. */
export interface ParentPort {
  post(message: unknown, transfer?: Transferable[]): void;
}

/** What a Web Worker's global offers; the page's own types are not it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Connects to the thread that started this worker, in any runtime. */
export function connect(onMessage: (message: unknown) => void): ParentPort {
  const parent = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort;
  if (parent) {
    parent.on('message', onMessage);
    return { post: (message, transfer) => parent.postMessage(message, (transfer ?? []) as never) };
  }
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = (event) => onMessage(event.data);
  return { post: (message, transfer) => scope.postMessage(message, transfer ?? []) };
}
