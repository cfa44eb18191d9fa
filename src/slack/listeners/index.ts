import { createHash } from 'node:crypto';
import type {
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  OverflowAction,
  StaticSelectAction,
  UsersSelectAction,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { HOME_LISTS } from '../../flows/tell/home.ts';
import { sentence } from '../blocks/message.ts';
import { channelOf } from '../blocks/modals/frame.ts';
import { forLog } from '../errors.ts';
import { ACTIONS, COMMAND, SHORTCUTS, VIEWS } from '../ids.ts';
import { tell, TROUBLE, type Audience } from '../respond.ts';
import { addSource } from './actions/add-source.ts';
import { answer } from './actions/answer.ts';
import {
  assignTicked,
  claimTicked,
  dismissTicked,
  snoozeTicked,
  undoTicked,
} from './actions/bulk.ts';
import { claim } from './actions/claim.ts';
import { dismiss } from './actions/dismiss.ts';
import { editKeyword } from './actions/edit-keyword.ts';
import { figures } from './actions/figures.ts';
import { forget } from './actions/forget.ts';
import {
  adjustKeyword,
  closeNote,
  saveKeyword,
  takeProposal,
  undoKeyword,
} from './actions/keyword-draft.ts';
import { excludeTerm, undoLesson } from './actions/lesson.ts';
import { noteTick, showList, tickPage, turnTo, untickAll } from './actions/home.ts';
import { more } from './actions/more.ts';
import { pauseKeyword } from './actions/pause-keyword.ts';
import { pauseSource } from './actions/pause-source.ts';
import { retryStuck } from './actions/retry-stuck.ts';
import { raise } from './actions/raise.ts';
import { release } from './actions/release.ts';
import { removeKeyword } from './actions/remove-keyword.ts';
import { removePolicy } from './actions/remove-policy.ts';
import { removeRota, removeSwap } from './actions/remove-rota.ts';
import { removeSource } from './actions/remove-source.ts';
import { see } from './actions/see.ts';
import { draft, type DraftWish } from './actions/draft.ts';
import { addReply, removeReply } from './actions/replies.ts';
import { leadStorm, nextOfStorm } from './actions/storm.ts';
import { teachTried } from './actions/teach.ts';
import { showThresholds } from './actions/thresholds.ts';
import { wake } from './actions/wake.ts';
import { readClick, type Click } from './click.ts';
import { understand } from './commands/index.ts';
import { unwrap } from './commands/request.ts';
import type { Listening, ListeningOf } from './context.ts';
import { appHomeOpened } from './events/app-home-opened.ts';
import { readHomeClick, valueOf, type HomeClick } from './home-click.ts';
import { openPolicy } from './policies.ts';
import { openRota, openSwap } from './rotas.ts';
import { openSettings } from './settings.ts';
import { treat } from './shortcuts/treat.ts';
import { openThresholds } from './thresholds.ts';
import { answerClosed } from './views/answer-closed.ts';
import { submitAnswer } from './views/answer.ts';
import { submitAssign } from './views/assign.ts';
import { submitBulkDismiss, submitBulkSnooze } from './views/bulk.ts';
import { submitDismiss } from './views/dismiss.ts';
import { submitEscalate } from './views/escalate.ts';
import { submitKeyword } from './views/keyword.ts';
import { submitPrivacy } from './views/privacy.ts';
import { submitPolicy } from './views/policy.ts';
import { submitRota, submitSwap } from './views/rota.ts';
import { submitReply } from './views/reply.ts';
import { submitSettings } from './views/settings.ts';
import { submitSnooze } from './views/snooze.ts';
import { submitThresholds } from './views/thresholds.ts';
import { isFirst, readSubmission, type Handled, type Submission } from './views/submission.ts';

/** Binds every id of `ids.ts` to its callback. Everything is acknowledged before it is worked on. */
export function bindListeners(app: App, at: ListeningOf): void {
  bindCommand(app, at);
  bindActions(app, at);
  bindHome(app, at);
  bindThresholds(app, at);
  bindViews(app, at);
  bindShortcuts(app, at);
  app.event('app_home_opened', async ({ event, context }) =>
    appHomeOpened(await at(context.teamId), event),
  );
}

function bindCommand(app: App, at: ListeningOf): void {
  app.command(COMMAND, async ({ command: payload, ack, respond }) => {
    const understood = understand(unwrap(payload.text ?? ''));
    const wait = understood.command?.wait?.(understood.rest) ?? null;
    await (wait === null ? ack() : ack({ response_type: 'ephemeral', ...wait }));
    const deps = await at(payload.team_id);
    const { user_id: userId, channel_id: channelId, trigger_id: triggerId } = payload;
    deps.people.learn(userId, payload.user_name);
    // A stand-in for Slack may give no response address, whatever the type says.
    const person: Audience = { userId, channelId, respond: respond ?? null };
    await guarded(deps, person, async () => {
      if (!(await isFirst(deps, deliveryId(triggerId, userId, payload.text)))) return;
      if (understood.command === null) return tell(deps, person, understood.hint);
      const { command, rest } = understood;
      const message = await command.run(deps, { ...person, channelId, triggerId, rest });
      if (message !== null) await tell(deps, person, message);
    });
  });
}

/** One press of Enter, however often Slack delivers it. */
function deliveryId(triggerId: string | undefined, userId: string, text: string): string {
  const typed = createHash('sha256').update(`${userId} ${text}`).digest('base64url');
  return `command ${typed} ${triggerId}`;
}

type OnClick = (deps: Listening, click: Click, value: string) => Promise<void>;

function bindActions(app: App, at: ListeningOf): void {
  const clicks = new Map<string, OnClick>();
  const bind = (action: string, does: OnClick) => void clicks.set(action, does);
  // One listener for all of them: Bolt asks each listener about each click, and a hundred people
  // who click at once wait for that.
  app.action<BlockAction<ButtonAction | OverflowAction>>(
    /./u,
    async ({ ack, body, context, action: pressed, respond }) => {
      const does = clicks.get(pressed.action_id);
      if (does === undefined) return;
      await ack();
      const deps = await at(context.teamId);
      deps.people.learn(body.user.id, body.user.username);
      const click = readClick(body, respond);
      const value = pressed.type === 'overflow' ? pressed.selected_option.value : pressed.value;
      await guarded(deps, click, () => does(deps, click, value ?? ''));
    },
  );
  const nothing = async () => {};
  bind(ACTIONS.claim, (deps, click, mentionId) => claim(deps, { ...click, mentionId }));
  bind(ACTIONS.wake, (deps, click, mentionId) => wake(deps, { ...click, mentionId }));
  bind(ACTIONS.release, (deps, click, mentionId) => release(deps, { ...click, mentionId }));
  bind(ACTIONS.answer, (deps, click, mentionId) => answer(deps, { ...click, mentionId }));
  bind(ACTIONS.answerThere, (deps, click, mentionId) => answer(deps, { ...click, mentionId }));
  bind(ACTIONS.dismiss, (deps, click, mentionId) => dismiss(deps, { ...click, mentionId }));
  bind(ACTIONS.seen, (deps, click, mentionId) => see(deps, { ...click, mentionId }));
  bind(ACTIONS.raise, (deps, click, mentionId) => raise(deps, { ...click, mentionId }));
  bind(ACTIONS.stormClaim, leadStorm);
  bind(ACTIONS.stormNext, nextOfStorm);
  bind(ACTIONS.replyAdd, addReply);
  bind(ACTIONS.replyRemove, removeReply);
  bindDraft(app, at, ACTIONS.draftFill, 'fill');
  bindDraft(app, at, ACTIONS.draftCheck, 'check');
  bind(ACTIONS.more, more);
  // Slack sends a payload for buttons that only open an address, and wants it acknowledged.
  bind(ACTIONS.open, nothing);
  bind(ACTIONS.link, nothing);
  bind(ACTIONS.keywordPause, (deps, click, id) => pauseKeyword(deps, click, id, true));
  bind(ACTIONS.keywordResume, (deps, click, id) => pauseKeyword(deps, click, id, false));
  bind(ACTIONS.keywordEdit, editKeyword);
  bind(ACTIONS.keywordRemove, removeKeyword);
  bind(ACTIONS.keywordThresholds, showThresholds);
  bind(ACTIONS.thresholdsOpen, openThresholds);
  bind(ACTIONS.keywordSave, saveKeyword);
  bind(ACTIONS.keywordAdjust, adjustKeyword);
  bind(ACTIONS.keywordTake, takeProposal);
  bind(ACTIONS.keywordUndo, undoKeyword);
  bind(ACTIONS.lessonUndo, undoLesson);
  bind(ACTIONS.exclude, excludeTerm);
  bind(ACTIONS.tryNegative, (deps, click, text) => teachTried(deps, click, text, 'negative'));
  bind(ACTIONS.tryNotNegative, (deps, click, text) =>
    teachTried(deps, click, text, 'not-negative'),
  );
  bind(ACTIONS.close, closeNote);
  bind(ACTIONS.retryStuck, retryStuck);
  bind(ACTIONS.sourcePause, (deps, click, id) => pauseSource(deps, click, id, true));
  bind(ACTIONS.sourceResume, (deps, click, id) => pauseSource(deps, click, id, false));
  bind(ACTIONS.sourceRemove, removeSource);
  bind(ACTIONS.sourceAdd, addSource);
  bind(ACTIONS.forget, forget);
  bind(ACTIONS.figures, figures);
  bind(ACTIONS.settings, openSettings);
  bind(ACTIONS.policyNew, (deps, click) => openPolicy(deps, click, null));
  bind(ACTIONS.policyEdit, openPolicy);
  bind(ACTIONS.policyRemove, removePolicy);
  bind(ACTIONS.rotaNew, (deps, click) => openRota(deps, click, null));
  bind(ACTIONS.rotaEdit, openRota);
  bind(ACTIONS.rotaRemove, removeRota);
  bind(ACTIONS.swapNew, openSwap);
  bind(ACTIONS.swapRemove, removeSwap);
}

type OnHome = (deps: Listening, click: HomeClick, value: string) => Promise<void>;

/** What is pressed on the Home tab comes with all that is ticked there. */
function bindHome(app: App, at: ListeningOf): void {
  const bind = (action: string, does: OnHome) =>
    app.action<BlockAction<ButtonAction | UsersSelectAction>>(
      action,
      async ({ ack, body, context, action: pressed }) => {
        await ack();
        const deps = await at(context.teamId);
        deps.people.learn(body.user.id, body.user.username);
        const click = readHomeClick(deps, body);
        await guarded(deps, click, () => does(deps, click, valueOf(pressed)));
      },
    );
  for (const list of ['overview', ...HOME_LISTS] as const) {
    const show: OnHome = (deps, click) =>
      showList(deps, { ...click, state: { ...click.state, list, result: null } });
    bind(`${ACTIONS.homeShow}_${list}`, show);
    bind(`${ACTIONS.homeAll}_${list}`, show);
  }
  for (const turn of ['homeFirst', 'homePrevious', 'homeNext', 'homeLast'] as const) {
    bind(ACTIONS[turn], turnTo);
  }
  bind(ACTIONS.tick, noteTick);
  bind(ACTIONS.tickAll, tickPage);
  bind(ACTIONS.untick, untickAll);
  bind(ACTIONS.bulkClaim, claimTicked);
  bind(ACTIONS.bulkAssign, assignTicked);
  bind(ACTIONS.bulkDismiss, dismissTicked);
  bind(ACTIONS.bulkSnooze, snoozeTicked);
  bind(ACTIONS.bulkUndo, undoTicked);
}

function bindShortcuts(app: App, at: ListeningOf): void {
  app.shortcut<MessageShortcut>(
    { callback_id: SHORTCUTS.treat, type: 'message_action' },
    async ({ ack, shortcut, context, respond }) => {
      await ack();
      const deps = await at(context.teamId);
      const { user, channel, message, message_ts: ts, trigger_id: trigger } = shortcut;
      deps.people.learn(user.id, user.name);
      const person: Audience = { userId: user.id, channelId: channel.id, respond: respond ?? null };
      await guarded(deps, person, async () => {
        if (!(await isFirst(deps, `shortcut ${channel.id} ${ts} ${trigger}`))) return;
        await treat(deps, person, message);
      });
    },
  );
}

/** The buttons under a draft, in a modal that stays open. */
function bindDraft(app: App, at: ListeningOf, action: string, wish: DraftWish): void {
  app.action<BlockAction<ButtonAction>>(action, async ({ ack, body, context }) => {
    await ack();
    const deps = await at(context.teamId);
    const person: Audience = { userId: body.user.id, channelId: null, respond: null };
    const { view } = body;
    if (view !== undefined) await guarded(deps, person, () => draft(deps, person, view, wish));
  });
}

/** The menu of keywords in the settings, which stay open beneath. */
function bindThresholds(app: App, at: ListeningOf): void {
  app.action<BlockAction<StaticSelectAction>>(
    ACTIONS.thresholdsChoose,
    async ({ ack, body, context, action }) => {
      await ack();
      const deps = await at(context.teamId);
      const channelId = channelOf(body.view?.private_metadata ?? '');
      const person = { userId: body.user.id, channelId, respond: null };
      await guarded(deps, person, () =>
        openThresholds(
          deps,
          { ...person, triggerId: body.trigger_id },
          action.selected_option.value,
          true,
        ),
      );
    },
  );
}

function bindViews(app: App, at: ListeningOf): void {
  const bind = (
    id: string,
    handle: (deps: Listening, submission: Submission) => Handled | Promise<Handled>,
  ) =>
    app.view<ViewSubmitAction>(
      { callback_id: id, type: 'view_submission' },
      async ({ ack, body, context, view }) => {
        const deps = await at(context.teamId);
        deps.people.learn(body.user.id, body.user.name);
        const submission = readSubmission(body, view);
        const handled = await handle(deps, submission);
        if (!handled.ok) return ack({ response_action: 'errors', errors: handled.errors });
        await ack();
        const { userId, channelId } = submission;
        await guarded(deps, { userId, channelId, respond: null }, handled.work);
      },
    );
  bind(VIEWS.answer, submitAnswer);
  app.view<ViewClosedAction>(
    { callback_id: VIEWS.answer, type: 'view_closed' },
    async ({ ack, body, context, view }) => {
      await ack();
      const deps = await at(context.teamId);
      const person: Audience = { userId: body.user.id, channelId: null, respond: null };
      await guarded(deps, person, () => answerClosed(deps, person.userId, view.private_metadata));
    },
  );
  bind(VIEWS.dismiss, submitDismiss);
  bind(VIEWS.bulkDismiss, submitBulkDismiss);
  bind(VIEWS.bulkSnooze, submitBulkSnooze);
  bind(VIEWS.escalate, submitEscalate);
  bind(VIEWS.assign, submitAssign);
  bind(VIEWS.snooze, submitSnooze);
  bind(VIEWS.keyword, submitKeyword);
  bind(VIEWS.thresholds, submitThresholds);
  bind(VIEWS.settings, submitSettings);
  bind(VIEWS.reply, submitReply);
  bind(VIEWS.policy, submitPolicy);
  bind(VIEWS.rota, submitRota);
  bind(VIEWS.swap, submitSwap);
  bind(VIEWS.privacy, submitPrivacy);
}

/** Whatever goes wrong, the person learns that it did, and the log learns what. */
async function guarded(
  deps: Listening,
  person: Audience,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.log.error(forLog(error), 'a click or command could not be carried out');
    await tell(deps, person, sentence(TROUBLE));
  }
}
