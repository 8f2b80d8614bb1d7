import type { Platform, WasmLocation } from './platform.js';
import { Symbols } from './symbols.js';
import { decodeText } from './text.js';

/** A module with names of functions, and what tells lines of Rust from places in it. */
export interface DebugBuild {
  readonly module: WebAssembly.Module;
  readonly symbols: Symbols;
}

/** Loads the debug build that lies beside a module, now. */
export function debugNow(platform: Platform, single: WasmLocation): DebugBuild {
  const at = beside(single);
  if (!platform.readSync) throw new Error('it is not loaded yet: await ready() first');
  return {
    module: new WebAssembly.Module(platform.readSync(at('wasm'))),
    symbols: new Symbols(textOf(platform.readSync(at('map')))),
  };
}

/** Loads the debug build that lies beside a module. */
export async function debugLater(platform: Platform, single: WasmLocation): Promise<DebugBuild> {
  const at = beside(single);
  const [module, map] = await Promise.all([platform.compile(at('wasm')), platform.read(at('map'))]);
  return { module, symbols: new Symbols(textOf(map)) };
}

/** Where the files of the debug build are. Put together here, so that no bundler takes them along unasked. */
function beside(single: WasmLocation): (ending: string) => URL {
  if (!(single instanceof URL))
    throw new Error('this build is a single file, without its debug twin');
  return (ending) => new URL(single.href.replace(/\.wasm$/, `.debug.${ending}`));
}

const textOf = (file: BufferSource): string =>
  decodeText(file instanceof ArrayBuffer ? new Uint8Array(file) : (file as Uint8Array));
