// Time limits that a busy machine does not break.

import { readFileSync } from 'node:fs';

/** Clock ticks of /proc/PID/stat: 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;
const POLL_MS = 250;
/** A process that waits for something else than the processor ends after as many times its limit. */
const PATIENCE = 10;

/**
 * @param {number | undefined} pid
 * @returns {number | undefined} CPU time of a process in milliseconds, where the system tells it.
 */
function cpuMs(pid) {
  try {
    // Fields 14 and 15 of proc(5), user and system time; the name, field 2, may have spaces and ends with a parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}

/**
 * Calls `expired` once a process has used an amount of CPU time from now on; of wall time, on systems that do not tell.
 * @param {number | undefined} pid
 * @param {number} limitMs
 * @param {() => void} expired
 * @returns {() => void} Stops the clock.
 */
export function clock(pid, limitMs, expired) {
  const [startCpu, start] = [cpuMs(pid), performance.now()];
  const timer = setInterval(() => {
    const wall = performance.now() - start;
    if (wall < limitMs) return;
    const now = cpuMs(pid);
    const used = now === undefined || startCpu === undefined ? wall : now - startCpu;
    if (used < limitMs && wall < PATIENCE * limitMs) return;
    clearInterval(timer);
    expired();
  }, POLL_MS);
  return () => clearInterval(timer);
}
