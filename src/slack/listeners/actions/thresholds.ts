import { calibrationMessage } from '../../blocks/calibration.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { calibrationOf } from '../thresholds.ts';

/** *Thresholds* of a keyword: what each choice would have meant. Everybody may look. */
export async function showThresholds(
  deps: Listening,
  click: Click,
  keywordId: string,
): Promise<void> {
  const table = await calibrationOf(deps, keywordId);
  const gone = sentence(markup`That keyword is not there any more.`);
  await tell(deps, click, table === null ? gone : calibrationMessage(table));
}
