import type { Chunk } from './chunk.js';
import { BytemillError } from './error.js';
import { unpack } from './item.js';
import type { FromWorker, ToWorker } from './messages.js';
import type { Platform, Port } from './platform.js';
import type { State } from './state.js';

/** A worker that dies this often with the same inputs is not given them again. */
const MAX_DEATHS = 2;

/**
 * Isolated workers: one pool for all families. Each worker instantiates a module of its own from the compiled one, so
 * that no SharedArrayBuffer is needed, a trap costs one worker's instance, and `terminate()` stops a running kernel.
 */
export class Pool {
  readonly #state: State;
  readonly #queue: Chunk[] = [];
  readonly #workers = new Set<Member>();
  readonly #instead: (chunk: Chunk) => void;
  #everStarted = false;
  #broken = false;

  /** `instead` takes the work when it turns out that no worker can be started here. */
  constructor(state: State, instead: (chunk: Chunk) => void) {
    this.#state = state;
    this.#instead = instead;
  }

  /** Workers alive. */
  get size(): number {
    return this.#workers.size;
  }

  /** Bytes of wasm memory that the workers hold, by their last answers. */
  get memoryBytes(): number {
    return [...this.#workers].reduce((sum, worker) => sum + worker.memoryBytes, 0);
  }

  /** Queues inputs for the next free worker. */
  submit(chunk: Chunk): void {
    this.#queue.push(chunk);
    this.#pump();
  }

  /** Ends all workers; work in flight is queued again. */
  close(): void {
    for (const worker of this.#workers) worker.end();
  }

  #pump(): void {
    while (this.#queue.length > 0 && !this.#broken) {
      const worker = [...this.#workers].find((candidate) => candidate.idle) ?? this.#grow();
      if (!worker) break;
      const chunk = this.#queue.shift() as Chunk;
      chunk.prune();
      if (chunk.entries.length > 0) worker.run(chunk);
    }
    if (this.#broken) for (const chunk of this.#queue.splice(0)) this.#instead(chunk);
  }

  #grow(): Member | undefined {
    const { platform, config, counters } = this.#state;
    if (this.#workers.size >= config.concurrency) return undefined;
    try {
      const worker = new Member(
        this.#state,
        startPort(platform),
        (chunk, why) => this.#left(worker, chunk, why),
        () => {
          this.#everStarted = true;
          this.#pump();
        },
      );
      this.#workers.add(worker);
      counters.workersStarted++;
      return worker;
    } catch (error) {
      this.#break(String(error));
      return undefined;
    }
  }

  /** A worker is gone: what it was doing is tried again, unless it is what killed it. */
  #left(worker: Member, chunk: Chunk | undefined, why: Leaving): void {
    this.#workers.delete(worker);
    // Workers that did start before show that they can be started: then this is one that died early.
    if (why.kind === 'unstartable' && !this.#everStarted) this.#break(why.message);
    if (chunk) {
      if (why.kind === 'died' || (why.kind === 'unstartable' && !this.#broken)) chunk.deaths++;
      chunk.kill = undefined;
      if (chunk.deaths >= MAX_DEATHS && chunk.entries.length > 1) {
        // Somebody in it kills workers: alone, each finds out for itself.
        const parts = chunk.entries.map((entry) => chunk.with([entry]));
        for (const part of parts) part.deaths = MAX_DEATHS - 1;
        this.#queue.unshift(...parts);
      } else if (chunk.deaths >= MAX_DEATHS) {
        const message = `a worker ended without an answer (${'message' in why ? why.message : why.kind})`;
        chunk.fail(new BytemillError('ERR_INTERNAL', message, { kernel: chunk.family.name }));
      } else {
        this.#queue.unshift(chunk);
      }
    }
    this.#pump();
  }

  #break(message: string): void {
    this.#broken = true;
    this.#state.notices.push(
      `workers cannot be started, so kernels run on the calling thread: ${message}`,
    );
  }
}

function startPort(platform: Platform): Port {
  if (!platform.spawn) throw new Error(`${platform.runtime} has no workers`);
  return platform.spawn('worker');
}

type Leaving =
  | { readonly kind: 'unstartable'; readonly message: string }
  | { readonly kind: 'died'; readonly message: string }
  | { readonly kind: 'killed' }
  | { readonly kind: 'ended' };

/** One worker and what it is doing. */
class Member {
  readonly #state: State;
  readonly #port: Port;
  readonly #leave: (chunk: Chunk | undefined, why: Leaving) => void;
  readonly #free: () => void;
  readonly #modules = new Set<string>();
  /** What its instances held when it answered last. */
  memoryBytes = 0;
  #chunk: Chunk | undefined;
  #started = false;
  #gone = false;
  #serial = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    state: State,
    port: Port,
    leave: (chunk: Chunk | undefined, why: Leaving) => void,
    free: () => void,
  ) {
    this.#state = state;
    this.#port = port;
    this.#leave = leave;
    this.#free = free;
    port.listen(
      (message) => this.#receive(message as FromWorker),
      (error) => this.#go({ kind: this.#started ? 'died' : 'unstartable', message: reason(error) }),
    );
    port.hold(false);
  }

  get idle(): boolean {
    return this.#chunk === undefined && !this.#gone;
  }

  run(chunk: Chunk): void {
    clearTimeout(this.#idleTimer);
    this.#chunk = chunk;
    this.#port.hold(true);
    chunk.kill = () => {
      this.#state.counters.workersKilled++;
      this.#go({ kind: 'killed' });
    };
    const module = chunk.family.loaded;
    if (module) this.#send(chunk, module);
    else {
      chunk.family.module().then(
        (compiled) => this.#send(chunk, compiled),
        (error) => {
          if (this.#chunk !== chunk) return;
          chunk.fail(error);
          this.#rest();
        },
      );
    }
  }

  end(): void {
    this.#go({ kind: 'ended' });
  }

  #send(chunk: Chunk, module: WebAssembly.Module): void {
    if (this.#chunk !== chunk || this.#gone) return;
    const { id: family, name: kernel, symbols } = chunk.family;
    if (!this.#modules.has(family)) {
      this.#modules.add(family);
      this.#post({ type: 'module', family, kernel, module, debug: symbols !== undefined });
    }
    chunk.prune();
    const { packed, lengths } = packInputs(chunk);
    const { config, counters } = this.#state;
    counters.batches++;
    counters.items += chunk.entries.length;
    this.#post(
      {
        type: 'run',
        id: ++this.#serial,
        family,
        op: chunk.spec.id,
        row: chunk.row,
        packed,
        lengths,
        limits: {
          highWaterBytes: config.highWaterBytes,
          maxMemoryBytes: config.maxMemoryBytes,
        },
      },
      [packed, lengths],
    );
  }

  #post(message: ToWorker, transfer?: Transferable[]): void {
    this.#port.post(message, transfer);
  }

  #receive(message: FromWorker): void {
    this.#started = true;
    const chunk = this.#chunk;
    if (message.type === 'ready' || !chunk || message.id !== this.#serial) return;
    if (message.type === 'failed' && message.exhausted) {
      collectHere();
      return void this.#go({ kind: 'died', message: message.message });
    }
    if (message.type === 'done') {
      this.memoryBytes = message.memoryBytes;
      chunk.settle(unpack(message.items));
    } else chunk.fail(new Error(message.message));
    this.#rest();
  }

  #rest(): void {
    this.#chunk = undefined;
    this.#port.hold(false);
    this.#idleTimer = setTimeout(() => this.end(), this.#state.config.idleMs);
    (this.#idleTimer as { unref?(): void }).unref?.();
    this.#free();
  }

  #go(why: Leaving): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#idleTimer);
    this.#port.terminate();
    const chunk = this.#chunk;
    this.#chunk = undefined;
    this.#leave(chunk, why);
  }
}

/**
 * Gives room to the workers. All threads of a page share the address space of wasm memories (1 TiB in Chromium, 125 of
 * them), but who finds it exhausted collects only his own garbage. So the calling thread, whose lost instances may be
 * what fills it, has to try as well.
 */
function collectHere(): void {
  try {
    new WebAssembly.Memory({ initial: 1 });
  } catch {
    // Then it is not garbage that fills it.
  }
}

/** Copies the inputs of a chunk into one buffer; what it returns can be transferred. */
function packInputs(chunk: Chunk): { packed: ArrayBuffer; lengths: ArrayBuffer } {
  const lengths = Float64Array.from(chunk.entries, (entry) => entry.length);
  const [only] = chunk.entries;
  if (chunk.entries.length === 1 && only?.transfer && ownsBuffer(only.input))
    return { packed: only.input.buffer, lengths: lengths.buffer };
  const packed = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const entry of chunk.entries) {
    packed.set(entry.input, at);
    at += entry.length;
  }
  return { packed: packed.buffer, lengths: lengths.buffer };
}

function ownsBuffer(view: Uint8Array): view is Uint8Array<ArrayBuffer> {
  return view.buffer instanceof ArrayBuffer && view.byteLength === view.buffer.byteLength;
}

function reason(error: unknown): string {
  if (error instanceof Error) return error.message;
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message ? message : 'it could not be loaded';
}
