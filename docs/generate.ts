/**
 * Writes the pages that follow from the code: `npx tsx docs/generate.ts`. A test holds them to it.
 */
import { writeFileSync } from 'node:fs';
import { sourcesPrivacy } from './sources-privacy.ts';

writeFileSync('docs/SOURCES-PRIVACY.md', sourcesPrivacy());
