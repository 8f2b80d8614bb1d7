import type { Backend, Configuration, Info, ReadySource } from './contract.js';
import { describe, invalidArgument } from './error.js';
import { Family } from './family.js';
import type { Platform, WasmSource } from './platform.js';
import { Scheduler } from './scheduler.js';
import { type State, sharedState } from './state.js';

const BACKENDS: readonly Backend[] = ['auto', 'wasm', 'threads', 'native'];

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
    if (first && platform.backend) this.#choose(platform.backend as Backend);
  }

  /** The family of this name; the first copy of the package that asks for it says where its wasm is. */
  family(name: string, source: WasmSource): Family {
    const { families } = this.state;
    let family = families.get(name);
    // With its own platform: the first copy of all may be a single-file build, which reads no files.
    if (!family) families.set(name, (family = new Family(name, this.#platform, source)));
    return family;
  }

  /** Changes settings; what is not named stays. */
  configure(changes: Partial<Configuration>): void {
    const { config } = this.state;
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) continue;
      if (!(name in config))
        throw invalidArgument('bytemill', `configure: there is no setting ${JSON.stringify(name)}`);
      if (name === 'backend') this.#choose(value as Backend);
      else if (Number.isInteger(value) && (value as number) >= (name === 'idleMs' ? 0 : 1)) {
        Object.assign(config, { [name]: value });
      } else
        throw invalidArgument(
          'bytemill',
          `${name}: expected a positive whole number, got ${describe(value)}`,
        );
    }
  }

  #choose(backend: Backend): void {
    const { state } = this;
    if (!BACKENDS.includes(backend)) {
      const names = BACKENDS.map((name) => `'${name}'`).join(', ');
      throw invalidArgument(
        'bytemill',
        `backend: expected one of ${names}, got ${describe(backend)}`,
      );
    }
    state.config.backend = backend;
    if (backend !== 'native' || state.native) return;
    try {
      if (!state.platform.loadNative)
        throw new Error(`${state.platform.runtime} loads no native addons`);
      state.native = state.platform.loadNative();
    } catch (error) {
      state.config.backend = 'auto';
      state.notices.push(
        `the native build cannot be used, so wasm is: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  /** What runs, and why. */
  info(version: string): Info {
    const { platform, config, pool, families, counters, notices } = this.state;
    const memory = [...families].map(
      ([name, family]) => [name, family.instance?.memoryBytes ?? 0] as const,
    );
    return {
      version,
      runtime: platform.runtime,
      backend: config.backend,
      threads: platform.threadsRefused() ?? true,
      workers: pool?.size ?? 0,
      concurrency: config.concurrency,
      memoryBytes: Object.fromEntries(memory),
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
