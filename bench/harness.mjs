// Measures contenders against each other: interleaved rounds, CPU time, medians, answers checked first.

/**
 * A way to do a case's work. May return a promise, which is then awaited call by call.
 * @typedef {() => unknown} Contender
 */

/**
 * What a case needs to run, made only when the case is run.
 * @typedef {object} Prepared
 * @property {Record<string, Contender>} contenders `ours` and the peers by name; the same work for each.
 * @property {(answer: any, name: string) => unknown} verify Throws where the answer is wrong. May be async.
 * @property {(answer: any) => number} [bytes] Size of the answer, where it matters beside the time.
 * @property {(answer: any) => number | Promise<number>} [ssim] Likeness of the answer to what it should be, of 1.
 * @property {Record<string, string>} [absent] Peers that could not be loaded, and why.
 */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} family
 * @property {string} input What goes in, in words.
 * @property {Record<string, number>} [target] By peer, the ratio ours/peer that must be reached.
 * @property {Record<string, number>} [bytesTarget] By peer, the ratio of sizes ours/peer that must be reached.
 * @property {'cpu' | 'wall'} [metric] What the ratios are made of; CPU time unless told.
 * @property {() => string | undefined} [unavailable] Why this runtime cannot run it.
 * @property {() => Prepared | Promise<Prepared>} prepare
 */

/**
 * Cases that are judged together, by the geometric mean of their ratios.
 * @typedef {object} Group
 * @property {string} name
 * @property {string} family
 * @property {string} input
 * @property {Record<string, number>} [target] By peer, the ratio of times ours/peer that must be reached.
 * @property {Record<string, number>} [bytesTarget] By peer, the ratio of sizes ours/peer that must be reached.
 * @property {'cpu' | 'wall'} [metric]
 * @property {() => string | undefined} [unavailable]
 * @property {Record<string, () => Prepared | Promise<Prepared>>} parts By the name of the part.
 */

/**
 * @typedef {object} Figures
 * @property {number} cpuMs Median CPU time of one call, user and system, all threads of the process.
 * @property {number} wallMs
 * @property {number} [bytes]
 * @property {number} [ssim]
 */

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {string} family
 * @property {string} input
 * @property {string} metric
 * @property {number} rounds
 * @property {Record<string, Figures>} results
 * @property {Record<string, number>} ratios Ours/peer, median of the rounds' ratios; below 1 we are faster.
 * @property {Record<string, [number, number]>} spread Lower and upper quartile of the same.
 * @property {Record<string, number>} [target]
 * @property {boolean} [hit] Whether every target is reached.
 * @property {Record<string, Outcome>} [parts] Of a group, whose ratios are then their geometric means.
 * @property {Record<string, number>} [bytesRatios] Sizes ours/peer: of a group, or where there is a target for them.
 * @property {Record<string, number>} [bytesTarget]
 * @property {Record<string, string>} [absent] Peers that could not be loaded, and why.
 */

/** One contender's part of one round, in milliseconds: long against the clock, short against a preemption. */
const SLICE_MS = 80;
/** Work before anything is measured, so that the engine's optimising compilers are done. */
const WARM_UP_MS = 400;
/** A case does not take longer than about this; slow contenders get fewer rounds. */
const CASE_MS = 20_000;
const MIN_ROUNDS = 3;
const MAX_CALLS = 1_000_000;

/**
 * Runs every contender once and checks its answer.
 * @param {Prepared} prepared
 * @returns {Promise<Record<string, unknown>>} The answers.
 */
export async function check({ contenders, verify }) {
  /** @type {Record<string, unknown>} */
  const answers = {};
  for (const [name, run] of Object.entries(contenders)) {
    try {
      answers[name] = await run();
      await verify(answers[name], name);
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }
  return answers;
}

/**
 * Checks a case, then times it.
 * @param {Case} benchCase
 * @param {{ rounds: number }} options
 * @returns {Promise<Outcome>}
 */
export async function measure(benchCase, options) {
  const { name, family, input, target, bytesTarget, metric = 'cpu' } = benchCase;
  const prepared = await benchCase.prepare();
  const answers = await check(prepared);
  const field = metric === 'wall' ? 'wallMs' : 'cpuMs';

  const runners = [];
  for (const [contender, run] of Object.entries(prepared.contenders)) {
    runners.push({ contender, ...(await calibrate(run)), samples: /** @type {Figures[]} */ ([]) });
  }
  const round = runners.reduce((sum, { sliceMs }) => sum + sliceMs, 0);
  const affordable = Math.max(MIN_ROUNDS, Math.floor(CASE_MS / round));
  const rounds = Math.min(options.rounds, affordable);
  for (let index = 0; index < rounds; index++) {
    for (const { slice, calls, samples } of order(runners, index)) samples.push(await slice(calls));
  }

  /** @type {Outcome} */
  const outcome = { name, family, input, metric, rounds, results: {}, ratios: {}, spread: {} };
  for (const { contender, samples } of runners) {
    outcome.results[contender] = {
      cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
      wallMs: median(samples.map(({ wallMs }) => wallMs)),
      ...(prepared.bytes && { bytes: prepared.bytes(answers[contender]) }),
      ...(prepared.ssim && { ssim: await prepared.ssim(answers[contender]) }),
    };
  }
  const ours = runners.find(({ contender }) => contender === 'ours')?.samples ?? [];
  for (const { contender, samples } of runners) {
    if (contender === 'ours') continue;
    const ratios = samples.map((sample, index) => ours[index][field] / sample[field]);
    outcome.ratios[contender] = median(ratios);
    outcome.spread[contender] = [quantile(ratios, 0.25), quantile(ratios, 0.75)];
  }
  if (prepared.absent && Object.keys(prepared.absent).length > 0) outcome.absent = prepared.absent;
  judge(outcome, target);
  return bytesTarget ? judgeBytes(outcome, bytesTarget) : outcome;
}

/**
 * Adds what sizes were to be, of a case, and whether they are.
 * @param {Outcome} outcome
 * @param {Record<string, number>} bytesTarget
 */
function judgeBytes(outcome, bytesTarget) {
  const { results } = outcome;
  const known = Object.keys(bytesTarget).filter((peer) => results[peer]?.bytes);
  outcome.bytesTarget = Object.fromEntries(known.map((peer) => [peer, bytesTarget[peer]]));
  outcome.bytesRatios = Object.fromEntries(
    known.map((peer) => [peer, (results.ours.bytes ?? 0) / (results[peer].bytes ?? 1)]),
  );
  const { bytesRatios } = outcome;
  const close = known.every((peer) => bytesRatios[peer] <= bytesTarget[peer]);
  outcome.hit = outcome.hit !== false && close;
  return outcome;
}

/**
 * Measures a group, part by part.
 * @param {Group} group
 * @param {{ rounds: number }} options
 * @returns {Promise<Outcome>}
 */
export async function measureGroup(group, options) {
  const { name, family, input, target, bytesTarget, metric = 'cpu' } = group;
  /** @type {Record<string, Outcome>} */
  const parts = {};
  for (const [part, prepare] of Object.entries(group.parts)) {
    parts[part] = await measure(
      { name: `${name}, ${part}`, family, input, metric, prepare },
      options,
    );
  }
  const all = Object.values(parts);
  const rounds = Math.min(...all.map((part) => part.rounds));
  /** @type {Outcome} */
  const outcome = {
    name,
    family,
    input,
    metric,
    rounds,
    results: {},
    ratios: {},
    spread: {},
    parts,
  };
  /** @type {Record<string, number>} */
  const bytesRatios = {};
  for (const peer of Object.keys(all[0].ratios)) {
    outcome.ratios[peer] = geometricMean(all.map(({ ratios }) => ratios[peer]));
    const sizes = all.map(({ results }) => (results.ours.bytes ?? 0) / (results[peer].bytes ?? 0));
    if (sizes.every((ratio) => ratio > 0)) bytesRatios[peer] = geometricMean(sizes);
  }
  if (Object.keys(bytesRatios).length > 0) outcome.bytesRatios = bytesRatios;
  judge(outcome, target);
  if (!bytesTarget) return outcome;
  const close = Object.entries(bytesTarget).every(([peer, ratio]) => !(bytesRatios[peer] > ratio));
  return { ...outcome, bytesTarget, hit: outcome.hit !== false && close };
}

/** @param {number[]} values */
export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/**
 * Adds the targets, and whether they are reached, to an outcome.
 * @param {Outcome} outcome
 * @param {Record<string, number> | undefined} target
 */
export function judge(outcome, target) {
  if (!target) return outcome;
  const known = Object.entries(target).filter(([peer]) => outcome.ratios[peer] !== undefined);
  if (known.length === 0) return outcome;
  outcome.target = Object.fromEntries(known);
  outcome.hit = known.every(([peer, ratio]) => outcome.ratios[peer] <= ratio);
  return outcome;
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @param {number[]} values @param {number} part */
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

/**
 * Rotates the contenders, and turns every second round around: nobody always follows the same neighbour.
 * @template T
 * @param {T[]} list
 * @param {number} round
 * @returns {T[]}
 */
export function order(list, round) {
  const first = Math.floor(round / 2) % list.length;
  const rotated = [...list.slice(first), ...list.slice(0, first)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}

/**
 * Warms a contender up and finds how many calls make a slice. A preemption makes a slice look longer than it
 * is and would leave too few calls in it, so the shortest of three probes decides.
 * @param {Contender} run
 */
async function calibrate(run) {
  const slice = slicer(run);
  let calls = 1;
  let spent = 0;
  let sample = await slice(calls);
  for (; spent < WARM_UP_MS; sample = await slice(calls)) {
    const took = sample.cpuMs * calls;
    spent += Math.max(took, 0.01);
    if (took < SLICE_MS / 8) calls = Math.min(calls * 2, MAX_CALLS);
  }
  let callMs = sample.cpuMs;
  for (let probe = 0; probe < 2 && callMs * calls < SLICE_MS; probe++) {
    callMs = Math.min(callMs, (await slice(calls)).cpuMs);
  }
  calls = Math.min(MAX_CALLS, Math.max(1, Math.round(SLICE_MS / callMs)));
  return { slice, calls, sliceMs: calls * callMs };
}

/**
 * No collection is forced between slices: a full one drops hidden classes that have no instance at the moment, and
 * with them optimised code. It made fzstd 2 times and pdf.js 5 times slower than they are.
 * @param {Contender} run
 * @returns {(calls: number) => Promise<Figures>} Times that many calls; figures are per call.
 */
function slicer(run) {
  const first = run();
  const awaited = first instanceof Promise;
  // The last answer is returned so that no compiler finds the calls unused.
  const sync = (/** @type {number} */ calls) => {
    let last;
    for (let call = 0; call < calls; call++) last = run();
    return last;
  };
  const async = async (/** @type {number} */ calls) => {
    let last;
    for (let call = 0; call < calls; call++) last = await run();
    return last;
  };
  return async (calls) => {
    await first;
    const cpu = process.cpuUsage();
    const wall = performance.now();
    if (awaited) await async(calls);
    else sync(calls);
    const wallMs = (performance.now() - wall) / calls;
    const { user, system } = process.cpuUsage(cpu);
    return { cpuMs: (user + system) / 1000 / calls, wallMs };
  };
}
