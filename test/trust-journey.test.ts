/** The promise of forgetting, in a real browser, in the files of the database, and in Slack's. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { readConfig } from '../src/config.ts';
import { exportRows } from '../src/flows/report/export.ts';
import { sweepSource, type AskDeps } from '../src/flows/forget/sweep.ts';
import { startEarshot, type Around, type Earshot } from '../src/main.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { openBrowser, skip } from './sandbox/browser.ts';

/** What they write and are called; words that stand nowhere else. */
const AUTHOR = 'vanishing_sample_handle';
const TITLE = 'Vanishing sample title';
const TEXT =
  'Acme Broadband has been down for a vanishing week, still waiting, nobody answers, awful.';
const TRACES = [AUTHOR, 'anishing sample title', 'vanishing week'];
/** A process starts, polls and posts meanwhile, on a machine that may be busy. */
const PATIENCE = 60_000;
const MINUTE = 60_000;

interface Running {
  earshot: Earshot;
  flows: AskDeps & Around;
  /** Moves the clock by which Earshot sweeps. */
  later(minutes: number): void;
}

/** The local workspace as `npm start` opens it, but for a clock that can be moved on. */
async function start(t: TestContext, folder: string): Promise<Running> {
  const read = readConfig({ PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'earshot.db')}` });
  assert.ok(read.ok, JSON.stringify(read));
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  let flows: (AskDeps & Around) | null = null;
  const earshot = await startEarshot(read.config, {
    around(real) {
      flows = real;
      return { clock };
    },
  });
  t.after(() => earshot.stop());
  return { earshot, flows: flows!, later: (minutes) => void (ahead += minutes * MINUTE) };
}

async function enter(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${url}/?as=U0SAM00001`);
  await page.getByRole('heading', { name: '# support-mentions' }).waitFor();
  return page;
}

function messages(page: Page): Locator {
  return page.getByRole('log', { name: 'Messages in support-mentions' }).getByRole('listitem');
}

/** What is left of them in the files of a folder: which file, and which trace. */
function left(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return TRACES.filter((trace) => bytes.includes(trace)).map((trace) => `${name}: ${trace}`);
    });
}

test(
  'posted, claimed, answered, verified; then its author deletes it, and no byte of them is left, while the figures are',
  { skip },
  async (t) => {
    const folder = temporaryFolder(t);
    const { earshot, flows, later } = await start(t, folder);
    const browser = await openBrowser();
    t.after(() => browser.close());
    const sam = await enter(browser, earshot.url);
    const author = await browser.newPage();
    author.setDefaultTimeout(PATIENCE);
    let workspaceId = '';
    const card = messages(sam).filter({ hasText: 'vanishing week' });

    await t.test('they complain at the sample forum, and the card is there', async () => {
      // The first reading of a place is silent; a sample that arrives says that it is over.
      await messages(sam).filter({ hasText: 'Third engineer visit' }).first().waitFor();
      await author.goto(`${earshot.url}/samples/forum`);
      await author.getByText('Write a post here').click();
      await author.getByLabel('Title').fill(TITLE);
      await author.getByLabel('Text').fill(TEXT);
      await author.getByLabel('As', { exact: true }).fill(AUTHOR);
      await author.getByRole('button', { name: 'Post it' }).click();
      await author.getByRole('heading', { name: TITLE }).waitFor();
      await card.getByText(AUTHOR).first().waitFor();
    });

    await t.test(
      'it is claimed, answered in public, logged, and verified at the source',
      async () => {
        await card.getByRole('button', { name: 'Claim' }).click();
        await card.getByRole('button', { name: 'Log answer' }).waitFor();
        const answering = await browser.newPage();
        answering.setDefaultTimeout(PATIENCE);
        await answering.goto(author.url());
        await answering.getByLabel('Reply in public').fill('Sorry to hear that. It works again.');
        await answering.getByRole('button', { name: 'Reply', exact: true }).click();
        await answering.getByText('Sorry to hear that').first().waitFor();
        await card.getByRole('button', { name: 'Log answer' }).click();
        const dialog = sam.getByRole('dialog');
        await dialog.getByLabel(/Address of your public reply/u).fill(answering.url());
        await dialog
          .getByLabel(/Note/u)
          .fill(`Told ${AUTHOR}, who had been down for a vanishing week.`);
        await dialog.getByRole('button', { name: 'Log answer' }).click();
        await dialog.waitFor({ state: 'detached' });
        await messages(sam).filter({ hasText: 'verified at the source' }).first().waitFor();
      },
    );
    assert.ok(left(folder).length > 0, 'while it is there, it is stored');

    await t.test('they delete it; two looks later it is withdrawn on the card', async () => {
      await author.getByRole('button', { name: 'Delete this post' }).click();
      await author.getByText('Write a post here').waitFor();
      const [workspace] = await flows.stores.workspaces.list();
      workspaceId = workspace!.id;
      const sources = await flows.stores.sources.list(workspaceId);
      const sweep = async (minutes: number) => {
        later(minutes);
        for (const { id } of sources) await sweepSource(flows, workspaceId, id);
      };
      await sweep(26 * 60);
      await sweep(6);
      await messages(sam).filter({ hasText: 'Withdrawn by its author' }).first().waitFor();
      assert.equal(await card.count(), 0);
    });

    await t.test('no byte of them is in any file, nor on the page; the figures are', async () => {
      const page = await sam.content();
      assert.deepEqual(
        TRACES.filter((trace) => page.includes(trace)),
        [],
      );
      await earshot.stop();
      assert.deepEqual(left(folder), []);
      const db = await openDatabase(`sqlite:${join(folder, 'earshot.db')}`);
      t.after(() => db.destroy());
      const rows = [];
      for await (const row of exportRows({ stores: createStores(db) }, workspaceId)) {
        if (row.status === 'withdrawn') rows.push(row);
      }
      assert.equal(rows.length, 1);
      const [row] = rows;
      assert.equal(row?.verified, true);
      assert.ok(row.negativity > 0.5 && row.minutesToAnswer !== null);
      assert.deepEqual(
        row.events.map(({ type }) => type),
        ['posted', 'claimed', 'answered', 'verified', 'withdrawn'],
      );
      assert.match(JSON.stringify(row.events), /\[author\].*\[quotation\]/u);
      assert.doesNotMatch(JSON.stringify(row), /samples\/posts/u);
    });
  },
);
