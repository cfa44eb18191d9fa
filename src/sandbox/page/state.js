/** What this tab knows of the workspace. */

/** Sorts messages as they came: `ts` alone counts whole seconds across two kinds of message. */
export function order(message) {
  return `${message.at}/${message.ts}`;
}

export function createWorkspace(hello) {
  const people = new Map(hello.people.map((person) => [person.id, person]));
  const channels = new Map(hello.channels.map((channel) => [channel.id, channel]));
  const groups = new Map(hello.groups.map((group) => [group.id, group]));
  const key = (message) => `${message.channel}/${message.ts}`;
  const messages = new Map(hello.messages.map((message) => [key(message), message]));
  const ephemerals = new Map(hello.ephemerals.map((message) => [message.ts, message]));

  const byTime = (a, b) => (order(a) < order(b) ? -1 : 1);
  const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

  return {
    ...hello,
    isReply,
    person: (id) => people.get(id) ?? { id, realName: id, name: id, bot: false },
    channel: (id) => channels.get(id),
    channelList: () => [...channels.values()],
    names: {
      user: (id) => (people.get(id)?.realName ?? id).replace(/ \(.*/, ''),
      channel: (id) => channels.get(id)?.name ?? id,
      group: (id) => groups.get(id)?.handle ?? id,
    },
    isMember: (id) => channels.get(id)?.members.includes(hello.me) ?? false,
    putChannel: (channel) => void channels.set(channel.id, channel),
    put: (message) => void messages.set(key(message), message),
    drop: (message) => void messages.delete(key(message)),
    putEphemeral: (message) => void ephemerals.set(message.ts, message),
    dropEphemeral: (message) => void ephemerals.delete(message.ts),
    find: (channel, ts) => messages.get(`${channel}/${ts}`),
    /** What stands in the channel itself, oldest first. */
    timeline(channel) {
      const here = (message) => message.channel === channel && !isReply(message);
      return [...messages.values(), ...ephemerals.values()].filter(here).sort(byTime);
    },
    /** The answers in a message's thread, oldest first. */
    replies(root) {
      const here = (message) =>
        message.channel === root.channel && message.thread_ts === root.ts && isReply(message);
      return [...messages.values(), ...ephemerals.values()].filter(here).sort(byTime);
    },
  };
}
