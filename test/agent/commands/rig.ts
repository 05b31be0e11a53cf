import { Buffer } from 'node:buffer';
import type { Action, ActionContext } from '../../../agent/action.ts';
import { type Commands, createCommands } from '../../../agent/commands/commands.ts';
import type { LoadedAction, LoadedActions } from '../../../agent/commands/load-actions.ts';
import { CommandRecord, type Shelf } from '../../../agent/commands/record.ts';
import { sayIn } from '../../../agent/words.ts';
import { createSigner } from '../../../collector/signer.ts';
import type { Command, Reply } from '../../../protocol/commands.ts';
import { createFakeActionContext } from '../fake-action-context.ts';
import { createFakeClock } from '../fake-clock.ts';

const ME = 'brico/lyon-01/till-01';
const signer = createSigner(Buffer.alloc(32, 7));
export const stranger = createSigner(Buffer.alloc(32, 8));

interface RigOptions {
  actions?: Partial<LoadedAction>[];
  sale?: LoadedActions['sale'];
  publicKey?: () => string;
  context?: Partial<ActionContext>;
  /** A function makes one for each run of the agent. */
  shelf?: (Shelf & { text?: string | undefined }) | (() => Shelf);
  clock?: ReturnType<typeof createFakeClock>;
}

/** A shelf in memory: it survives whoever writes on it, and can refuse. */
export function memoryShelf(): Shelf & { text: string | undefined; refuses: boolean } {
  const shelf = {
    text: undefined as string | undefined,
    refuses: false,
    read: () => shelf.text,
    write(text: string) {
      if (shelf.refuses) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      shelf.text = text;
    },
  };
  return shelf;
}

/** The commands of an agent, on a broker that takes everything, and an action that writes down what it does. */
export function createRig(options: RigOptions = {}) {
  const clock = options.clock ?? createFakeClock();
  const shelf = options.shelf ?? memoryShelf();
  const ran: string[] = [];
  const replies: Reply[] = [];
  const broker = { isThere: true };
  const act: Action = {
    look: async () => ({ text: `run ${ran.length} times` }),
    act: async ({ args }) => {
      ran.push(args.service ?? '');
      return 'did it';
    },
  };
  const actions: LoadedAction[] = (options.actions ?? [{}]).map((given) => ({
    name: 'restart_pos',
    type: 'restart_service',
    timeoutMs: 60_000,
    perDay: 3,
    notWhileSelling: false,
    choices: { service: ['posd'] },
    action: act,
    ...given,
  }));
  const loaded: LoadedActions = { actions, ...(options.sale && { sale: options.sale }) };
  let made = 0;
  const start = (): Commands =>
    createCommands({
      me: ME,
      actions: loaded,
      record: new CommandRecord(typeof shelf === 'function' ? shelf() : shelf, clock.now()),
      readKey: options.publicKey ?? (() => signer.publicKey),
      context: (_action, args, signal) =>
        createFakeActionContext({ now: clock.now, monotonicMs: clock.monotonicMs, ...options.context, args, signal }),
      async send(payload) {
        if (!broker.isThere) throw new Error('not connected');
        replies.push(JSON.parse(payload) as Reply);
      },
      newId: () => `unread-${made++}`,
      clock,
      say: sayIn('en'),
      log: () => {},
    });
  const commands = start();
  let asked = 0;
  const command = (changes: Partial<Command> = {}): Command => ({
    v: 1,
    id: `command-${asked++}`,
    to: ME,
    action: 'restart_pos',
    args: {},
    at: clock.now(),
    expiresAt: clock.now() + 60_000,
    by: 'zoe',
    ...changes,
  });
  const signed = (changes: Partial<Command> = {}, by = signer) =>
    Buffer.from(JSON.stringify(by.sign('command', command(changes))));
  return {
    clock,
    shelf,
    ran,
    replies,
    broker,
    commands,
    command,
    signed,
    /** As after a restart: nothing but what is on the shelf is known. */
    restart: start,
    /** Has it hear this, and lets what follows settle. */
    async hear(payload: Uint8Array, by: Commands = commands) {
      by.hear(payload);
      await clock.advance(0);
      await clock.advance(0);
      return replies.at(-1);
    },
  };
}
