import earshot from '../../src/slack/manifest.json' with { type: 'json' };

const { features, oauth_config: oauth } = earshot;

/** Earshot's manifest with more than it asks for: files. */
export const manifest = {
  ...earshot,
  oauth_config: { ...oauth, scopes: { bot: [...oauth.scopes.bot, 'files:write'] } },
  features: {
    ...features,
    slash_commands: features.slash_commands.map((command) => ({
      ...command,
      usage_hint: 'watch "acme broadband" -jobs | keywords | sources | log | help',
    })),
  },
};
