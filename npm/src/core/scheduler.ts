import { Chunk, type Entry, split } from './chunk.js';
import { BytemillError } from './error.js';
import type { Family } from './family.js';
import type { Item } from './item.js';
import { Pool } from './pool.js';
import { type OperationSpec, type Row, sameRow } from './row.js';
import type { State } from './state.js';
import { Twin } from './twin.js';

/** Calls of one tick that will travel together. */
interface Group {
  readonly family: Family;
  readonly spec: OperationSpec;
  readonly row: Row;
  readonly entries: Entry[];
}

/** On the calling thread the event loop gets a turn after this many milliseconds. */
const LOCAL_SLICE_MS = 8;

/** Gathers asynchronous calls and hands them to whatever runs kernels here. */
export class Scheduler {
  readonly #state: State;
  #groups: Group[] = [];
  #waitingItems = 0;
  #waitingBytes = 0;

  constructor(state: State) {
    this.#state = state;
  }

  /** Takes an input; it leaves with its neighbours at the end of this tick. */
  enqueue(family: Family, spec: OperationSpec, row: Row, entry: Entry): void {
    this.#admit(family, entry);
    if (this.#groups.length === 0) queueMicrotask(() => this.#flush());
    const group = this.#groups.findLast(
      (open) => open.spec.id === spec.id && sameRow(open.row, row),
    );
    if (group) group.entries.push(entry);
    else this.#groups.push({ family, spec, row, entries: [entry] });
  }

  /** Takes back an input whose caller no longer wants it, stopping the kernel that works on it. */
  cancel(entry: Entry): void {
    entry.chunk?.kill?.();
  }

  #admit(family: Family, entry: Entry): void {
    const { maxItems, maxBytes } = this.#state.config.queue;
    const full = this.#waitingItems >= maxItems || this.#waitingBytes + entry.length > maxBytes;
    if (full && this.#waitingItems > 0) {
      const message = `${this.#waitingItems} inputs of ${this.#waitingBytes} bytes are waiting already; see queue.maxItems and queue.maxBytes of configure()`;
      throw new BytemillError('ERR_BUSY', message, { kernel: family.name });
    }
    this.#waitingItems++;
    this.#waitingBytes += entry.length;
  }

  /** An input has its answer. */
  release(entry: Entry): void {
    this.#waitingItems--;
    this.#waitingBytes -= entry.length;
  }

  #flush(): void {
    const groups = this.#groups;
    this.#groups = [];
    for (const { family, spec, row, entries } of groups) this.#dispatch(family, spec, row, entries);
  }

  #dispatch(family: Family, spec: OperationSpec, row: Row, entries: readonly Entry[]): void {
    const { config } = this.#state;
    const chunk = (part: readonly Entry[]) => new Chunk(family, spec, row, part);
    if (this.#state.native) {
      for (const part of split(entries, 1)) this.#native(chunk(part));
    } else if (config.backend === 'threads' && this.#threadsRefused(family) === undefined) {
      this.#threads(chunk(entries));
    } else {
      const wide = (entry: Entry) => spec.parallel && entry.length >= config.threadsFromBytes;
      const threaded = config.backend === 'auto' && entries.some(wide) && config.concurrency > 1;
      const useThreads = threaded && this.#threadsRefused(family) === undefined;
      const rest = useThreads ? entries.filter((entry) => !wide(entry)) : entries;
      if (useThreads) for (const entry of entries.filter(wide)) this.#threads(chunk([entry]));
      if (rest.length > 0)
        for (const part of split(rest, config.concurrency)) this.#workers(chunk(part));
    }
  }

  #threadsRefused(family: Family): string | undefined {
    return family.hasThreads ? this.#state.platform.threadsRefused() : 'this build has no threads';
  }

  #workers(chunk: Chunk): void {
    const state = this.#state;
    if (!state.platform.spawn) return void this.#local(chunk);
    state.pool ??= new Pool(state, (left) => void this.#local(left));
    state.pool.submit(chunk);
  }

  #threads(chunk: Chunk): void {
    const { twins } = this.#state;
    const { family } = chunk;
    let twin = twins.get(family.id);
    if (!twin) twins.set(family.id, (twin = new Twin(this.#state, family)));
    this.#follow(chunk, twin.run(chunk), (error) => {
      if (error.code === 'ERR_ABORTED') return this.#threads(chunk);
      if (error.code !== 'ERR_UNAVAILABLE') return chunk.fail(error);
      this.#state.notices.push(error.message);
      this.#workers(chunk);
    });
  }

  #native(chunk: Chunk): void {
    const { native } = this.#state;
    chunk.prune();
    if (!native || chunk.entries.length === 0) return;
    const inputs = chunk.entries.map((entry) => entry.input);
    this.#state.counters.batches++;
    this.#state.counters.items += inputs.length;
    this.#follow(chunk, native.async(chunk.spec.id, chunk.row, inputs), (error) =>
      chunk.fail(error),
    );
  }

  #follow(chunk: Chunk, running: Promise<Item[]>, failed: (error: BytemillError) => void): void {
    running.then(
      (items) => chunk.settle(items),
      (error) => {
        chunk.kill = undefined;
        if (chunk.entries.every((entry) => entry.settled)) return;
        if (error instanceof BytemillError) failed(error);
        else chunk.fail(error);
      },
    );
  }

  /** Where there are no workers: on the calling thread, giving the event loop a turn between inputs. */
  async #local(chunk: Chunk): Promise<void> {
    const { config, counters } = this.#state;
    try {
      await chunk.family.module();
      const runner = chunk.family.runner();
      chunk.prune();
      counters.batches++;
      counters.items += chunk.entries.length;
      let sliceEnd = 0;
      for (const entry of chunk.entries) {
        if (performance.now() >= sliceEnd) {
          await new Promise((resolve) => setTimeout(resolve));
          sliceEnd = performance.now() + LOCAL_SLICE_MS;
        }
        if (entry.settled) continue;
        entry.settle(runner.one(chunk.spec.id, chunk.row, entry.input, config));
      }
    } catch (error) {
      chunk.fail(error);
    }
  }
}
