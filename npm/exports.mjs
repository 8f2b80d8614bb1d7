// The exports map of package.json, in one place: conditions are tried from the top.

const js = (name, suffix) => `./dist/${name}${suffix}`;
const types = (name, suffix) => `./dist/types/${name}${suffix}`;

/** What TypeScript sees: the declaration is a CommonJS module where the code is one. */
const declared = (name) => ({
  node: { require: types(name, '.d.cts'), default: types(name, '.d.ts') },
  default: types(name, '.d.ts'),
});

function entry(name) {
  return {
    types: declared(name),
    workerd: js(name, '.workerd.mjs'),
    'edge-light': js(name, '.edge.mjs'),
    node: { require: js(name, '.cjs'), default: js(name, '.mjs') },
    deno: js(name, '.mjs'),
    bun: js(name, '.mjs'),
    browser: js(name, '.web.mjs'),
    default: js(name, '.web.mjs'),
  };
}

/** Made for bundlers, so an ES module only. */
const inline = (name) => ({ types: types(name, '.d.ts'), default: js(name, '.inline.mjs') });

const wasm = (file) => ({ types: types('wasm', '.d.ts'), default: `./dist/${file}` });

/** The wasm files of a family: every build of its modules. */
const wasmFiles = (family, modules) =>
  modules
    .filter(({ name }) => name.split('_')[0] === family)
    .flatMap(({ name, kinds }) => kinds.map((kind) => name + kind));

/** Every path that can be imported. */
export function exportsMap(families, modules) {
  const map = { '.': entry('index'), './inline': inline('index') };
  for (const family of families) {
    map[`./${family}`] = entry(family);
    map[`./${family}/inline`] = inline(family);
    for (const file of wasmFiles(family, modules)) map[`./${file}`] = wasm(file);
  }
  map['./native'] = {
    types: declared('native'),
    node: { require: js('native', '.cjs'), default: js('native', '.mjs') },
    deno: js('native', '.mjs'),
    bun: js('native', '.mjs'),
  };
  map['./package.json'] = './package.json';
  return map;
}

/** The same for TypeScript projects that resolve as Node 10 did, which knew no exports map. */
export function typesVersions(families, modules) {
  const paths = { inline: [types('index', '.d.ts')], native: [types('native', '.d.ts')] };
  for (const family of families) {
    paths[family] = [types(family, '.d.ts')];
    paths[`${family}/inline`] = [types(family, '.d.ts')];
    for (const file of wasmFiles(family, modules)) paths[file] = [types('wasm', '.d.ts')];
  }
  return { '*': paths };
}
