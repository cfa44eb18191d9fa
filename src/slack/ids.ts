/** Every id that Slack sends back to us, in one place: the listeners are bound to these. */

/** Buttons and menus. The value of a card's button is the id of its mention. */
export const ACTIONS = {
  claim: 'card_claim',
  open: 'card_open',
  dismiss: 'card_dismiss',
  answer: 'card_answer',
  /** Opens the post beside the modal of the answer. */
  answerThere: 'card_answer_there',
  release: 'card_release',
  /** Ends a snooze, on Home. */
  wake: 'home_wake',
  /** Which list of Home; each button has the list's name behind this. */
  homeShow: 'home_show',
  homeAll: 'home_all',
  /** Pages of a list; the value is how many rows come before. */
  homeFirst: 'home_first',
  homePrevious: 'home_previous',
  homeNext: 'home_next',
  homeLast: 'home_last',
  /** The box of a row on Home; and all boxes of the page, or none. */
  tick: 'home_tick',
  tickAll: 'home_tick_all',
  untick: 'home_untick',
  /** With all that is ticked; the undo carries what it takes back. */
  bulkClaim: 'bulk_claim',
  bulkAssign: 'bulk_assign',
  bulkDismiss: 'bulk_dismiss',
  bulkSnooze: 'bulk_snooze',
  bulkUndo: 'bulk_undo',
  /** Under the line of a step: the clock waits for who sees it. */
  seen: 'step_seen',
  /** The overflow menu of a card; an option's value is `<choice>:<mention id>`. */
  more: 'card_more',
  keywordPause: 'keyword_pause',
  keywordResume: 'keyword_resume',
  keywordEdit: 'keyword_edit',
  keywordRemove: 'keyword_remove',
  keywordThresholds: 'keyword_thresholds',
  /** Opens the thresholds of a keyword to change them; and the menu of the settings for it. */
  thresholdsOpen: 'thresholds_open',
  thresholdsChoose: 'thresholds_choose',
  /** A draft of a keyword, as `blocks/draft.ts` writes it; the undo carries an id. */
  keywordSave: 'keyword_save',
  keywordAdjust: 'keyword_adjust',
  keywordTake: 'keyword_take',
  keywordUndo: 'keyword_undo',
  /** Takes a lesson back; the value is its id, behind `list ` where the list is to be drawn anew. */
  lessonUndo: 'lesson_undo',
  /** Corrections of a text that was tried; the value is the text. */
  tryNegative: 'try_negative',
  tryNotNegative: 'try_not_negative',
  /** Leaves a word out of a keyword: `[keyword id, word]`. */
  exclude: 'keyword_exclude',
  /** Closes a private note; the value is what is left of it. */
  close: 'note_close',
  /** Lets messages that stand still be sent anew. */
  retryStuck: 'stuck_retry',
  sourcePause: 'source_pause',
  sourceResume: 'source_resume',
  sourceRemove: 'source_remove',
  /** Adds what the person pasted, although something is doubtful; the value is that. */
  sourceAdd: 'source_add',
  /** In the digest: a person finds it negative, and wants a card. */
  raise: 'digest_raise',
  stormClaim: 'storm_claim',
  stormNext: 'storm_next',
  replyAdd: 'reply_add',
  replyRemove: 'reply_remove',
  /** In the modal of an answer. */
  draftFill: 'draft_fill',
  draftCheck: 'draft_check',
  /** Somebody who objected; the value is what was typed of them. */
  forget: 'author_forget',
  /** Figures by person; the value is the span of the report. */
  figures: 'report_figures',
  settings: 'settings_open',
  policyNew: 'policy_new',
  policyEdit: 'policy_edit',
  policyRemove: 'policy_remove',
  rotaNew: 'rota_new',
  rotaEdit: 'rota_edit',
  rotaRemove: 'rota_remove',
  swapNew: 'swap_new',
  /** Its value is `<rota id>:<swap id>`. */
  swapRemove: 'swap_remove',
  /** A link button that only opens its address. */
  link: 'link',
} as const;

/** What the overflow menu of a card offers. */
export const CHOICES = [
  'answer',
  'assign',
  'escalate',
  'snooze',
  'wake',
  'not-negative',
  'dismiss',
  'reopen',
  'open',
  'see-answer',
] as const;
export type Choice = (typeof CHOICES)[number];

/** Modals. */
export const VIEWS = {
  reply: 'reply',
  answer: 'answer',
  dismiss: 'dismiss',
  bulkDismiss: 'bulk_dismiss',
  escalate: 'escalate',
  assign: 'assign',
  snooze: 'snooze',
  bulkSnooze: 'bulk_snooze',
  keyword: 'keyword',
  thresholds: 'thresholds',
  settings: 'settings',
  policy: 'policy',
  rota: 'rota',
  swap: 'swap',
  privacy: 'privacy',
} as const;

/** Inputs: the block's id, and the element's too, since every input block holds one. */
export const INPUTS = {
  url: 'url',
  note: 'note',
  reason: 'reason',
  because: 'because',
  person: 'person',
  until: 'until',
  step: 'step',
  query: 'query',
  channel: 'channel',
  postThreshold: 'post_threshold',
  digestThreshold: 'digest_threshold',
  people: 'people',
  groups: 'groups',
  nudge: 'nudge',
  ping: 'ping',
  marked: 'marked',
  managers: 'managers',
  timeZone: 'time_zone',
  name: 'name',
  severities: 'severities',
  keywords: 'keywords',
  rest: 'rest',
  target: 'target',
  clock: 'clock',
  days: 'days',
  hours: 'hours',
  country: 'country',
  dates: 'dates',
  quiet: 'quiet',
  pause: 'pause',
  trial: 'trial',
  turn: 'turn',
  startsOn: 'starts_on',
  handOver: 'hand_over',
  takes: 'takes',
  turnOf: 'turn_of',
  from: 'from',
  to: 'to',
  brand: 'brand',
  neverHear: 'never_hear',
  retention: 'retention',
  notice: 'notice',
  languages: 'languages',
  ownNumbers: 'own_numbers',
  figuresFor: 'figures_for',
  figuresNamed: 'figures_named',
  staffDays: 'staff_days',
  digestTimes: 'digest_times',
  praise: 'praise',
  burstCards: 'burst_cards',
  stormFrom: 'storm_from',
  reply: 'reply',
  draft: 'draft',
  text: 'text',
} as const;

export const COMMAND = '/earshot';

/** In the menu of a message; the manifest names it too. */
export const SHORTCUTS = { treat: 'treat_as_mention' } as const;

/** The metadata of a card, by which a message is known as one. */
export const CARD_EVENT = 'earshot_card';

/** The metadata of every other message that Earshot must know again. */
export const MESSAGE_EVENT = 'earshot_message';
