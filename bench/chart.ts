import { rivals, shown, spread, type Figure, type Section } from './figures.ts';

const WIDTH = 930;
/** As wide as the longest name of a figure, which is cut off otherwise. */
const LABELS = 400;
const BARS = 360;
const ROW = 22;
const HEAD = 34;
const OWN = '#256d5a';
const RIVAL = '#a7b0ad';

/**
 * The figures as bars, an SVG image: the median, and a line from the lowest run to the highest.
 * Rivals share a scale, and so do figures of one section that have none.
 */
export function chart(sections: readonly Section[]): string {
  const parts: string[] = [];
  let y = 12;
  for (const { title, figures } of sections) {
    parts.push(text(12, y + 18, title, 'font-weight="bold" font-size="14"'));
    y += HEAD;
    for (const figure of figures) {
      parts.push(...bar(figure, figures, y));
      y += ROW;
    }
    y += 14;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="12" fill="#1d2523">
<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function rivalsOf(figure: Figure, figures: readonly Figure[]): readonly Figure[] {
  return rivals(figures).find((group) => group.includes(figure)) ?? [figure];
}

/** The highest run among those that a figure is compared with. */
function scaleOf(figure: Figure, figures: readonly Figure[]): number {
  const own = rivalsOf(figure, figures);
  const alone = rivals(figures)
    .filter((group) => group.length === 1)
    .flat();
  const compared = own.length > 1 ? own : alone.filter(({ unit }) => unit === figure.unit);
  return Math.max(...compared.flatMap(({ runs }) => runs));
}

function isOwn({ who }: Figure): boolean {
  return who.startsWith('Earshot');
}

function bar(figure: Figure, figures: readonly Figure[], y: number): string[] {
  const { median, low, high } = spread(figure.runs);
  const scale = scaleOf(figure, figures);
  const group = rivalsOf(figure, figures);
  const name = group.length === 1 ? figure.what : `${figure.what}: ${figure.who}`;
  const at = (value: number) => LABELS + (value / scale) * BARS;
  const middle = y + ROW / 2;
  const width = Math.max(1, at(median) - LABELS).toFixed(1);
  // Where nobody in a group is called Earshot, all of them are.
  const fill = isOwn(figure) || !group.some(isOwn) ? OWN : RIVAL;
  return [
    text(LABELS - 8, middle + 4, name, 'text-anchor="end"'),
    `<rect x="${LABELS}" y="${y + 4}" width="${width}" height="${ROW - 8}" rx="2" fill="${fill}"/>`,
    `<line x1="${at(low).toFixed(1)}" x2="${at(high).toFixed(1)}" y1="${middle}" y2="${middle}" stroke="#1d2523" stroke-width="1.5"/>`,
    text(LABELS + BARS + 12, middle + 4, `${shown(median)} ${figure.unit}`, ''),
  ];
}

function text(x: number, y: number, content: string, attributes: string): string {
  const safe = content.replace(/[&<>]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<text x="${x}" y="${y}" ${attributes}>${safe}</text>`;
}
