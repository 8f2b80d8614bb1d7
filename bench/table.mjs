// Tables for people.

/**
 * Prints rows with columns as wide as they need; numbers stand right, words left.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function printTable(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const numeric = head.map((_, column) => rows.every((row) => /^[\d.,]*%?$/.test(row[column])));
  const line = (/** @type {readonly string[]} */ cells) =>
    cells
      .map((cell, column) =>
        numeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd();
  console.log(line(head));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(row));
}

/** Three significant digits. @param {number} value */
export const digits = (value) =>
  value >= 100 ? value.toFixed(0) : value === 0 ? '0' : `${Number(value.toPrecision(3))}`;

/** @param {number} value */
export const bytes = (value) => value.toLocaleString('en-US');

/**
 * The table of one case. The quartiles of the rounds' ratios say how far to trust the ratio.
 * @param {import('./harness.mjs').Outcome} outcome
 */
export function printOutcome({
  name,
  family,
  input,
  results,
  ratios,
  spread,
  target,
  metric,
  rounds,
  bytesRatios = {},
  bytesTarget = {},
  absent = {},
}) {
  console.log(`${family}: ${name} (${input}; ${rounds} rounds, ratio of ${metric} time)`);
  const sized = Object.values(results).some((figures) => figures.bytes !== undefined);
  const likened = Object.values(results).some((figures) => figures.ssim !== undefined);
  const rows = Object.entries(results).map(([contender, figures]) => {
    const ratio = ratios[contender];
    const aim = ratio === undefined ? undefined : target?.[contender];
    return [
      contender === 'ours' ? 'bytemill' : contender,
      digits(figures.cpuMs),
      digits(figures.wallMs),
      ...(sized ? [bytes(figures.bytes ?? 0)] : []),
      ...(likened ? [(figures.ssim ?? 0).toFixed(4)] : []),
      ratio === undefined ? '' : digits(ratio),
      spread[contender]?.map(digits).join(' to ') ?? '',
      [verdict(ratio, aim), verdict(bytesRatios[contender], bytesTarget[contender], 'bytes ')]
        .filter(Boolean)
        .join(', '),
    ];
  });
  const more = [...(sized ? ['bytes'] : []), ...(likened ? ['SSIM'] : [])];
  printTable(['contender', 'CPU ms', 'wall ms', ...more, 'ours/peer', 'quartiles', 'target'], rows);
  for (const [peer, reason] of Object.entries(absent)) console.log(`absent: ${peer}: ${reason}`);
  console.log();
}

/**
 * The table of a group: a column of times per part, of sizes where they matter, and the geometric means.
 * @param {import('./harness.mjs').Outcome} outcome
 */
export function printGroup(outcome) {
  const { name, family, input, metric, rounds, ratios, target = {} } = outcome;
  const { parts = {}, bytesRatios = {}, bytesTarget = {} } = outcome;
  console.log(`${family}: ${name} (${input}; ${rounds} rounds, geometric means of ${metric} time)`);
  const all = Object.entries(parts);
  const sized = Object.keys(bytesRatios).length > 0;
  const head = ['contender', ...all.map(([part]) => `${part} ms`)];
  if (sized) head.push(...all.map(([part]) => `${part} bytes`));
  head.push('ours/peer', ...(sized ? ['its bytes'] : []), 'target');
  const rows = Object.keys(all[0][1].results).map((contender) => {
    const figures = all.map(([, { results }]) => results[contender]);
    const ratio = ratios[contender];
    const row = [contender === 'ours' ? 'bytemill' : contender];
    row.push(...figures.map(({ cpuMs, wallMs }) => digits(metric === 'wall' ? wallMs : cpuMs)));
    if (sized) row.push(...figures.map((figure) => bytes(figure.bytes ?? 0)));
    row.push(ratio === undefined ? '' : digits(ratio));
    const size = bytesRatios[contender];
    if (sized) row.push(size === undefined ? '' : digits(size));
    row.push(
      [verdict(ratio, target[contender]), verdict(size, bytesTarget[contender], 'bytes ')]
        .filter(Boolean)
        .join(', '),
    );
    return row;
  });
  printTable(head, rows);
  console.log();
}

/**
 * @param {number | undefined} ratio
 * @param {number | undefined} aim
 */
const verdict = (ratio, aim, what = '') =>
  ratio === undefined || aim === undefined
    ? ''
    : `${what}<= ${digits(aim)} ${ratio <= aim ? 'hit' : 'MISS'}`;

/**
 * @param {ReturnType<typeof import('./environment.mjs').environment>} environment
 * @param {readonly number[]} load
 */
export function describeEnvironment({ node, cpu, cores, platform, backend }, load) {
  const machine = `Node ${node}, ${platform}, ${cores} cores of ${cpu}, backend ${backend}`;
  const busy = load[0] > cores / 2 ? ' (BUSY: trust nothing but clear ratios)' : '';
  return `${machine}\nload average ${load.join(' ')}${busy}`;
}
