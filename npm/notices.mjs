// Licences of the crates that are compiled into the wasm modules: their texts have to travel with the package.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|unlicense|notice)([-._].*)?$/i;
/** What our own crates contain of others. */
const DATA_NOTICE = /^notice-.*\.txt$/i;

/** One text: who is in it, under what, and every licence once with the crates that it covers. */
export function notices(root) {
  const crates = compiledCrates(root);
  const texts = new Map();
  for (const { name, version, manifest_path } of crates) {
    const folder = dirname(manifest_path);
    for (const file of readdirSync(folder).filter((entry) => LICENCE_FILE.test(entry))) {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
      texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
    }
  }
  for (const { file, text } of dataNotices(root)) texts.set(text, [file]);
  const list = crates.map(({ name, version, license }) => `${name} ${version}: ${license}`);
  const bodies = [...texts].map(
    ([text, names]) => `${'-'.repeat(80)}\n${names.join(', ')}\n\n${text}`,
  );
  return `The WebAssembly modules of bytemill contain these crates.\n\n${list.join('\n')}\n\n${bodies.join('\n\n')}\n`;
}

/** The notices that lie beside data of others in our own crates. */
function dataNotices(root) {
  const crates = join(root, 'crates');
  return readdirSync(crates, { recursive: true })
    .filter((file) => DATA_NOTICE.test(basename(file)))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(crates, file), 'utf8').trim() }));
}

/** The crates that the modules are linked from, without those that only build them. */
function compiledCrates(root) {
  const cargo = (...args) =>
    execFileSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: 256 << 20 });
  const target = 'wasm32-unknown-unknown';
  const features = 'bytemill-core/default,threads';
  const tree = ['tree', '--package=bytemill-wasm', `--features=${features}`, `--target=${target}`];
  const lines = cargo(...tree, '--edges=normal,no-proc-macro', '--prefix=none', '--format={p}');
  // A line is "name v1.2.3", and "(path)" or "(*)" behind it.
  const linked = new Set(lines.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  return JSON.parse(cargo('metadata', '--format-version=1', '--locked'))
    .packages.filter(({ name, version, source }) => source && linked.has(`${name} v${version}`))
    .sort((left, right) => left.name.localeCompare(right.name));
}
