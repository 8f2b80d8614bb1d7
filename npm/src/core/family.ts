import type { ReadySource } from './contract.js';
import { type DebugBuild, debugLater, debugNow } from './debug.js';
import { BytemillError, describe, invalidArgument } from './error.js';
import { fromBase64, type Platform, type WasmLocation, type WasmSource } from './platform.js';
import { Runner } from './runner.js';
import type { State } from './state.js';
import type { Symbols } from './symbols.js';

/** One wasm module of the package: finds, compiles and keeps it. Nothing happens before the first call. */
export class Family {
  /** Its own name, which no other module has: `<family>`, or `<family>_<part>`. */
  readonly id: string;
  /** The family that it belongs to: what errors name. */
  readonly name: string;
  /** The stack of each thread of its twin. */
  readonly stackBytes: number;
  readonly #state: State;
  readonly #platform: Platform;
  readonly #source: WasmSource;
  readonly #loader: string;
  #module: WebAssembly.Module | undefined;
  #threads: WebAssembly.Module | undefined;
  #pending: Promise<WebAssembly.Module> | undefined;
  #runner: Runner | undefined;
  #symbols: Symbols | undefined;

  constructor(
    id: string,
    state: State,
    platform: Platform,
    source: WasmSource,
    loader: string,
    stackBytes: number,
  ) {
    this.id = id;
    this.stackBytes = stackBytes;
    this.name = id.replace(/_.*/, '');
    this.#state = state;
    this.#platform = platform;
    this.#source = source;
    this.#loader = loader;
  }

  /** The compiled module, if it is there already. */
  get loaded(): WebAssembly.Module | undefined {
    return this.#module;
  }

  /** Whether the module is compiled, or can be without waiting. */
  get runsNow(): boolean {
    const { single } = this.#source;
    const here = isModule(single) || typeof single === 'string' || this.#platform.readSync;
    return this.#module !== undefined || Boolean(here);
  }

  /** The instance of the calling thread, if one was needed so far. */
  get instance(): Runner | undefined {
    return this.#runner;
  }

  /** Whether the package brings a threaded build of this family here; debug builds have no threads. */
  get hasThreads(): boolean {
    return this.#source.threads !== undefined && !this.#state.config.debug;
  }

  /** What explains a stack, where the module is a debug build. */
  get symbols(): Symbols | undefined {
    return this.#symbols;
  }

  /** The instance of the calling thread; compiles the module now where the runtime can. */
  runner(): Runner {
    return (this.#runner ??= this.#start(this.#module ?? this.#compileNow()));
  }

  /** An instance for one session alone. */
  session(): Runner {
    return this.#start(this.#module ?? this.#compileNow());
  }

  /** Forgets the module, so that the next call loads the build that is wanted then. */
  reset(): void {
    this.#module = this.#runner = this.#symbols = undefined;
  }

  /** The compiled module; a failure is not remembered, so the next call tries again. */
  async module(from?: ReadySource): Promise<WebAssembly.Module> {
    if (this.#module) return this.#module;
    this.#pending ??= this.#load(from).finally(() => {
      this.#pending = undefined;
    });
    this.#module = await this.#pending;
    return this.#module;
  }

  #start(module: WebAssembly.Module): Runner {
    return new Runner(this.name, module, this.#symbols !== undefined);
  }

  async #load(from: ReadySource | undefined): Promise<WebAssembly.Module> {
    if (from === undefined && this.#state.config.debug) {
      try {
        return this.#debug(await debugLater(this.#platform, this.#source.single));
      } catch (error) {
        this.#noDebug(error);
      }
    }
    return this.#compile(from ?? this.#source.single);
  }

  #debug({ module, symbols }: DebugBuild): WebAssembly.Module {
    this.#symbols = symbols;
    return module;
  }

  #noDebug(error: unknown): void {
    const why = error instanceof Error ? error.message : error;
    const notice = `bytemill/${this.name}: the debug build cannot be had: ${why}`;
    const { notices } = this.#state;
    if (!notices.includes(notice)) notices.push(notice);
  }

  /** The compiled threaded module. */
  async threadsModule(): Promise<WebAssembly.Module> {
    if (!this.#source.threads) throw this.#unavailable('this build has no threads');
    this.#threads ??= await this.#compile(this.#source.threads);
    return this.#threads;
  }

  #compileNow(): WebAssembly.Module {
    const { single } = this.#source;
    const { config } = this.#state;
    const platform = this.#platform;
    if (config.debug) {
      try {
        return (this.#module = this.#debug(debugNow(platform, single)));
      } catch (error) {
        this.#noDebug(error);
      }
    }
    try {
      if (isModule(single)) this.#module = single as WebAssembly.Module;
      else if (typeof single === 'string')
        this.#module = new WebAssembly.Module(fromBase64(single));
      else if (platform.readSync)
        this.#module = new WebAssembly.Module(platform.readSync(single as URL));
    } catch (cause) {
      throw this.#unavailable('its module could not be loaded', cause);
    }
    if (this.#module) return this.#module;
    throw this.#unavailable(
      `it is not loaded yet: await ${this.#loader}() before the first synchronous call`,
    );
  }

  async #compile(from: ReadySource | WasmLocation): Promise<WebAssembly.Module> {
    try {
      const source = await from;
      if (isModule(source)) return source as WebAssembly.Module;
      if (source instanceof URL) return await this.#platform.compile(source);
      if (source === this.#source.single && typeof source === 'string') {
        return await WebAssembly.compile(fromBase64(source));
      }
      if (typeof source === 'string') return await this.#platform.compile(new URL(source));
      if (typeof Response !== 'undefined' && source instanceof Response) {
        if (!source.ok) throw new Error(`the server answered ${source.status} for ${source.url}`);
        return await WebAssembly.compile(await source.arrayBuffer());
      }
      if (source instanceof ArrayBuffer || ArrayBuffer.isView(source))
        return await WebAssembly.compile(source as BufferSource);
      throw invalidArgument(
        this.name,
        `source: expected a URL, Response, WebAssembly.Module or bytes, got ${describe(source)}`,
      );
    } catch (cause) {
      if (cause instanceof BytemillError) throw cause;
      throw this.#unavailable('its module could not be loaded', cause);
    }
  }

  #unavailable(why: string, cause?: unknown): BytemillError {
    const because = cause instanceof Error ? ` (${cause.message})` : '';
    return new BytemillError('ERR_UNAVAILABLE', `bytemill/${this.name}: ${why}${because}`, {
      kernel: this.name,
      cause,
    });
  }
}

/** Also for a module of another realm, which edge runtimes hand out: those fail `instanceof`. */
const isModule = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === '[object WebAssembly.Module]';
