/** What differs between runtimes. Each file of `entry/` makes one of these. */
export interface Platform {
  /** For `info()`: `'node'`, `'browser'`, `'workerd'`… */
  readonly runtime: string;
  /** The runtime's own version, where it tells. */
  readonly version?: string | undefined;
  /** Backend that the environment asks for. */
  readonly backend?: string | undefined;
  /** Most that a kernel may allocate here, where the runtime itself is small. */
  readonly maxMemoryBytes?: number;
  /** How many kernels may run at once, at most. */
  concurrency(): number;
  /** Reads a module's bytes at once, where the runtime can. */
  readSync?(location: URL): BufferSource;
  /** Reads a file of the package. */
  read(location: URL): Promise<BufferSource>;
  /** Fetches and compiles a module. */
  compile(location: URL): Promise<WebAssembly.Module>;
  /** Starts a worker of the package; none where the runtime has no workers. */
  spawn?(script: WorkerScript): Port;
  /** Smallest input for which threads are worth their start, where that differs from other runtimes. */
  readonly threadsFromBytes?: number | undefined;
  /** Why shared-memory threads cannot be used here, or nothing where they can. */
  threadsRefused(): string | undefined;
  /** Hashes of the runtime's own that are faster than wasm on large inputs. */
  readonly builtins?: Builtins;
  /** Loads the native addon; throws where there is none for this machine. */
  loadNative?(): NativeAddon;
}

/** Hashes that a runtime may have. */
export interface Builtins {
  readonly sha256?: ((input: Uint8Array) => Uint8Array) | undefined;
  readonly crc32?: ((input: Uint8Array, value?: number) => number) | undefined;
}

/** Scripts that run in workers. */
export type WorkerScript = 'worker' | 'threads';

/** A worker of any runtime. */
export interface Port {
  post(message: unknown, transfer?: readonly Transferable[]): void;
  listen(onMessage: (message: unknown) => void, onError: (error: unknown) => void): void;
  /** Whether the worker keeps the process alive. */
  hold(alive: boolean): void;
  terminate(): void;
}

/** Where a family's wasm is: a file, base64 text, or a compiled module. */
export type WasmLocation = URL | string | WebAssembly.Module;

/** The two builds of a family. */
export interface WasmSource {
  readonly single: WasmLocation;
  readonly threads?: WasmLocation;
}

/** The napi build; bindings/napi documents it. */
export interface NativeAddon {
  readonly VERSION: string;
  run(
    op: number,
    cells: Float64Array,
    blob: Uint8Array,
    inputs: readonly Uint8Array[],
  ): NativeItem[];
  runAsync(
    op: number,
    cells: Float64Array,
    blob: Uint8Array,
    inputs: readonly Uint8Array[],
  ): Promise<NativeItem[]>;
}

/** An item as the addon gives it. */
export interface NativeItem {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly numbers: number[];
}

/** Decodes base64 by the fastest means that the runtime has. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> })
    .fromBase64;
  if (native) return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
