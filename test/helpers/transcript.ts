import { instantOf, offsetMs, wallOf } from '../../src/core/zone.ts';
import type { Notifier } from '../../src/core/ports.ts';
import { card } from '../../src/slack/blocks/card.ts';
import { lineMessage, pointer } from '../../src/slack/blocks/line.ts';
import { elementsIn, textsIn } from './blocks.ts';

const NAMES: Readonly<Record<string, string>> = {
  ...{ U1SAM: 'Sam', U2KIM: 'Kim', U3ALEX: 'Alex', S1LEADS: 'the leads', system: 'Earshot' },
  ...{ C1: '#support', C2OPS: '#ops' },
};
const nameOf = (id: string) => NAMES[id] ?? id;

export interface Transcript {
  /** What a person in the channel would have seen, in order. */
  text(): string;
  /** Something that happened beside Slack. */
  remark(what: string): void;
  notifier: Notifier;
  /** Throws before Slack hears of the next line: the plug. */
  pullPlug(): void;
}

/**
 * Keeps what Slack shows as a text to read: the real blocks of cards and lines, people by their
 * names, times by the wall clock of the team. `PING` is what makes a telephone ring.
 */
export function transcript(clock: () => Date, timeZone: string, labelOf: (id: string) => string) {
  const lines: string[] = [];
  const shown = new Map<string, string>();
  let day = '';
  let ts = 1_000_000;
  let isPlugPulled = false;
  const sent = () => ({ ok: true, ts: `${(ts += 1)}.000100` }) as const;

  function write(where: string, what: string): void {
    const today = said(clock(), timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
    if (today !== day) lines.push(...(day === '' ? [] : ['']), (day = today));
    lines.push(`  ${stamp(clock(), timeZone)}  ${where.padEnd(11)} ${what}`);
  }

  function readable(markup: string): string {
    return markup
      .replace(/<@([A-Z0-9]+)>|<!subteam\^([A-Z0-9]+)>/gu, (_, a, b) => `PING ${nameOf(a ?? b)}`)
      .replace(/<#([A-Z0-9]+)>/gu, (_, id: string) => nameOf(id))
      .replace(/<!date\^(\d+)\^([^|]*)\|[^>]*>/gu, (_, seconds: string, format: string) =>
        moment(Number(seconds) * 1000, format),
      )
      .replace(/<https?:[^|>]+\|([^>]+)>/gu, '[$1]')
      .replace(/<(https?:[^>]+)>/gu, '$1');
  }

  function moment(ms: number, format: string): string {
    if (format.includes('{ago}')) return away(ms - clock().getTime());
    const at = new Date(ms);
    const isToday = said(at, timeZone, DATE) === said(clock(), timeZone, DATE);
    return isToday || !format.includes('{date')
      ? time(at, timeZone)
      : `${said(at, timeZone, { weekday: 'short' })} ${time(at, timeZone)}`;
  }

  function draw(id: string, blocks: unknown, isNew: boolean): void {
    const texts = textsIn(blocks).map(({ text }) => readable(text));
    const buttons = elementsIn(blocks, 'button').length;
    // Of a live card the state and what comes next; a closed one is a line by itself.
    const from = texts.findIndex((text) => text.startsWith('@'));
    const rest = texts
      .slice(from + 1)
      .filter((text) => /^(?:asks|reminder|released|first|claimed|snoozed)/u.test(text));
    const state = buttons === 0 ? (texts[0] ?? '') : rest.join(' · ');
    const head = isNew ? `card: ${texts[0] ?? ''}` : 'card';
    if (!isNew && shown.get(id) === state) return;
    shown.set(id, state);
    if (isNew) write(labelOf(id), head);
    if (state !== '') write(labelOf(id), isNew ? `      ${state}` : `card: ${state}`);
  }

  const notifier: Notifier = {
    async postCard(view) {
      draw(view.mention.id, card(view, nameOf).blocks, true);
      return sent();
    },
    async updateCard(view, _channelId, cardTs) {
      draw(view.mention.id, card(view, nameOf).blocks, false);
      return { ok: true, ts: cardTs };
    },
    async postLine(event, mention) {
      if (isPlugPulled) throw new Error('the plug');
      const message = lineMessage(event, mention, nameOf, clock());
      const button = message.blocks === undefined ? '' : '  [I see it]';
      write(`  ${labelOf(mention.id)} thread`, `${readable(message.text)}${button}`);
      return sent();
    },
    async pointTo(mention, channelId) {
      const { text } = pointer(mention, 'https://acme-sample.slack.example/archives/C1/p1');
      write(nameOf(channelId), readable(text));
      return sent();
    },
    async notice(_workspaceId, channelId, text) {
      write(nameOf(channelId), text);
      return sent();
    },
    async remove() {
      return sent();
    },
    settle: async () => ({ state: 'missing' }),
    praise: async () => sent(),
    // No story here has a board.
    postBoard: async () => sent(),
    updateBoard: async (_workspaceId, _board, _channelId, boardTs) => ({ ok: true, ts: boardTs }),
  };

  const kept: Transcript = {
    notifier,
    text: () => `${lines.join('\n')}\n`,
    remark: (what) => write('', `(${what})`),
    pullPlug: () => {
      isPlugPulled = true;
    },
  };
  return { ...kept, plugIn: () => (isPlugPulled = false) };
}

const DATE = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;

function said(at: Date, timeZone: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...format }).format(at);
}

function time(at: Date, timeZone: string): string {
  return said(at, timeZone, { hour: '2-digit', minute: '2-digit' });
}

/** On a day on which clocks change, with the name of the time that they show. */
function stamp(at: Date, timeZone: string): string {
  const { date } = wallOf(at, timeZone);
  const [before, after] = [instantOf(date, 0, timeZone), instantOf(date, 1440, timeZone)];
  const changes = offsetMs(before, timeZone) !== offsetMs(after, timeZone);
  const zone = changes ? ({ timeZoneName: 'short' } as const) : {};
  return said(at, timeZone, { hour: '2-digit', minute: '2-digit', ...zone });
}

function away(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const long = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return ms < 0 ? `${long} ago` : `in ${long}`;
}
