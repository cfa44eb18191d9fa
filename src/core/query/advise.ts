import type { Query } from './ast.ts';

export interface Advice {
  message: string;
}

export function adviseQuery(_query: Query): Advice[] {
  return [];
}
