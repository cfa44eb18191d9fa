import type { Source } from '../core/source.ts';
import { feed } from './feed.ts';

/** Every source, the most specific first: what somebody typed is offered to them in this order. */
export const sources: readonly Source[] = [feed];
