import type { AllowedAction } from '../../protocol/actions.ts';
import type { Command, Reply } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { ActionContext } from '../action.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import type { Say } from '../words.ts';
import { findAction, type Refused, readCommand } from './judge.ts';
import { type LoadedAction, type LoadedActions, tellActions } from './load-actions.ts';
import type { CommandRecord } from './record.ts';
import { masked, runAction, within } from './run-action.ts';
import { saleIsOpen } from './sale.ts';
import { Strangers } from './strangers.ts';

const SALE_MS = 10_000;
const ERROR_LENGTH = 512;
/** What does not end in time is told at the next start. */
const STOP_MS = 2_000;

export interface CommandsOptions {
  me: DeviceKey;
  actions: LoadedActions;
  record: CommandRecord;
  /** The server's public key, PEM; read anew for each command. */
  readKey: () => string;
  context: (action: string, args: Readonly<Record<string, string>>, signal: AbortSignal) => ActionContext;
  /** Publishes a reply. Rejects when the broker does not have it. */
  send: (payload: string) => Promise<void>;
  newId: () => string;
  clock: Clock;
  say: Say;
  log: Log;
}

/** What an agent does when it is told to. */
export interface Commands {
  /** All that may be asked of it. */
  readonly allowed: AllowedAction[];
  hear(payload: Uint8Array): void;
  /** There is a connection: replies the broker does not have yet go out. */
  connected(): void;
  /** Kills what runs, and resolves when that is written down. */
  stop(): Promise<void>;
}

/**
 * Does what the server asks, if it is proven, meant for this agent, in time, new, and allowed by the configuration. Every
 * message is answered, a refused one too; a command never runs twice, whatever is killed and when.
 */
export function createCommands(options: CommandsOptions): Commands {
  const { me, actions, record, clock, say, log } = options;
  const strangers = new Strangers(clock.monotonicMs());
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let isSending = false;

  const { interrupted } = record;
  if (interrupted !== undefined) {
    const { id, action } = interrupted;
    const error = say({
      fr: 'l’agent s’est arrêté avant d’avoir répondu\u202f; ce qui a été fait n’est pas connu',
      en: 'the agent stopped before it had answered; what was done is not known',
    });
    answer({ v: 1, id, at: clock.now(), state: 'failed', action, error });
  }

  function hear(payload: Uint8Array): void {
    try {
      const heard = readCommand(payload, { me, readKey: options.readKey, now: clock.now(), say });
      const refusal = 'refusal' in heard ? heard : consider(heard.command);
      if (refusal) refuse(refusal);
    } catch (error) {
      // Most likely the disk: what cannot be written down first is not done.
      log('error', 'a command could not be taken', { error: describeError(error) });
    }
  }

  /** Begins what the command asks for, or says why not. */
  function consider(command: Command): Refused | undefined {
    const { id, action: name } = command;
    const refused = (refusal: Refused['refusal'], error: string): Refused => ({ refusal, id, action: name, error });
    if (record.hasSeen(id)) {
      return refused('repeated', say({ fr: 'déjà reçue une fois', en: 'it was received before' }));
    }
    if (command.at < record.since) {
      const error = say({
        fr: 'le registre des commandes de cet agent a été perdu après l’envoi de celle-ci',
        en: 'this agent’s record of commands was lost after this one was sent',
      });
      return refused('repeated', error);
    }
    const now = clock.now();
    const isFree = running === undefined;
    if (!record.see({ id, action: name, expiresAt: command.expiresAt }, now, isFree)) {
      return refused('busy', say({ fr: 'trop de commandes en un jour', en: 'too many commands in one day' }));
    }
    if (!isFree) {
      return refused('busy', say({ fr: 'une autre action est en cours', en: 'another action is running' }));
    }
    const found = findAction(command, actions.actions, say);
    if ('refusal' in found) return refused(found.refusal, found.error);
    const { loaded, args } = found;
    if (record.runsOf(name, now) >= loaded.perDay) {
      const error = say({
        fr: `déjà ${loaded.perDay} fois en 24 heures, le maximum permis ici`,
        en: `already ${loaded.perDay} times in 24 hours, all that is allowed here`,
      });
      return refused('budget-spent', error);
    }
    running = perform(command, loaded, args)
      .catch((error: unknown) => log('error', 'an action could not be answered', { id, error: describeError(error) }))
      .finally(() => {
        running = undefined;
      });
    return undefined;
  }

  async function perform(command: Command, loaded: LoadedAction, args: Record<string, string>): Promise<void> {
    const { id, action: name, by } = command;
    const context = (signal: AbortSignal) => options.context(name, args, signal);
    const { sale } = actions;
    if (loaded.notWhileSelling && sale) {
      const open = await within(SALE_MS, (signal) => saleIsOpen(sale, context(signal)), clock, say).catch(
        describeError,
      );
      if (open !== undefined) {
        refuse({ refusal: 'selling', id, action: name, error: open });
        return;
      }
    }
    try {
      record.willRun(name, clock.now());
    } catch (error) {
      const why = describeError(error);
      const text = say({
        fr: `pas lancée, faute de pouvoir l’écrire sur le disque (${why})`,
        en: `not run, for it could not be written to disk (${why})`,
      });
      answer({ v: 1, id, at: clock.now(), state: 'failed', action: name, error: masked(text, ERROR_LENGTH) });
      return;
    }
    log('warn', 'action', { id, action: name, args, by });
    const outcome = await runAction(loaded, { context, clock, say, stopped: stopping.signal });
    log(outcome.state === 'done' ? 'info' : 'error', `action ${outcome.state}`, { id, action: name });
    answer({ v: 1, id, at: clock.now(), action: name, ...outcome });
  }

  function refuse({ refusal, id, action, error }: Refused): void {
    const unanswered = strangers.admit(refusal, clock.monotonicMs());
    if (unanswered === undefined) return;
    const text =
      unanswered === 0
        ? error
        : say({
            fr: `${error} (et ${unanswered} autres messages refusés depuis)`,
            en: `${error} (and ${unanswered} other messages refused since)`,
          });
    log('warn', 'command refused', { id, action, refusal });
    answer({
      v: 1,
      id: id ?? options.newId(),
      at: clock.now(),
      state: 'refused',
      refusal,
      ...(action !== undefined && { action: action.slice(0, 64) }),
      error: masked(text, ERROR_LENGTH),
    });
  }

  function answer(reply: Reply): void {
    try {
      record.answer(reply);
    } catch (error) {
      // It is told at least once; what was taken is told again at the next start.
      log('error', 'a reply cannot be kept', { id: reply.id, error: describeError(error) });
      options.send(JSON.stringify(reply)).catch(() => {});
      return;
    }
    void sendReplies();
  }

  async function sendReplies(): Promise<void> {
    if (isSending) return;
    isSending = true;
    try {
      for (let next = record.replies()[0]; next !== undefined; next = record.replies()[0]) {
        await options.send(JSON.stringify(next));
        record.delivered(next);
      }
    } catch {
      // They wait for the next connection.
    } finally {
      isSending = false;
    }
  }

  return {
    allowed: tellActions(actions.actions),
    hear,
    connected: () => void sendReplies(),
    async stop() {
      stopping.abort(new Error('the agent stops'));
      await Promise.race([running, new Promise<void>((resolve) => clock.after(STOP_MS, resolve))]);
    },
  };
}
