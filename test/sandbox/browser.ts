/** A real Chromium for the tests of the page. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = [process.env['CHROMIUM'] ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

/** For `describe`'s option `skip`: a reason where there is no Chromium, except in CI. */
export const skip =
  executablePath === undefined && process.env['CI'] !== 'true'
    ? 'no Chromium on this computer (set CHROMIUM to its path)'
    : false;

export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('There is no Chromium on this computer.');
  return chromium.launch({ executablePath, args: FLAGS });
}
