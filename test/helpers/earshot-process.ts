/**
 * Run as a process of its own, so that a test can pull the plug: Earshot with the environment that
 * it is given, writing to a stand-in for Slack without a pace, or with one message in
 * `TEST_POST_MS` milliseconds and channel.
 */
import { readConfig } from '../../src/config.ts';
import { startEarshot } from '../../src/main.ts';

const outcome = readConfig(process.env);
if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
const quick = { calls: 1000, perMs: 1 };
const { TEST_POST_MS: perMs } = process.env;
const post = perMs === undefined ? quick : { calls: 1, perMs: Number(perMs) };
const earshot = await startEarshot(outcome.config, { paces: { post, update: quick } });
process.once('SIGTERM', () => void earshot.stop().then(() => process.exit(0)));
console.log('started');
