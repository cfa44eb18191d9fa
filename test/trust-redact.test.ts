import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { redact } from '../src/core/privacy/redact.ts';
import { plainOf } from './core/privacy/redact-planted.ts';
import { LOOKALIKES } from './trust-lookalikes.ts';
import { drawing, FRAMES, plant, type Detail } from './trust-planted.ts';

/** Lines through `earshot redact --json`; comes back in order. */
async function throughCommand(
  texts: readonly string[],
): Promise<{ text: string; kinds: string[] }[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'redact', '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(texts.map((text, id) => JSON.stringify({ id: String(id), text })).join('\n'));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0);
  const lines = Buffer.concat(chunks).toString().trim().split('\n');
  return lines.map((line, at) => {
    const answer = JSON.parse(line) as { id: string; text: string; kinds: string[] };
    assert.equal(answer.id, String(at));
    return answer;
  });
}

/** Who says "ring me on" gives a number to ring, whatever it looks like. */
const UNCALLED = FRAMES.filter((frame) => !/ring|call|reach/iu.test(frame));

function isLeft({ secrets }: Detail, kept: string): boolean {
  const plain = plainOf(kept);
  return secrets.some((secret) => plain.includes(plainOf(secret)));
}

test('earshot redact --json: of 10,000 texts no planted detail is left, and 1 look-alike in 1,000 touched at the most', async () => {
  const draw = drawing(7);
  const planted = Array.from({ length: 5000 }, () => plant(draw)).filter(
    // Without a setting the command reads bare numbers as the United Kingdom does.
    ({ country, written }) => country !== 'US' || !/^\d{3} \d/u.test(written),
  );
  const lookalikes = Array.from({ length: 10_000 - planted.length }, () =>
    draw.pick(UNCALLED).replace('{}', () => draw.fill(draw.pick(LOOKALIKES))),
  );
  const texts = planted.map(({ written }) => draw.pick(FRAMES).replace('{}', () => written));
  const answers = await throughCommand([...texts, ...lookalikes]);
  assert.equal(answers.length, 10_000);
  const left = planted.flatMap((detail, at) =>
    isLeft(detail, answers[at]!.text) ? [`${detail.form}: ${answers[at]!.text}`] : [],
  );
  assert.deepEqual(left, []);
  const touched = answers
    .slice(planted.length)
    .flatMap(({ text, kinds }, at) => (kinds.length > 0 ? [`${lookalikes[at]} -> ${text}`] : []));
  assert.ok(touched.length <= lookalikes.length / 1000, touched.join('\n'));
});

test('a number is read as the team’s country writes it, and its own numbers go by their shapes', () => {
  const draw = drawing(11);
  for (let i = 0; i < 1500; i++) {
    const detail = plant(draw);
    const text = draw.pick(FRAMES).replace('{}', () => detail.written);
    const kept = redact(text, { country: detail.country }).text;
    assert.ok(!isLeft(detail, kept), `${detail.form}: ${text} -> ${kept}`);
  }
  const shapes = [
    { name: 'order number', pattern: 'AB-######' },
    { name: 'customer number', pattern: 'K########' },
  ];
  const text = 'order ab 123456, customer K12345678, version 1.2.3, AB-12345';
  assert.equal(
    redact(text, { shapes }).text,
    'order [order number], customer [customer number], version 1.2.3, AB-12345',
  );
});
