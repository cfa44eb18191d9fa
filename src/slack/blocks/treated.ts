import type { Treated } from '../../flows/hear/treat.ts';
import { sentence, type Message } from './message.ts';
import { channel, markup, namedLink } from './text.ts';

/** What became of the link that somebody pasted. `cardUrl`: where its card is. */
export function treatedMessage(treated: Treated, cardUrl: string | null): Message {
  if (!treated.ok) return sentence(markup`${treated.message}`);
  const { mention, isNew } = treated;
  const place = mention.channelId === null ? markup`` : markup` in ${channel(mention.channelId)}`;
  const see = cardUrl === null ? markup`` : markup`: ${namedLink(cardUrl, 'see the card')}`;
  return sentence(
    isNew
      ? markup`It is a mention now, with a card${place}${see}.`
      : markup`It is a mention already${place}${see}.`,
  );
}
