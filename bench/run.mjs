// Compares bytemill with its peers:
//   node bench/run.mjs [--filter TEXT] [--json] [--test] [--rounds N]

import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { cases as compression } from './cases/compression.mjs';
import { cases as dedup } from './cases/dedup.mjs';
import { cases as hash } from './cases/hash.mjs';
import { cases as image } from './cases/image.mjs';
import { cases as pdf } from './cases/pdf.mjs';
import { environment, load } from './environment.mjs';
import { check, measure, measureGroup } from './harness.mjs';
import { measureStart, cases as startup } from './startup.mjs';
import { describeEnvironment, printGroup, printOutcome } from './table.mjs';

const USAGE = `usage: node bench/run.mjs [--filter TEXT] [--json] [--test] [--rounds N]

  --filter TEXT   only cases whose family or name has this text in it
  --json          one JSON document instead of tables
  --test          check every answer once, time nothing; exit code 1 for a wrong one
  --rounds N      most rounds per case (default 9; slow cases get fewer)`;

/** @returns {{ filter: string, json: boolean, test: boolean, rounds: number }} */
function options() {
  try {
    const { values } = parseArgs({
      options: {
        filter: { type: 'string', default: '' },
        json: { type: 'boolean', default: false },
        test: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '9' },
      },
    });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds: expected 1 or more');
    return { ...values, rounds };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** @typedef {import('./harness.mjs').Case | import('./harness.mjs').Group | import('./startup.mjs').StartCase} AnyCase */

/**
 * Why a case cannot be run, if so.
 * @param {AnyCase} benchCase
 */
const reasonAgainst = (benchCase) =>
  'unavailable' in benchCase ? benchCase.unavailable?.() : undefined;

/**
 * Checks the answers of all contenders of a case and times nothing.
 * @param {AnyCase} benchCase
 */
async function test(benchCase) {
  if (!('prepare' in benchCase || 'parts' in benchCase)) {
    measureStart(benchCase, { rounds: 1 });
    return;
  }
  const parts = 'parts' in benchCase ? Object.values(benchCase.parts) : [benchCase.prepare];
  for (const prepare of parts) {
    const { contenders, verify, absent = {} } = await prepare();
    for (const [peer, reason] of Object.entries(absent)) console.log(`absent ${peer}: ${reason}`);
    await check({ contenders, verify });
  }
}

/** @param {AnyCase} benchCase */
function time(benchCase) {
  if ('parts' in benchCase) return measureGroup(benchCase, { rounds });
  return 'prepare' in benchCase
    ? measure(benchCase, { rounds })
    : measureStart(benchCase, { rounds });
}

const { filter, json, test: onlyTest, rounds } = options();

/** @type {AnyCase[]} */
const all = [...compression, ...hash, ...dedup, ...image, ...pdf, ...startup];
const chosen = all.filter(({ family, name }) => `${family} ${name}`.includes(filter));
if (chosen.length === 0) {
  console.error(`no case has ${JSON.stringify(filter)} in its family or name`);
  process.exit(2);
}

const before = load();
if (!json && !onlyTest) console.log(`${describeEnvironment(environment(), before)}\n`);

/** @type {import('./harness.mjs').Outcome[]} */
const outcomes = [];
const skipped = [];
const failed = [];
for (const benchCase of chosen) {
  const { family, name } = benchCase;
  const title = `${family}: ${name}`;
  const reason = reasonAgainst(benchCase);
  if (reason) {
    skipped.push({ family, name, reason });
    // A family that is not there is a failure; threads that this runtime cannot have are not.
    if (!bytemill[family]) failed.push(title);
    if (!json) console.log(`skip  ${title}: ${reason}\n`);
    continue;
  }
  try {
    if (onlyTest) {
      await test(benchCase);
      console.log(`ok    ${title}`);
      continue;
    }
    const outcome = await time(benchCase);
    outcomes.push(outcome);
    if (!json) (outcome.parts ? printGroup : printOutcome)(outcome);
  } catch (error) {
    failed.push(title);
    console.error(`FAIL  ${title}: ${error instanceof Error ? error.message : error}\n`);
  }
}

const after = load();
if (json) {
  const place = { ...environment(), load: { before, after } };
  console.log(JSON.stringify({ environment: place, cases: outcomes, skipped, failed }, null, 2));
} else if (!onlyTest) {
  const busy = `load average ${before[0]} before, ${after[0]} after`;
  console.log(`${busy}; below 1 bytemill is faster; start-up is above an empty process`);
}
await bytemill.close?.();
process.exitCode = failed.length > 0 ? 1 : 0;
