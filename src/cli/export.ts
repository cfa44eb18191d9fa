import type { Config } from '../config.ts';
import { CSV_HEAD, csvLine, exportRows } from '../flows/report/export.ts';
import { openBase } from '../base.ts';
import { CommandError, result } from './io.ts';

/** `earshot export --json|--csv`: a row a mention, oldest first. */
export async function exportLog(
  config: Config,
  options: { json?: boolean; csv?: boolean },
): Promise<void> {
  if (options.json === options.csv) {
    throw new CommandError('Say which form: earshot export --json, or earshot export --csv.', 2);
  }
  const { stores, close } = await openBase(config);
  try {
    if (options.csv) await result(CSV_HEAD);
    for (const { id } of await stores.workspaces.list()) {
      for await (const row of exportRows({ stores }, id)) {
        await result(options.csv ? csvLine(row) : JSON.stringify(row));
      }
    }
  } finally {
    await close();
  }
}
