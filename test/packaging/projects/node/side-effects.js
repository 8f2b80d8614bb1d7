// What a server imports to render a page must do nothing: no worker, no request, no timer, nothing global but one symbol.
import { readdirSync } from 'node:fs';

const called = [];
for (const name of ['Worker', 'fetch', 'setTimeout', 'setInterval'])
  globalThis[name] = () => called.push(name);
for (const name of ['compile', 'instantiate', 'compileStreaming'])
  WebAssembly[name] = () => called.push(`WebAssembly.${name}`);
WebAssembly.Module =
  WebAssembly.Instance =
  WebAssembly.Memory =
    class {
      constructor() {
        called.push('new WebAssembly');
      }
    };
const before = { names: Object.keys(globalThis).join(), handles: handles() };

const folder = new URL('node_modules/bytemill/dist/', import.meta.url);
// Workers and threads are started, not imported; the edge runtimes' entries import .wasm, which Node does not.
const entries = readdirSync(folder).filter(
  (name) => /\.[cm]js$/.test(name) && !/workerd|edge|^worker|^threads/.test(name),
);
for (const name of entries) await import(new URL(name, folder));

const names = Object.keys(globalThis).join();
const symbols = Object.getOwnPropertySymbols(globalThis).filter((symbol) =>
  symbol.description.startsWith('bytemill'),
);
if (entries.length < 15) throw new Error(`only ${entries.length} entries`);
if (called.length > 0) throw new Error(`called: ${called}`);
if (names !== before.names || symbols.length > 2) throw new Error(`globals: ${names}`);
if (handles() !== before.handles) throw new Error(`handles: ${handles()}`);

function handles() {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => !/FSReq/.test(kind))
    .join();
}
