#!/usr/bin/env node
/** `earshot` in a checkout: what has changed since the last build is built first. */
import { ensureBuilt } from './build.js';

await ensureBuilt();
await import('../dist/src/cli.js');
