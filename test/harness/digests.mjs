// The same bytes out everywhere: compares what places recorded with the committed digests.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../vectors/digests.json', import.meta.url);
const COMMENT =
  'SHA-256 of what each call of test/suite/digests.ts gives, in every runtime and on every backend. ' +
  'Written by: npm run test:matrix -- --only=Node --write-digests';

/** The committed digests, or none where there are none yet. */
export function expectedDigests() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).digests : {};
}

/** Commits to digests. */
export function writeDigests(digests) {
  const sorted = Object.fromEntries(
    Object.entries(digests).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
  writeFileSync(file, `${JSON.stringify({ _comment: COMMENT, digests: sorted }, null, 2)}\n`);
}

/** What is wrong with a place's digests, beginning with the first difference; nothing if they are as expected. */
export function compareDigests(found, expected) {
  const names = Object.keys({ ...expected, ...found });
  const wrong = names.filter((name) => found[name] !== expected[name]);
  const [first] = wrong;
  if (first === undefined) return undefined;
  const shown = (digest) => digest ?? 'nothing';
  return (
    `${wrong.length} of ${names.length} results differ; the first is ${JSON.stringify(first)}: ` +
    `expected ${shown(expected[first])}, got ${shown(found[first])}`
  );
}
