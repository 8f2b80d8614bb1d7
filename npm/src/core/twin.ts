import type { Chunk } from './chunk.js';
import { BytemillError } from './error.js';
import type { Family } from './family.js';
import { headBytes, viewsOf, writeHead } from './frame.js';
import { fromError, type Item, unpack } from './item.js';
import type { FromHost, ToHost } from './messages.js';
import type { Port } from './platform.js';
import type { State } from './state.js';
import { noRoom, trapError } from './trap.js';

/** Inputs are copied into shared memory in slices of this size, with a turn of the event loop between them. */
const SLICE_BYTES = 2 << 20;
/** A host that does not answer for this long is given up. Many times what it takes on a busy machine. */
const START_MS = 5_000;
/** How many hosts are tried. */
const START_ATTEMPTS = 3;
/** How long the memory of hosts that have ended is waited for. */
const ROOM_MS = 250;

interface Job {
  readonly chunk: Chunk;
  reserved(address: number): void;
  done(items: Item[]): void;
  fail(error: BytemillError): void;
}

/**
 * The threaded twin of one family: a host worker that owns the instance and its rayon threads. Calls are submitted and
 * announced; nobody waits or spins. After a trap the host, its threads and their memory are thrown away together,
 * because locks in shared memory may still be held.
 */
export class Twin {
  readonly #state: State;
  readonly #family: Family;
  readonly #jobs = new Map<number, Job>();
  #started: Promise<Started> | undefined;
  /** The host that answers now; what an abandoned one still says is not heard. */
  #port: Port | undefined;
  /** What the host and its threads share, while they run. */
  #memory: WebAssembly.Memory | undefined;
  #serial = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: State, family: Family) {
    this.#state = state;
    this.#family = family;
  }

  /** Threads that a job is spread over. */
  get threads(): number {
    return this.#state.config.concurrency;
  }

  /** Bytes of memory that host and threads share. */
  get memoryBytes(): number {
    // Without this, engines may show the length from before another thread grew it.
    this.#memory?.grow(0);
    return this.#memory?.buffer.byteLength ?? 0;
  }

  /** Starts the host and its threads, unless they run already. */
  start(): Promise<Started> {
    this.#started ??= this.#launch().catch((error) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  /** Runs the inputs of a chunk side by side, and a single input on all threads. */
  async run(chunk: Chunk): Promise<Item[]> {
    const { port, memory } = await this.start();
    clearTimeout(this.#idleTimer);
    chunk.prune();
    if (chunk.entries.length === 0) {
      // Everybody gave up while the threads were starting.
      this.#rest(port);
      return [];
    }
    const inputs = chunk.entries.map((entry) => entry.input);
    const id = ++this.#serial;
    const bytes = inputs.reduce(
      (sum, input) => sum + input.length,
      headBytes(chunk.row, inputs.length),
    );
    const { counters } = this.#state;
    counters.batches++;
    counters.items += inputs.length;
    port.hold(true);
    const job = new Promise<Item[]>((resolve, reject) => {
      const reserved = (address: number) => {
        if (address === 0) {
          const item = fromError(noRoom(this.#family.name, bytes));
          return resolve(inputs.map(() => item));
        }
        copyIn(memory, address, chunk).then(() => {
          if (this.#jobs.has(id)) send(port, { type: 'submit', id });
        }, reject);
      };
      this.#jobs.set(id, { chunk, reserved, done: resolve, fail: reject });
    });
    chunk.kill = () => {
      this.#state.counters.workersKilled++;
      this.#collapse(
        port,
        new BytemillError('ERR_ABORTED', 'the call was aborted', { kernel: this.#family.name }),
      );
    };
    send(port, { type: 'reserve', id, bytes });
    try {
      return await job;
    } finally {
      this.#jobs.delete(id);
      if (this.#port === port) this.#rest(port);
    }
  }

  /** Ends host and threads, giving their memory back. */
  async end(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    this.#port = undefined;
    this.#memory = undefined;
    clearTimeout(this.#idleTimer);
    (await started)?.port.terminate();
  }

  #rest(port: Port): void {
    if (this.#jobs.size > 0) return;
    port.hold(false);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => void this.end(), this.#state.config.idleMs);
    (this.#idleTimer as { unref?(): void }).unref?.();
  }

  /**
   * Starts a host, and another one where the first is not heard of: one in ten hosts in Firefox hangs while it starts
   * its second thread. WebKit gives the memory of hosts that have ended back late, and has room for few at a time.
   */
  async #launch(attempts = START_ATTEMPTS): Promise<Started> {
    const { platform, counters } = this.#state;
    const refused = platform.threadsRefused();
    if (refused || !platform.spawn)
      throw this.#unavailable(refused ?? `${platform.runtime} has no workers`);
    const module = await this.#family.threadsModule();
    const port = platform.spawn('threads');
    this.#port = port;
    counters.workersStarted += this.threads + 1;
    const started = await this.#listen(port, module);
    if (typeof started === 'object') return started;
    port.terminate();
    // Ended meanwhile, it is wanted no more.
    if (attempts > 1 && this.#port === port) {
      await new Promise((resolve) => setTimeout(resolve, ROOM_MS));
      if (this.#port === port) return this.#launch(attempts - 1);
    }
    throw this.#unavailable(`threads could not be started: ${started}`);
  }

  /** Waits until a host's threads run; why they do not, where they fail or take too long. Then goes on listening to it. */
  #listen(port: Port, module: WebAssembly.Module): Promise<Started | string> {
    return new Promise((resolve) => {
      const late = `they were not there within ${START_MS / 1000} s`;
      const timer = setTimeout(() => resolve(late), START_MS);
      const failed = (error: unknown) => {
        clearTimeout(timer);
        const text = String((error as { message?: string } | null)?.message ?? error);
        // Of no effect where the threads ran already; there are jobs then.
        resolve(text);
        if (this.#memory && this.#port === port) this.#collapse(port, this.#unavailable(text));
      };
      port.listen((message) => {
        const answer = message as FromHost;
        if (this.#port !== port) resolve('they were ended');
        else if (answer.type === 'listening') {
          const { threads } = this;
          const { maxMemoryBytes } = this.#state.config;
          const { stackBytes } = this.#family;
          send(port, { type: 'start', module, threads, maxMemoryBytes, stackBytes });
        } else if (answer.type === 'ready') {
          clearTimeout(timer);
          this.#memory = answer.memory;
          resolve({ port, memory: answer.memory });
        } else this.#receive(port, answer);
      }, failed);
    });
  }

  #receive(port: Port, message: FromHost): void {
    if (message.type === 'reserved') this.#jobs.get(message.id)?.reserved(message.address);
    else if (message.type === 'done') {
      this.#state.counters.threadedMs += message.ms;
      this.#jobs.get(message.id)?.done(unpack(message.items));
    } else if (message.type === 'trap') this.#trapped(port, message);
  }

  /** A thread trapped. Whose fault it was is only sure where one input was under way; others run again, alone. */
  #trapped(port: Port, trap: { kind: number; text: string; cause: string }): void {
    const error = trapError(this.#family.name, trap.cause, trap);
    const jobs = [...this.#jobs.values()];
    this.#collapse(port, undefined);
    for (const job of jobs) {
      const { entries } = job.chunk;
      if (jobs.length === 1 && entries.length === 1) job.done([fromError(error)]);
      else void this.#again(job);
    }
  }

  async #again(job: Job): Promise<void> {
    for (const entry of job.chunk.entries) {
      if (entry.settled) continue;
      try {
        const [item] = await this.run(job.chunk.with([entry]));
        if (item && !entry.settled) entry.settle(item);
      } catch (error) {
        // The threads are gone, which is no fault of this input: what is left is for whoever takes over.
        if (error instanceof BytemillError) return job.fail(error);
        if (!entry.settled) entry.settle(fromError(this.#unavailable(String(error))));
      } finally {
        entry.chunk = job.chunk;
      }
    }
    job.done([]);
  }

  #collapse(port: Port, error: BytemillError | undefined): void {
    port.terminate();
    if (this.#port !== port) return;
    this.#port = undefined;
    this.#memory = undefined;
    this.#started = undefined;
    clearTimeout(this.#idleTimer);
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    if (error) for (const job of jobs) job.fail(error);
  }

  #unavailable(why: string): BytemillError {
    return new BytemillError('ERR_UNAVAILABLE', `bytemill/${this.#family.name}: ${why}`, {
      kernel: this.#family.name,
    });
  }
}

interface Started {
  readonly port: Port;
  readonly memory: WebAssembly.Memory;
}

function send(port: Port, message: ToHost): void {
  port.post(message);
}

/** A turn of the event loop; timers would be held back to 4 ms in browsers. */
function turn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function copyIn(memory: WebAssembly.Memory, address: number, chunk: Chunk): Promise<void> {
  // Another agent grew the memory: without this, engines may show its old length.
  memory.grow(0);
  const inputs = chunk.entries.map((entry) => entry.input);
  const views = viewsOf(memory.buffer);
  const lengths = writeHead(views, address, chunk.spec.id, chunk.row, inputs.length);
  inputs.forEach((input, index) => {
    views.words[lengths + index] = input.length;
  });
  let at = address + headBytes(chunk.row, inputs.length);
  const target = views.bytes;
  let sinceTurn = 0;
  for (const input of inputs) {
    for (let start = 0; start < input.length; start += SLICE_BYTES) {
      const slice = input.subarray(start, start + SLICE_BYTES);
      target.set(slice, at + start);
      sinceTurn += slice.length;
      if (sinceTurn >= SLICE_BYTES) {
        sinceTurn = 0;
        await turn();
      }
    }
    at += input.length;
  }
}
