/** The left edge: who one is, where one can go. */
import { h, outerLink } from './dom.js';
import { avatar } from './message.js';

export function drawRail({ workspace, at, unread, as, become, goTo }) {
  const { app } = workspace;
  const humans = workspace.people.filter((person) => !person.bot);
  const me = workspace.person(as);
  return [
    h(
      'div',
      { class: 'rail-head' },
      h('strong', {}, workspace.team),
      h('span', { class: 'small' }, 'Local workspace: nothing leaves this computer'),
    ),
    h(
      'div',
      { class: 'me' },
      avatar(me),
      h(
        'label',
        {},
        h('span', { class: 'small' }, 'Acting as'),
        h(
          'select',
          { 'data-focus': 'acting-as', onchange: (event) => become(event.target.value) },
          humans.map((person) =>
            h('option', { value: person.id, selected: person.id === as }, person.realName),
          ),
        ),
      ),
    ),
    section(
      'Channels',
      workspace.channelList().map((channel) =>
        place(channel.direct ? channel.name : `# ${channel.name}`, {
          current: at.channel === channel.id,
          count: unread.get(channel.id) ?? 0,
          go: () => goTo({ channel: channel.id }),
        }),
      ),
    ),
    app.home &&
      section('Apps', [
        place(app.name, {
          current: at.home === true,
          count: 0,
          go: () => goTo({ home: true }),
          icon: h('img', { src: '/page/earshot.svg', alt: '', width: 18, height: 18 }),
        }),
      ]),
    workspace.places.length > 0 &&
      section(
        'Made-up public places',
        workspace.places.map(({ title, url }) =>
          h('li', {}, outerLink(url, title, { class: 'place' })),
        ),
      ),
    h(
      'p',
      { class: `app-state small ${app.connected ? 'on' : ''}`, role: 'status' },
      app.connected ? `${app.name} is connected` : `${app.name} is not connected`,
    ),
  ].filter(Boolean);
}

function section(title, items) {
  return h('section', {}, h('h2', {}, title), h('ul', {}, items));
}

function place(title, { current, count, go, icon }) {
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `place ${count ? 'unread' : ''}`,
        'data-focus': `place/${title}`,
        'aria-current': current ? 'page' : undefined,
        onclick: go,
      },
      icon,
      h('span', {}, title),
      count > 0 && h('span', { class: 'count', 'aria-label': `${count} unread` }, String(count)),
    ),
  );
}
