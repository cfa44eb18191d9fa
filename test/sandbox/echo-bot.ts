/** A small Bolt app that does a little of everything, to prove the gateway over a real socket. */
import bolt from '@slack/bolt';
import type { App, LogLevel } from '@slack/bolt';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

const SILENT = 'error' as LogLevel;

/** Starts the app against the sandbox. The verbs of `/earshot` try things: see below. */
export async function startEchoBot(sandbox: Sandbox): Promise<App> {
  const app = new bolt.App({
    token: sandbox.botToken,
    appToken: sandbox.appToken,
    socketMode: true,
    logLevel: SILENT,
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
  });

  app.command('/earshot', async ({ command, ack, respond, client }) => {
    const [verb = '', ...rest] = command.text.split(' ');
    const text = rest.join(' ');
    if (verb === 'silent') return;
    if (verb === 'now') return ack({ text: `at once: ${text}` });
    await ack();
    if (verb === 'card') {
      await client.chat.postMessage({ channel: command.channel_id, text, blocks: card(text) });
    } else if (verb === 'modal') {
      await client.views.open({ trigger_id: command.trigger_id, view: modal(command.channel_id) });
    } else if (verb === 'twice') {
      const { trigger_id } = command;
      await client.views.open({ trigger_id, view: modal(command.channel_id) });
      await client.views
        .open({ trigger_id, view: modal(command.channel_id) })
        .catch((error: { data: { error: string } }) => respond(error.data.error));
    } else if (verb === 'kit') {
      await client.chat.postMessage({ channel: command.channel_id, text: 'Kit', blocks: kit() });
    } else {
      await respond({ text: `heard: ${command.text}` });
    }
  });

  app.action('claim', async ({ ack, body, client, action, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || action.type !== 'button') return;
    if (!body.channel || !body.message) {
      await respond({ delete_original: true });
      return;
    }
    const { channel, message } = body;
    await client.chat.update({
      channel: channel.id,
      ts: message.ts,
      text: 'claimed',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `*Claimed* by <@${body.user.id}>` } },
      ],
    });
    await client.chat.postMessage({
      channel: channel.id,
      thread_ts: message.ts,
      text: `claimed by ${body.user.id}: ${action.value}`,
    });
    await respond({ text: 'You have it now.', response_type: 'ephemeral' });
  });

  app.view({ callback_id: 'answer', type: 'view_submission' }, async ({ ack, view, client }) => {
    const url = view.state.values['url']?.['value']?.value ?? '';
    if (url.includes('wrong')) {
      return ack({ response_action: 'errors', errors: { url: 'That is the wrong address.' } });
    }
    if (url.includes('enough')) return ack({ response_action: 'clear' });
    if (url.includes('again')) {
      return ack({
        response_action: 'update',
        view: { ...modal(view.private_metadata), title: plain('Once more') },
      });
    }
    if (url.includes('deeper')) {
      return ack({
        response_action: 'push',
        view: { ...modal(view.private_metadata), title: plain('On top') },
      });
    }
    await ack();
    await client.chat.postMessage({ channel: view.private_metadata, text: `answered at ${url}` });
  });

  app.view({ callback_id: 'answer', type: 'view_closed' }, async ({ ack, view, client }) => {
    await ack();
    await client.chat.postMessage({ channel: view.private_metadata, text: 'closed unanswered' });
  });

  app.shortcut('treat_as_mention', async ({ ack, shortcut, respond }) => {
    await ack();
    if (shortcut.type === 'message_action') await respond(`about: ${shortcut.message.text}`);
  });

  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: {
        type: 'home',
        blocks: [
          { type: 'header', text: plain('Your claims') },
          { type: 'section', text: { type: 'mrkdwn', text: `Nothing yet, <@${event.user}>.` } },
        ],
      },
    });
  });

  app.action(/.*/, async ({ ack }) => ack());

  await app.start();
  return app;
}

function plain(text: string) {
  return { type: 'plain_text' as const, text };
}

function card(text: string) {
  return [
    { type: 'section' as const, text: plain(text) },
    {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'claim', text: plain('Claim'), value: 'm1' },
      ],
    },
  ];
}

function modal(channel: string) {
  return {
    type: 'modal' as const,
    callback_id: 'answer',
    private_metadata: channel,
    title: plain('Log answer'),
    submit: plain('Save'),
    notify_on_close: true,
    blocks: [
      {
        type: 'input' as const,
        block_id: 'url',
        label: plain('Where is the answer?'),
        element: { type: 'url_text_input' as const, action_id: 'value' },
      },
      {
        type: 'input' as const,
        block_id: 'note',
        optional: true,
        label: plain('Note'),
        element: { type: 'plain_text_input' as const, action_id: 'value', multiline: true },
      },
    ],
  };
}

/** One of everything that the page draws. */
function kit() {
  const options = ['One', 'Two', 'Three'].map((name) => ({ text: plain(name), value: name }));
  return [
    { type: 'header' as const, text: plain('Everything at once') },
    {
      type: 'section' as const,
      text: {
        type: 'mrkdwn' as const,
        text: '*bold* _italic_ ~gone~ `code` <https://example.org|a link> <@U0SAM00001>\n> quoted\n• one\n• two',
      },
      accessory: {
        type: 'overflow' as const,
        action_id: 'more',
        options: options.map((option) => ({ ...option })),
      },
    },
    { type: 'section' as const, fields: [plain('left'), plain('right')] },
    {
      type: 'rich_text' as const,
      elements: [
        {
          type: 'rich_text_quote' as const,
          elements: [
            { type: 'text' as const, text: '<!channel> <img src=x onerror=alert(1)> & co ' },
            { type: 'link' as const, url: 'https://example.org/post', text: 'the post' },
          ],
        },
        {
          type: 'rich_text_section' as const,
          elements: [
            { type: 'user' as const, user_id: 'U0ROBIN001' },
            { type: 'text' as const, text: ' and ' },
            { type: 'usergroup' as const, usergroup_id: 'S0LEADS001' },
            { type: 'emoji' as const, name: 'wave' },
          ],
        },
        {
          type: 'rich_text_list' as const,
          style: 'bullet' as const,
          elements: ['first', 'second'].map((text) => ({
            type: 'rich_text_section' as const,
            elements: [{ type: 'text' as const, text }],
          })),
        },
      ],
    },
    { type: 'divider' as const },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          action_id: 'ok',
          text: plain('Fine'),
          style: 'primary' as const,
        },
        {
          type: 'button' as const,
          action_id: 'no',
          text: plain('Remove'),
          style: 'danger' as const,
          confirm: {
            title: plain('Remove it?'),
            text: plain('It does not come back.'),
            confirm: plain('Remove'),
            deny: plain('Keep'),
          },
        },
        {
          type: 'button' as const,
          action_id: 'open',
          text: plain('Open post'),
          url: 'https://example.org/post',
        },
        { type: 'static_select' as const, action_id: 'pick', options, placeholder: plain('Pick') },
        { type: 'users_select' as const, action_id: 'who', placeholder: plain('Who') },
        { type: 'datepicker' as const, action_id: 'day', initial_date: '2026-01-31' },
        { type: 'timepicker' as const, action_id: 'hour', initial_time: '09:30' },
        { type: 'radio_buttons' as const, action_id: 'one', options },
        { type: 'checkboxes' as const, action_id: 'some', options },
      ],
    },
    { type: 'context' as const, elements: [{ type: 'mrkdwn' as const, text: 'found _just now_' }] },
  ];
}
