/** How long redaction takes: `npx tsx bench/redact.ts`. */
import { redact } from '../src/core/privacy/redact.ts';

const POST =
  'Third engineer visit cancelled by Acme Broadband. Still waiting, and nobody answers the phone. ' +
  'Call me on 07700 900123 or jo@example.com. Version 1.2.3, paid £45.99 on 24.11.2026.';
/** As most posts are: no detail, and a figure or two. */
const PLAIN =
  'Third engineer visit cancelled by Acme Broadband. I have waited for 2 weeks, called twice, and ' +
  'the line was cut both times. Nobody wrote or called to say why, and the bill still came.';
const ROUNDS = 5000;

for (const [what, text] of Object.entries({ 'with details': POST, without: PLAIN })) {
  for (let i = 0; i < ROUNDS; i++) redact(text);
  const start = process.cpuUsage();
  for (let i = 0; i < ROUNDS; i++) redact(text);
  console.log(`a post of ${text.length} signs ${what}: ${(micros(start) / ROUNDS).toFixed(1)} µs`);
}

for (const piece of [POST, '1', '1 ', '@', 'a@b.', '020 7946 0958 ', 'call me on 1234567 ', '１']) {
  const text = piece.repeat(Math.ceil(1e6 / piece.length)).slice(0, 1e6);
  const before = process.cpuUsage();
  const { found } = redact(text);
  const shown = JSON.stringify(piece.slice(0, 20));
  console.log(
    `a megabyte of ${shown}: ${Math.round(micros(before) / 1000)} ms, ${found.length} found`,
  );
}

/** Processor time since `from`, in microseconds. */
function micros(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return user + system;
}
