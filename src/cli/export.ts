import { CSV_HEAD, csvLine, exportRows, type ExportDeps } from '../flows/export.ts';
import { CommandError, result } from './io.ts';

/** `earshot export --json|--csv`: a row a mention, oldest first. */
export async function exportLog(
  deps: ExportDeps,
  workspaceIds: readonly string[],
  options: { json?: boolean; csv?: boolean },
): Promise<void> {
  if (options.json === options.csv) {
    throw new CommandError('Say which form: earshot export --json, or earshot export --csv.', 2);
  }
  if (options.csv) await result(CSV_HEAD);
  for (const workspaceId of workspaceIds) {
    for await (const row of exportRows(deps, workspaceId)) {
      await result(options.csv ? csvLine(row) : JSON.stringify(row));
    }
  }
}
