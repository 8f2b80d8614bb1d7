// Projects that run in a process of their own instead of in a page.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './bundled.mjs';
import { root, run } from './workspace.mjs';

/** Runs a command that prints what the client found. */
export async function printsFacts(
  t,
  words,
  { threads = true, threaded = threads, workers = true } = {},
) {
  const said = await run(t.folder, words);
  const line = said.split('\n').findLast((text) => text.startsWith('{'));
  if (!line) throw new Error(`nothing was printed:\n${said}`);
  const facts = JSON.parse(line);
  judge({ ...facts, workers: workers ? facts.workers : 1 }, threads, threaded);
}

/** The Nodes that the set-up of the tests installed, and the one that runs this. */
export async function onEveryNode(t) {
  for (const major of [20, 22, 24, 26]) {
    const installed = join(root, `target/runtimes/node_modules/node${major}/bin/node`);
    const node = existsSync(installed) ? installed : nodeOfPath(major);
    if (!node) continue;
    // Node 20 has no threads: see docs/decisions.md.
    const threads = { threads: major > 20 };
    await t.check(`ESM, Node ${major}`, () => printsFacts(t, [node, 'src/esm.js'], threads));
    await t.check(`CJS, Node ${major}`, () => printsFacts(t, [node, 'src/cjs.cjs'], threads));
    await t.check(`inline, Node ${major}`, () =>
      printsFacts(t, [node, 'src/inline-process.js'], { threads: false }),
    );
    await t.check(`mixed builds, Node ${major}`, () => run(t.folder, [node, 'mixed.js']));
    await t.check(`import, Node ${major}`, () => run(t.folder, [node, 'side-effects.js']));
  }
}

function nodeOfPath(major) {
  const original = process.env.BYTEMILL_FIRST_NODE;
  const [path, version] = original?.split('@v') ?? [];
  return version?.startsWith(`${major}.`) ? path : undefined;
}

export async function bun(t) {
  await t.check('ESM', () => printsFacts(t, ['bun', 'src/esm.js']));
  await t.check('CJS', () => printsFacts(t, ['bun', 'src/cjs.cjs']));
  await t.check('inline', () =>
    printsFacts(t, ['bun', 'src/inline-process.js'], { threads: false }),
  );
}

export async function deno(t) {
  const words = ['deno', 'run', '--no-remote', '--node-modules-dir=manual', '--allow-all'];
  // Threads start slowly there: see docs/runtimes.md.
  await t.check('ESM', () => printsFacts(t, [...words, 'src/esm.js'], { threaded: false }));
  await t.check('inline', () =>
    printsFacts(t, [...words, 'src/inline-process.js'], { threads: false }),
  );
  await t.check('types', () =>
    run(t.folder, ['deno', 'check', '--no-remote', '--node-modules-dir=manual', 'types.ts']),
  );
}

/** Compiled for every kind of resolution, the libraries' declarations included. */
export async function typescript(t) {
  cpSync(join(t.folder, 'main.ts'), join(t.folder, 'main.cts'));
  for (const config of ['nodenext', 'node16', 'bundler', 'without-dom'])
    await t.check(config, () => run(t.folder, ['tsc', '-p', `${config}.json`]));
}

/** What publint and are-the-types-wrong say of the tarball. */
export async function lint(t) {
  await t.check('publint', () => run(t.folder, ['publint', '--strict', t.tarball]));
  const both = ['.', 'brotli', 'dedup', 'hash', 'image', 'lz4', 'pdf', 'zstd', 'native'];
  await t.check('types', () => run(t.folder, ['attw', t.tarball, '--entrypoints', ...both]));
  // The single-file builds and the modules themselves are for ES modules only.
  const rule = ['--ignore-rules', 'cjs-resolves-to-esm'];
  await t.check('types of all entries', () => run(t.folder, ['attw', t.tarball, ...rule]));
}

/** A test runner ends by itself, and says nothing of what was left open. */
export const testRunner = (words) => async (t) => {
  await t.check('tests', async () => {
    const said = await run(t.folder, words, { timeoutMs: 60_000 });
    const complaint = said.match(/.*(open handle|did not exit|hanging|close timed out).*/i);
    if (complaint) throw new Error(said);
  });
};
