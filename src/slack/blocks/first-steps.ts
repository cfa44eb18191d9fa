import type { KnownBlock } from '@slack/web-api';
import type { HomeReading } from '../../flows/tell/home.ts';
import { COMMAND } from '../ids.ts';
import { context, header, section } from './message.ts';
import { channel, joined, markup } from './text.ts';

/** What is left to do until Earshot hears something; nothing once all is done. */
export function firstSteps(
  { channelId, keywords, sources }: HomeReading['setUp'],
  mayManage: boolean,
): KnownBlock[] {
  if (channelId !== null && keywords > 0 && sources > 0) return [];
  const place = channelId === null ? markup`the support channel` : channel(channelId);
  const done = (isDone: boolean) => (isDone ? '✅' : '▫️');
  const steps = [
    markup`${done(channelId !== null)} *A channel for the cards.* ${
      channelId === null
        ? markup`Choose it in *Settings* below, then type \`/invite @Earshot\` there.`
        : markup`They go to ${place}.`
    }`,
    markup`${done(keywords > 0)} *A keyword.* In ${place}, type \`${COMMAND} watch "your company" -jobs\`: Earshot explains it, and shows what it would have heard.`,
    markup`${done(sources > 0)} *A source.* Type \`${COMMAND} source add https://...\` with the address of a public place where people talk: a forum, a hashtag, a feed.`,
  ];
  return [
    header('First steps'),
    section(joined(steps, '\n')),
    context(
      mayManage
        ? 'The first look at a source is silent; what is new from then on becomes cards.'
        : 'Admins of the workspace, and the people whom they name in the settings, do this.',
    ),
  ];
}
