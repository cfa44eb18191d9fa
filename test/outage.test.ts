/** Six hundred complaints at the local workspace, and people who work through them in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Mention } from '../src/core/mention.ts';
import { mayNotWait, severityRank } from '../src/core/storm/storm.ts';
import { startOutage, waitUntil } from './helpers/outage.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { openBrowser, skip } from './sandbox/browser.ts';

const COMPLAINTS = 600;
const PATIENCE_MS = 60_000;

async function enter(browser: Browser, url: string, person: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${url}/?as=${person}`);
  await page.getByRole('heading', { name: '# support-mentions' }).waitFor();
  return page;
}

function messages(page: Page): Locator {
  return page
    .getByRole('log', { name: 'Messages in support-mentions' })
    .getByRole('listitem')
    .filter({ hasNotText: 'joined' });
}

test(
  'six hundred complaints are one readable channel, worked through by severity and age',
  { skip },
  async (t) => {
    const it = await startOutage(temporaryFolder(t), { stormFrom: 20, burstCards: 10 });
    t.after(() => it.close());
    const browser = await openBrowser();
    t.after(() => browser.close());
    const sam = await enter(browser, it.url, 'U0SAM00001');
    const storm = messages(sam).filter({ hasText: /Storm: \d+ mentions/u });
    const all = () => it.stores.mentions.list(it.workspaceId, {}, { limit: 5000 });
    const heard = async () => (await all()).filter(({ sourceId }) => sourceId === 'outage');

    await t.test('all are heard, and the channel shows one storm card and few others', async () => {
      for (let round = 0; round < 4; round += 1) await it.complain(COMPLAINTS / 4);
      await storm.getByRole('button', { name: 'Claim the storm' }).waitFor();
      await waitUntil('all are stored', async () => (await heard()).length === COMPLAINTS);
      await waitUntil('those in danger have their cards', async () =>
        (await heard()).every(
          ({ status, verdict }) => status !== 'detected' || !mayNotWait(verdict.severity),
        ),
      );
      assert.equal(await storm.count(), 1);
      const shown = await messages(sam).count();
      assert.ok(shown < 60, `${shown} messages in the channel`);
      const urgent = (await heard()).filter(({ verdict }) => mayNotWait(verdict.severity));
      assert.ok(urgent.length >= 3, `${urgent.length} are in danger`);
      for (const { status } of urgent) assert.notEqual(status, 'detected');
    });

    await t.test('one person leads, and everybody sees who', async () => {
      const robin = await enter(browser, it.url, 'U0ROBIN001');
      await storm.getByRole('button', { name: 'Claim the storm' }).click();
      await messages(robin).getByText('In the hands of Sam').waitFor();
      assert.equal(await robin.getByRole('button', { name: 'Claim the storm' }).count(), 0);
      await robin.close();
    });

    await t.test('the next five are the worst and oldest of those that wait', async () => {
      const waiting = async () => (await heard()).filter(({ status }) => status === 'detected');
      for (let round = 0; round < 2; round += 1) {
        const before = await waiting();
        await storm.getByRole('button', { name: 'Next 5' }).click();
        await waitUntil(
          'five have come up',
          async () => (await waiting()).length <= before.length - 5,
        );
        const after = new Set((await waiting()).map(({ id }) => id));
        const taken = before.filter(({ id }) => !after.has(id));
        assert.equal(taken.length, 5);
        const least = Math.max(...taken.map(rank));
        for (const one of before.filter(({ id }) => after.has(id))) {
          assert.ok(rank(one) >= least, 'nothing worse is left behind');
          if (rank(one) === least) {
            assert.ok(taken.every((took) => rank(took) < least || took.foundAt <= one.foundAt));
          }
        }
      }
    });

    await t.test('each is answered or dismissed on its own, from its card', async () => {
      const cards = messages(sam).filter({ hasText: 'Acme users forum (sample)' });
      const open = cards.filter({ has: sam.getByRole('button', { name: 'Claim', exact: true }) });
      await open.last().getByRole('button', { name: 'Claim', exact: true }).click();
      const mine = cards.filter({ has: sam.getByRole('button', { name: 'Log answer' }) });
      await mine.last().getByRole('button', { name: 'Log answer' }).click();
      const dialog = sam.getByRole('dialog');
      const href = await mine
        .last()
        .getByRole('link', { name: /Open post/u })
        .getAttribute('href');
      await dialog.getByLabel(/Address of your public reply/u).fill(`${href}#reply-1`);
      await dialog.getByRole('button', { name: 'Log answer' }).click();
      await dialog.waitFor({ state: 'detached' });
      await waitUntil('it is answered', async () =>
        (await heard()).some(({ status }) => status === 'answered'),
      );
      await open.last().getByRole('button', { name: 'Dismiss' }).click();
      await dialog.getByText('Already solved').click();
      await dialog.getByRole('button', { name: 'Dismiss' }).click();
      await dialog.waitFor({ state: 'detached' });
      await waitUntil('it is dismissed', async () =>
        (await heard()).some(({ status }) => status === 'dismissed'),
      );
    });

    await t.test('every complaint is answered, dismissed, open, or visibly waiting', async () => {
      const count = async (status: Mention['status']) =>
        (await heard()).filter((one) => one.status === status).length;
      const counted = [];
      for (const status of ['answered', 'dismissed', 'claimed', 'open', 'detected'] as const) {
        counted.push(await count(status));
      }
      assert.equal(
        counted.reduce((sum, one) => sum + one, 0),
        COMPLAINTS,
      );
      const waiting = async () =>
        (await all()).filter(({ status }) => status === 'detected').length;
      assert.ok((await waiting()) > 500);
      // The card is drawn anew at the next look at the clock, and the samples add to what waits.
      await waitUntil(
        'the card says how many wait',
        async () => (await storm.innerText()).includes(`${await waiting()} wait for a card`),
        2 * PATIENCE_MS,
      );
    });

    await t.test('nobody is pinged twice for one thing, and no card stands twice', async () => {
      const log = await it.stores.mentions.log(it.workspaceId, {}, 10_000);
      const pings = log.flatMap((event) =>
        event.type === 'escalated'
          ? event.to.map((id) => `${event.mentionId} ${id} ${event.level}`)
          : [],
      );
      assert.equal(new Set(pings).size, pings.length);
      const cards = (await all()).map(({ cardTs }) => cardTs).filter((ts) => ts !== null);
      assert.equal(new Set(cards).size, cards.length);
      const shown = await messages(sam).count();
      assert.ok(shown < 75, `${shown} messages in the channel`);
    });
  },
);

function rank({ verdict }: Mention): number {
  return severityRank(verdict.severity);
}
