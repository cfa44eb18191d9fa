import earshot from '../../src/slack/manifest.json' with { type: 'json' };

/** Earshot's manifest with a message shortcut, which a later app may have. */
export const manifest = {
  ...earshot,
  features: {
    ...earshot.features,
    shortcuts: [
      {
        name: 'Treat as a mention',
        type: 'message',
        callback_id: 'treat_as_mention',
        description: 'Make a card of the public post that this message links to',
      },
    ],
  },
};
