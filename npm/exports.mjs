// The exports map of package.json, in one place: conditions are tried from the top.

function entry(name) {
  const file = (suffix) => `./dist/${name}${suffix}`;
  return {
    types: `./dist/types/${name}.d.ts`,
    workerd: file('.workerd.mjs'),
    'edge-light': file('.workerd.mjs'),
    node: { require: file('.cjs'), default: file('.mjs') },
    deno: file('.mjs'),
    bun: file('.mjs'),
    browser: file('.web.mjs'),
    default: file('.web.mjs'),
  };
}

/** Every path that can be imported. */
export function exportsMap(families) {
  const map = { '.': entry('index'), './inline': inline('index') };
  for (const family of families) {
    map[`./${family}`] = entry(family);
    map[`./${family}/inline`] = inline(family);
    map[`./${family}.wasm`] = `./dist/${family}.wasm`;
    map[`./${family}.threads.wasm`] = `./dist/${family}.threads.wasm`;
  }
  map['./native'] = {
    types: './dist/types/native.d.ts',
    node: { require: './dist/native.cjs', default: './dist/native.mjs' },
    deno: './dist/native.mjs',
    bun: './dist/native.mjs',
  };
  map['./package.json'] = './package.json';
  return map;
}

function inline(name) {
  return { types: `./dist/types/${name}.d.ts`, default: `./dist/${name}.inline.mjs` };
}
