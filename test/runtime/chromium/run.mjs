import { browserPlaces } from '../browser/run.mjs';
import { versionOf } from '../process/run.mjs';
import { quietly } from './flags.mjs';

/** The places that Chromium makes. */
export function chromiumPlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  return browserPlaces(`Chromium ${version.split('.')[0]}`, (address, profile) => ({
    program: path,
    args: ['--headless', ...quietly, `--user-data-dir=${profile}`, address],
  }));
}
