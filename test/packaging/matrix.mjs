// Little projects that install the tarball: every runtime, bundler and test runner that users have.
//
//   npm run test:packaging -- [--only=TEXT]
//
// Tools are installed below target/packaging, once per state of a project's package.json.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projects } from './projects.mjs';
import { startBrowsers } from './runner/browsers.mjs';
import { NotInstalled, pack, prepare, root, versionOf } from './runner/workspace.mjs';

const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7) ?? '';
const seconds = (start) => Math.round((performance.now() - start) / 100) / 10;

/** Runs one project and gives back its line of the table. */
async function runProject(project, tarball, browsers) {
  const { name, tool, run } = project;
  const start = performance.now();
  const row = { project: name, tool: '', checks: 0, result: 'ok', seconds: 0 };
  const failed = [];
  try {
    const folder = prepare(project, tarball);
    row.tool = tool ? versionOf(folder, tool) : `node ${process.version.slice(1)}`;
    const t = {
      folder,
      tarball,
      browsers,
      async check(what, body) {
        row.checks++;
        try {
          await body();
          return true;
        } catch (error) {
          failed.push(what);
          console.error(`${name}: ${what}: ${error.message}\n`);
          return false;
        }
      },
    };
    await run(t);
    row['bundle KB'] = t.size ?? '';
    row['one family KB'] = t.alone ?? '';
  } catch (error) {
    const absent = error instanceof NotInstalled;
    console.error(`${name}: ${error.stack}\n`);
    // Where a tool cannot be had, that is told; where everything has to be there, it is a failure.
    if (absent && !process.env.CI) row.result = 'not installed';
    else failed.push(absent ? 'install' : 'run');
  }
  if (failed.length > 0) row.result = `FAILED: ${failed.join(', ')}`;
  row.seconds = seconds(start);
  console.log(`${name}: ${row.result} (${row.seconds} s)`);
  return row;
}

async function main() {
  const tarball = pack();
  const chosen = projects.filter(({ name }) => name.includes(only));
  const pages = chosen.some((project) => project.pages !== false);
  const browsers = pages ? await startBrowsers(prepare({ name: 'browsers' }, tarball)) : {};
  const missing = ['chromium', 'firefox'].filter((name) => pages && !browsers[name]);
  const rows = [];
  try {
    for (const project of chosen) rows.push(await runProject(project, tarball, browsers));
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
  }
  console.table(rows);
  if (missing.length > 0) console.log(`not installed: ${missing.join(', ')}`);
  const bad = rows.filter(({ result }) => result.startsWith('FAILED'));
  if (process.env.CI && missing.length > 0) bad.push(missing);
  console.log(`${rows.length} projects, ${bad.length} failed`);
  process.exit(bad.length === 0 && rows.length > 0 ? 0 : 1);
}

/** Several tools want Node 22.12: the newest that the set-up of the tests installed takes over. */
const newer = join(root, 'target/runtimes/node_modules/node24/bin/node');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 12)) await main();
else if (existsSync(newer))
  process.exit(
    spawnSync(newer, process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, BYTEMILL_FIRST_NODE: `${process.execPath}@${process.version}` },
    }).status ?? 1,
  );
else throw new Error('Node 22.12 or newer is needed: npm test installs one');
