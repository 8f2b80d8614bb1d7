import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserPlaces } from '../browser/run.mjs';
import { versionOf } from '../process/run.mjs';

/** Nothing that calls home, asks questions, or opens a page of its own. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.server': '',
};

/** The places that Firefox makes. */
export function firefoxPlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  return browserPlaces(`Firefox ${version.split('.')[0]}`, (address, profile) => {
    const lines = Object.entries(PREFERENCES).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join(''));
    return { program: path, args: ['--headless', '--no-remote', '--profile', profile, address] };
  });
}
