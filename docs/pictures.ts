/**
 * Takes the pictures of the README and the guide, from the local workspace in a real browser: `npx tsx
 * docs/pictures.ts`. Everything in them is made up. Needs Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startOutage, waitUntil, type Outage } from '../test/helpers/outage.ts';
import { openBrowser } from '../test/sandbox/browser.ts';

const FOLDER = 'docs/pictures';
const CHANNEL = 'Messages in support-mentions';
const [SAM, ROBIN] = ['U0SAM00001', 'U0ROBIN001'];
/** A digest is about what was found since the last; there was none, so the workspace is two days old. */
const TWO_DAYS_MS = 2 * 24 * 3_600_000;

async function enter(browser: Browser, { url }: Outage, person: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}/?as=${person}`);
  await page.getByRole('heading', { name: '# support-mentions' }).waitFor();
  return page;
}

function messages(page: Page): Locator {
  return page.getByRole('log', { name: CHANNEL }).getByRole('listitem');
}

async function take(what: Locator, name: string): Promise<void> {
  await what.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const clip = await what.boundingBox();
  if (clip === null) throw new Error(`there is no ${name} to be seen`);
  await what.page().screenshot({ path: join(FOLDER, `${name}.png`), clip });
  console.log(`${FOLDER}/${name}.png`);
}

const DIGEST_POSTS = [
  'Is Acme Broadband any good in Samplebridge? My neighbour says that it was slow last winter.',
  'Moved to Acme Broadband last week. Setting up took longer than I hoped, works now.',
  'Does anyone know how long Acme Broadband takes to send the new router?',
].map((text, n) => ({ title: '', text, author: `sample_reader_${n + 1}` }));

async function digest(it: Outage, page: Page): Promise<void> {
  const at = new Date(Date.now() - TWO_DAYS_MS).toISOString();
  await it.db('workspaces').update({ created_at: at });
  await it.db('keywords').update({ digest_threshold: 0.02 });
  await it.say(...DIGEST_POSTS);
  await new Promise((resolve) => setTimeout(resolve, 61_000));
  const now = new Date().toISOString().slice(11, 16);
  await it.stores.workspaces.changeSettings(it.workspaceId, { digestTimes: [now] });
  const shown = messages(page).filter({ hasText: 'under the threshold of a card' });
  await shown.filter({ hasText: 'It is negative' }).first().waitFor();
  await take(shown.first(), 'digest');
}

/** What a newcomer sees in the first minute. */
async function workspace(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1400, height: 760 });
  const shown = messages(page).filter({ hasText: 'Acme Broadband' }).first();
  await shown.getByRole('button', { name: 'Claim' }).click();
  await shown.getByRole('button', { name: 'Release' }).waitFor();
  await shown.getByRole('button', { name: /repl(?:y|ies)/u }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread
    .getByText(/^claimed by/u)
    .first()
    .waitFor();
  await page.screenshot({ path: join(FOLDER, 'card.png') });
  console.log(`${FOLDER}/card.png`);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1180, height: 900 });
}

async function card(it: Outage, page: Page): Promise<void> {
  await it.say({
    title: 'Third visit cancelled',
    text: 'Third engineer visit cancelled by Acme Broadband. Still waiting, and nobody answers the phone.',
    author: 'sample_user',
  });
  const shown = messages(page).filter({ hasText: 'Third engineer visit cancelled by' }).last();
  await shown.getByRole('button', { name: 'Claim' }).waitFor();
  await take(shown, 'guide-card');
}

/** As if the card had been there for forty minutes. */
async function escalation(it: Outage, page: Page): Promise<void> {
  const all = await it.stores.mentions.list(it.workspaceId, { statuses: ['open'] });
  const mention = all.find(({ sourceId }) => sourceId === 'outage');
  const openedAt = new Date(Date.now() - 16 * 60_000).toISOString();
  const older = { opened_at: openedAt, step_rules: '' };
  await it.db('mentions').where({ id: mention!.id }).update(older);
  const level = async () =>
    (await it.stores.mentions.find(it.workspaceId, mention!.id))?.escalationLevel ?? 0;
  await waitUntil('the reminder', async () => (await level()) === 1, 120_000);
  const longAgo = new Date(Date.now() - 31 * 60_000).toISOString();
  await it.db('mentions').where({ id: mention!.id }).update({ opened_at: longAgo, step_rules: '' });
  await waitUntil('the ping', async () => (await level()) === 2, 120_000);
  const shown = messages(page).filter({ hasText: 'Third engineer visit cancelled by' }).last();
  await shown.getByRole('button', { name: /repl(?:y|ies)/u }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('button', { name: 'I see it' }).click();
  await thread
    .getByText(/sees it; the clock waits/u)
    .first()
    .waitFor();
  await shown.getByRole('button', { name: 'Claim' }).click();
  await thread
    .getByText(/^claimed by/u)
    .first()
    .waitFor();
  await take(thread, 'escalation');
  await page.keyboard.press('Escape');
}

async function held(it: Outage, page: Page): Promise<void> {
  await it.stores.workspaces.changeSettings(it.workspaceId, { burstCards: 3 });
  await it.complain(18);
  const note = messages(page).filter({ hasText: /\d+ held/u });
  await note.waitFor();
  await take(note, 'held');
}

async function storm(it: Outage, page: Page, other: Page): Promise<void> {
  await it.stores.workspaces.changeSettings(it.workspaceId, { stormFrom: 40, burstCards: 20 });
  for (let round = 0; round < 3; round += 1) await it.complain(90);
  // A morning's climb instead of one minute: the chart is what a team would see.
  const waiting = await it.stores.mentions.list(it.workspaceId, { statuses: ['detected'] });
  for (const [n, { id }] of waiting.entries()) {
    const share = 1 - Math.sqrt(n / waiting.length);
    const foundAt = new Date(Date.now() - (1 - share) * 100 * 60_000).toISOString();
    await it.db('mentions').where({ id }).update({ found_at: foundAt });
  }
  const started = new Date(Date.now() - 100 * 60_000).toISOString();
  await it.db('storms').update({ started_at: started });
  const shown = messages(page).filter({ hasText: /Storm: \d+ mentions/u });
  await shown.getByRole('button', { name: 'Claim the storm' }).click();
  await shown.getByText('In the hands of').waitFor();
  await shown.getByRole('button', { name: 'Next 5' }).click();
  const claimable = messages(other).getByRole('button', { name: 'Claim', exact: true });
  await claimable.last().click();
  await messages(other).getByRole('button', { name: 'Log answer' }).last().waitFor();
  await shown.getByText(/[1-9]\d* claimed/u).waitFor();
  await take(shown, 'storm');
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-pictures-'));
const it = await startOutage(folder, { escalateTo: [ROBIN], digestTimes: [] });
const browser = await openBrowser();
try {
  const sam = await enter(browser, it, SAM);
  const robin = await enter(browser, it, ROBIN);
  await workspace(sam);
  await card(it, sam);
  await escalation(it, robin);
  await digest(it, sam);
  await held(it, sam);
  await storm(it, sam, robin);
} catch (error) {
  for (const [n, page] of browser
    .contexts()
    .flatMap((one) => one.pages())
    .entries()) {
    await page.screenshot({ path: `/tmp/pic-${n}.png` });
  }
  throw error;
} finally {
  await browser.close();
  await it.close();
  rmSync(folder, { recursive: true, force: true });
}
