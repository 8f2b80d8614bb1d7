// The table at the end: one line for each place, one column for each suite.

/** Passed, failed and skipped of a list of outcomes. */
export function counts(outcomes) {
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined).length;
  return { passed: outcomes.length - failed - skipped, failed, skipped };
}

/** `12`, or `11 of 12` where something failed; a dot where the suite was not run. */
function cell(outcomes) {
  const { passed, failed } = counts(outcomes);
  if (passed + failed === 0) return '·';
  return failed === 0 ? String(passed) : `${passed} of ${passed + failed}`;
}

/** Prints rows of `{ runtime, backend, outcomes, seconds }`. */
export function printTable(rows) {
  const suites = [...new Set(rows.flatMap(({ outcomes }) => outcomes.map(({ suite }) => suite)))];
  const head = ['runtime', 'backend', ...suites, 'failed', 'skipped', 's'];
  const body = rows.map(({ runtime, backend, outcomes, seconds }) => {
    const { failed, skipped } = counts(outcomes);
    const columns = suites.map((name) => cell(outcomes.filter(({ suite }) => suite === name)));
    return [runtime, backend, ...columns, failed, skipped, seconds.toFixed(1)].map(String);
  });
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((line) => (line[column] ?? '').length)),
  );
  const format = (line) =>
    line
      .map((text, column) =>
        column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]),
      )
      .join('  ');
  console.log([head, widths.map((width) => '-'.repeat(width)), ...body].map(format).join('\n'));
}

/** Prints why tests were skipped, and on which lines of the table. */
export function printReasons(rows) {
  const reasons = new Map();
  for (const { runtime, backend, outcomes } of rows) {
    for (const { skipped, suite, name } of outcomes) {
      if (skipped === undefined) continue;
      const reason = reasons.get(skipped) ?? { places: new Set(), tests: new Set() };
      reasons.set(skipped, reason);
      reason.places.add(`${runtime} ${backend}`);
      reason.tests.add(`${suite}: ${name}`);
    }
  }
  for (const [reason, { places, tests }] of reasons) {
    console.log(`\nskipped, because ${reason} (${[...places].join(', ')}):`);
    for (const test of tests) console.log(`  ${test}`);
  }
}
