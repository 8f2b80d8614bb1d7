import { initSync, initThreadPool } from 'bytemill:glue';
import { readItems, viewsOf } from '../core/frame.js';
import { pack } from '../core/item.js';
import type { FromHost, FromThread, ToHost } from '../core/messages.js';
import { readPanic } from '../core/trap.js';
import { listenToThreads } from './spawner.js';

const PAGE_BYTES = 65_536;
/** 4 MiB, more than any module's data and stack; and 4 GiB, what 32 bits can reach. */
const INITIAL_PAGES = 64;
const MAXIMUM_PAGES = 65_536;
/** What stacks and gaps take beside what a kernel may allocate: 256 MiB. */
const SPARE_PAGES = 4096;

/** Exports of a threaded module; bindings/wasm documents them. */
export interface TwinExports {
  job_reserve(id: number, length: number): number;
  job_submit(id: number): void;
  job_results(id: number): number;
  job_release(id: number): void;
  limit_memory(bytes: number): void;
  panic_text(): number;
}

/** Owns the instance of a threaded twin: reserves, submits, and hands out what the threads announce. */
export class Host {
  readonly #reply: (message: FromHost, transfer?: Transferable[]) => void;
  readonly #exports: TwinExports;
  /** When each running job was submitted. */
  readonly #submitted = new Map<number, number>();
  readonly #memory: WebAssembly.Memory;

  constructor(
    module: WebAssembly.Module,
    { maxMemoryBytes, stackBytes }: { maxMemoryBytes: number; stackBytes: number },
    reply: (message: FromHost, transfer?: Transferable[]) => void,
  ) {
    this.#reply = reply;
    // Engines set aside address space for all of it, and WebKit has little.
    const pages = Math.ceil(maxMemoryBytes / PAGE_BYTES) + SPARE_PAGES;
    const maximum = Math.min(pages, MAXIMUM_PAGES);
    this.#memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared: true });
    listenToThreads({
      stackBytes,
      onMessage: (message) => this.#heard(message),
      // A trap without a panic, such as an exhausted stack: the thread just ends.
      onError: (error) => this.#trapped(String((error as Error)?.message ?? error)),
    });
    this.#exports = initSync({ module, memory: this.#memory, thread_stack_size: stackBytes });
    this.#exports.limit_memory(Math.min(maxMemoryBytes, 2 ** 32 - 1));
  }

  /** Starts the threads; says `ready` when they run. */
  start(threads: number): void {
    initThreadPool(threads).then(
      () => {
        this.#reply({ type: 'ready', memory: this.#memory });
      },
      (error) => {
        // Reported as an error of this worker, which its owner listens to.
        setTimeout(() => {
          throw error;
        });
      },
    );
  }

  /** Takes an order for a job. */
  receive(message: ToHost): void {
    if (message.type === 'reserve') {
      const address = this.#exports.job_reserve(message.id, message.bytes) >>> 0;
      this.#reply({ type: 'reserved', id: message.id, address });
    } else if (message.type === 'submit') {
      this.#submitted.set(message.id, performance.now());
      this.#exports.job_submit(message.id);
    }
  }

  #heard(message: FromThread): void {
    if (message.type === 'panic') this.#trapped('panic');
    if (message.type !== 'notify') return;
    const now = performance.now();
    const ms = now - (this.#submitted.get(message.job) ?? now);
    this.#submitted.delete(message.job);
    this.#memory.grow(0);
    const items = pack(
      readItems(viewsOf(this.#memory.buffer), this.#exports.job_results(message.job)),
    );
    this.#exports.job_release(message.job);
    const { index, bytes, numbers } = items;
    this.#reply({ type: 'done', id: message.job, items, ms }, [
      index.buffer,
      bytes.buffer,
      numbers.buffer,
    ] as ArrayBuffer[]);
  }

  #trapped(cause: string): void {
    const note = readPanic(this.#memory, this.#exports.panic_text());
    this.#reply({ type: 'trap', cause, ...note });
  }
}
