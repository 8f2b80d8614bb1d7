import type { Backend, Info, ReadySource, Settings } from './contract.js';
import { Family } from './family.js';
import { NativeEngine } from './native.js';
import type { Platform, WasmSource } from './platform.js';
import { Scheduler } from './scheduler.js';
import { checked } from './settings.js';
import { type State, sharedState } from './state.js';

/** A module with one function: `i8x16.splat` of 0, dropped. */
const SIMD_PROBE = /* @__PURE__ */ Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic and version
  ...[1, 4, 1, 0x60, 0, 0], // a type: nothing to nothing
  ...[3, 2, 1, 0], // a function of it
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 0x0b], // its code
);

/** The package in one runtime: what `entry/` files make from their {@link Platform}. */
export class Runtime {
  readonly state: State;
  readonly scheduler: Scheduler;
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.state = sharedState(platform);
    const first = this.state.scheduler === undefined;
    this.scheduler = this.state.scheduler ??= new Scheduler(this.state);
    if (first && platform.backend) this.configure({ backend: platform.backend as Backend });
  }

  /** The module of this name; the first copy of the package that asks for it says where its wasm is. */
  family(id: string, source: WasmSource, loader: string, stackBytes: number): Family {
    const { families } = this.state;
    let family = families.get(id);
    // With its own platform: the first copy of all may be a single-file build, which reads no files.
    if (!family) {
      family = new Family(id, this.state, this.#platform, source, loader, stackBytes);
      families.set(id, family);
    }
    return family;
  }

  /** Changes settings; what is not named stays. */
  configure(changes: Settings): void {
    const { config, families, pool } = this.state;
    const { backend, queue, ...others } = checked(config, changes);
    const rebuilt = others.debug !== undefined && others.debug !== config.debug;
    Object.assign(config, others);
    Object.assign(config.queue, queue);
    if (rebuilt) {
      for (const family of families.values()) family.reset();
      pool?.close();
    }
    if (backend !== undefined) this.#choose(backend);
  }

  #choose(backend: Backend): void {
    const { state } = this;
    state.config.backend = backend;
    state.native = backend === 'native' ? this.#addon() : undefined;
  }

  #addon(): NativeEngine | undefined {
    const { state } = this;
    const { platform } = state;
    try {
      if (!platform.loadNative) throw new Error(`${platform.runtime} loads no native addons`);
      state.addon ??= new NativeEngine(platform.loadNative());
      return state.addon;
    } catch (error) {
      state.config.backend = 'auto';
      state.notices.push(
        `the native build cannot be used, so wasm is: ${error instanceof Error ? error.message : error}`,
      );
      return undefined;
    }
  }

  /** What runs, and why. */
  info(version: string): Info {
    const { platform, config, pool, twins, families, counters, notices, addon } = this.state;
    const memory = [...families].map(
      ([id, family]) => [id, family.instance?.memoryBytes ?? 0] as const,
    );
    return {
      version,
      versions: {
        bytemill: version,
        ...(platform.version && { [platform.runtime]: platform.version }),
        ...(addon && { native: addon.version }),
      },
      runtime: platform.runtime,
      backend: config.backend,
      debug: config.debug,
      simd: WebAssembly.validate(SIMD_PROBE),
      threads: platform.threadsRefused() ?? true,
      workers: pool?.size ?? 0,
      concurrency: config.concurrency,
      memoryBytes: Object.fromEntries(memory),
      workerMemoryBytes: [...twins.values()].reduce(
        (sum, twin) => sum + twin.memoryBytes,
        pool?.memoryBytes ?? 0,
      ),
      notices: [...notices],
      counters: { ...counters },
    };
  }

  /** Loads a family's module, from elsewhere if told. */
  async ready(family: Family, source?: ReadySource): Promise<void> {
    await family.module(source);
  }

  /** Ends all workers and threads that are idle or busy; the next call starts new ones. */
  async close(): Promise<void> {
    const { pool, twins } = this.state;
    pool?.close();
    await Promise.all([...twins.values()].map((twin) => twin.end()));
  }
}
