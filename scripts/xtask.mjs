// `npm start`, `npm test` and the rest: makes sure that cargo is there and hands over to `cargo xtask`.

import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PATH = [process.env.PATH, join(homedir(), '.cargo/bin')].join(delimiter);
const cargo = (args, stdio) =>
  spawnSync('cargo', args, { cwd: root, stdio, env: { ...process.env, PATH } });

if (cargo(['--version'], 'ignore').status !== 0) {
  console.error(
    'Rust is missing: install it from https://rustup.rs, or with your package manager (1.88 or newer), and try again.',
  );
  process.exit(1);
}
const verbs = process.argv.slice(2);
const { status } = cargo(
  ['run', '--quiet', '--profile', 'tool', '--package', 'xtask', '--', ...verbs],
  'inherit',
);
process.exit(status ?? 1);
