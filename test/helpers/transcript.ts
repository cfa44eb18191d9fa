import { cardKey, lineKey, type Board, type Notifier } from '../../src/core/ports.ts';
import { boardMessage } from '../../src/slack/blocks/board.ts';
import { card } from '../../src/slack/blocks/card.ts';
import { lineMessage, pointer } from '../../src/slack/blocks/line.ts';
import { elementsIn, textsIn } from './blocks.ts';
import { readable, said, stamp } from './reading.ts';

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
  /** Messages in the channel itself now, threads left out, by what they are. */
  standing(): Map<string, number>;
}

const WHERE = {
  storm: 'storm card',
  'storm-end': 'channel',
  held: 'note',
  digest: 'digest',
} as const;

/** The card of a storm changes every half minute; a reader wants to see it this often. */
const LOOK_MINUTES = 15;

/**
 * Keeps what Slack shows as a text to read: the real blocks of cards and lines, people by their
 * names, times by the wall clock of the team. `PING` is what makes a telephone ring. Mentions
 * without a label are many, and are told by their number.
 */
export function transcript(
  clock: () => Date,
  timeZone: string,
  labelOf: (id: string) => string | null,
): Transcript {
  const lines: string[] = [];
  const shown = new Map<string, string>();
  /** Timestamps by key: what `settle` finds. */
  const marks = new Map<string, string>();
  const channel = new Map<string, string>();
  const crowd = new Map<string, number>();
  let crowdAt = '';
  let day = '';
  let ts = 1_000_000;
  const readAs = (markup: string) => readable(markup, clock(), timeZone, nameOf);

  function post(key: string | undefined, what: string | null) {
    const at = `${(ts += 1)}.000100`;
    if (key !== undefined) marks.set(key, at);
    if (what !== null) channel.set(at, what);
    return { ok: true, ts: at } as const;
  }

  function put(where: string, what: string, at = clock()): void {
    const today = said(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
    if (today !== day) lines.push(...(day === '' ? [] : ['']), (day = today));
    lines.push(`  ${stamp(at, timeZone)}  ${where.padEnd(11)} ${what}`);
  }

  /** The many of a minute, on one line, told before whatever comes after them. */
  function tellCrowd(): void {
    if (crowd.size === 0) return;
    const told = [...crowd]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, count]) => `${count} × ${what}`);
    crowd.clear();
    put('the others', told.join(' · '), new Date(crowdAt));
  }

  function write(where: string, what: string): void {
    tellCrowd();
    put(where, what);
  }

  function count(what: string): void {
    const now = clock().toISOString();
    if (now !== crowdAt) tellCrowd();
    crowdAt = now;
    crowd.set(what, (crowd.get(what) ?? 0) + 1);
  }

  function draw(id: string, blocks: unknown, isNew: boolean): void {
    const label = labelOf(id);
    const texts = textsIn(blocks).map(({ text }) => readAs(text));
    if (label === null) {
      if (isNew) count('card');
      return;
    }
    const buttons = elementsIn(blocks, 'button').length;
    // Of a live card the state and what comes next; a closed one is a line by itself.
    const from = texts.findIndex((text) => text.startsWith('@'));
    const rest = texts
      .slice(from + 1)
      .filter((text) => /^(?:asks|reminds|reminder|released|first|claimed|snoozed)/u.test(text));
    const state = buttons === 0 ? (texts[0] ?? '') : rest.join(' · ');
    if (!isNew && shown.get(id) === state) return;
    shown.set(id, state);
    if (isNew) write(label, `card: ${texts[0] ?? ''}`);
    if (state !== '') write(label, isNew ? `      ${state}` : `card: ${state}`);
  }

  function drawBoard(board: Board, at: string): void {
    const message = boardMessage(board, nameOf);
    const texts = textsIn(message.blocks).map(({ text }) => readAs(text));
    const where = WHERE[board.kind];
    // What a storm is made of is looked at now and then; that it began, is led, or ended, at once.
    const slot = Math.floor(clock().getTime() / (LOOK_MINUTES * 60_000));
    const state =
      board.kind === 'storm'
        ? `${slot} ${board.storm.claimedBy ?? ''} ${board.storm.endedAt?.toISOString() ?? ''} ${board.waiting > 0}`
        : texts.join('\n');
    if (shown.get(at) === state) return;
    shown.set(at, state);
    const buttons = elementsIn(message.blocks, 'button').map((one) => `[${buttonText(one)}]`);
    const all = board.kind === 'storm' ? [...texts.filter(isNoButton), buttons.join(' ')] : texts;
    const [first = '', ...others] = all.filter((text) => isNoButton(text) || text.startsWith('['));
    write(where, first);
    for (const other of others.filter(Boolean)) lines.push(`${' '.repeat(indent())}${other}`);
  }

  const indent = () => stamp(clock(), timeZone).length + 18;

  function tellLine(label: string | null, text: string, button: string): void {
    if (label !== null) return write(`  ${label} thread`, `${text}${button}`);
    count(text.includes('PING') ? text : (/^[^:,(]*/u.exec(text)?.[0] ?? '').trim());
  }

  const notifier: Notifier = {
    async postCard(view) {
      draw(view.mention.id, card(view, nameOf).blocks, true);
      return post(cardKey(view.mention.id), 'card');
    },
    async updateCard(view, _channelId, cardTs) {
      draw(view.mention.id, card(view, nameOf).blocks, false);
      return { ok: true, ts: cardTs };
    },
    async postLine(event, mention) {
      const message = lineMessage(event, mention, nameOf, clock());
      const button = message.blocks === undefined ? '' : '  [I see it]';
      tellLine(labelOf(mention.id), readAs(message.text), button);
      return post(lineKey(event.id), null);
    },
    async pointTo(mention, channelId, key) {
      const { text } = pointer(mention, 'https://acme-sample.slack.example/archives/C1/p1');
      write(nameOf(channelId), readAs(text));
      return post(key, null);
    },
    async clearHome() {
      return { ok: true, ts: '' };
    },
    async notice(_workspaceId, channelId, text) {
      write(nameOf(channelId), text);
      return post(undefined, 'notice');
    },
    async remove(_workspaceId, _channelId, gone) {
      if (channel.get(gone) === 'held') write('note', '(gone: nothing is held any more)');
      channel.delete(gone);
      return { ok: true, ts: gone };
    },
    praise: async () => post(undefined, null),
    async postBoard(_workspaceId, board, _channelId, key) {
      const sent = post(key, board.kind);
      // At first it is a heading alone, and is filled at once.
      if (board.kind !== 'digest') drawBoard(board, sent.ts);
      return sent;
    },
    async updateBoard(_workspaceId, board, _channelId, at) {
      drawBoard(board, at);
      return { ok: true, ts: at };
    },
    answers: async () => true,
    async settle({ key }) {
      const found = marks.get(key);
      return found === undefined ? { state: 'missing' } : { state: 'there', ts: found };
    },
  };

  return {
    notifier,
    text() {
      tellCrowd();
      return `${lines.join('\n')}\n`;
    },
    remark: (what) => write('', `(${what})`),
    standing() {
      const counts = new Map<string, number>();
      for (const what of channel.values()) counts.set(what, (counts.get(what) ?? 0) + 1);
      return counts;
    },
  };
}

function buttonText(button: Record<string, unknown>): string {
  return (button['text'] as { text: string }).text;
}

function isNoButton(text: string): boolean {
  return !/^(?:Claim the storm|Next \d+|It is negative|Open)$/u.test(text);
}
