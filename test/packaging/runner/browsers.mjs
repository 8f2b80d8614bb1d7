// Opens pages in headless Chromium and Firefox and waits for what they report.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { quietly } from '../../runtime/chromium/flags.mjs';

const TIMEOUT_MS = 30_000;

const first = (paths) => paths.find((path) => path && existsSync(path));
const chromiumPath = first([
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]);
const firefoxPath = first([process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox']);

/** Starts the browsers that are there; `folder` is where puppeteer is installed. */
export async function startBrowsers(folder) {
  const browsers = {};
  if (chromiumPath)
    browsers.chromium = await playwright.launch({ executablePath: chromiumPath, args: quietly });
  if (firefoxPath && folder) {
    const file = createRequire(join(folder, 'package.json')).resolve('puppeteer-core');
    const { default: puppeteer } = await import(pathToFileURL(file).href);
    browsers.firefox = await puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath });
  }
  return browsers;
}

/** Opens a page; gives back what it reported, or throws with its complaints. `more` may go on with the tab. */
export async function open(browser, url, more) {
  const playwrights = 'newContext' in browser;
  const context = await (playwrights ? browser.newContext() : browser.createBrowserContext());
  const tab = await context.newPage();
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  tab.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
  try {
    await tab.goto(url);
    const patience = { timeout: TIMEOUT_MS };
    const waiting = playwrights ? [undefined, patience] : [patience];
    await tab.waitForFunction(() => globalThis.outcome, ...waiting);
    const { facts, error } = await tab.evaluate(() => globalThis.outcome);
    if (error) throw new Error(error);
    if (complaints.length > 0) throw new Error('the page complained');
    await more?.(tab);
    return facts;
  } catch (error) {
    throw new Error(`${url}: ${error.message}\n${complaints.join('\n')}`, { cause: error });
  } finally {
    await context.close();
  }
}
