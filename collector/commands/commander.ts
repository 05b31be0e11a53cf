import type { Command, CommandState, Reply } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { agentTopic } from '../../protocol/topics.ts';
import type { AuditEntry, CommandStore, KeptCommand } from '../ports.ts';
import type { Signer } from '../signer.ts';

/** An agent that is away must not act hours later. */
const GOOD_FOR_MS = 60_000;
/** On top of an action's own time: looks before and after, the sale, the way here. */
const ANSWER_SLACK_MS = 45_000;
const PUBLISH_MS = 5_000;
/** What a line of the timeline or the audit holds of a program's output; the command has all of it. */
const OUTPUT_TOLD = 300;
const OUTPUT_AUDITED = 1_000;

export interface CommanderOptions {
  store: CommandStore;
  signer: Pick<Signer, 'sign'>;
  publish(topic: string, payload: string): Promise<void>;
  /** Adds a line to an incident's timeline, once however often it is told; nothing where it is not open any more. */
  tellIncident(number: number, reason: Reason): Promise<void>;
  newId(): string;
  now(): number;
}

/** What is asked of an agent. */
export interface Asked {
  device: DeviceKey;
  action: string;
  args: Readonly<Record<string, string>>;
  /** Seconds the agent allows it. */
  timeoutS: number;
  by: string;
  why?: string;
  incident?: number;
}

/** Tells agents what to do, and keeps what they answer. */
export class Commander {
  readonly #options: CommanderOptions;

  constructor(options: CommanderOptions) {
    this.#options = options;
  }

  /** Kept and audited before it is sent. A broker that does not take it is told in the command's `fault`. */
  async ask({ timeoutS, device, action, args, by, why, incident }: Asked): Promise<KeptCommand> {
    const { store, signer, publish, tellIncident, newId, now } = this.#options;
    const at = now();
    const id = newId();
    const expiresAt = at + GOOD_FOR_MS;
    const named = { ...(incident !== undefined && { incident }) };
    const command: Command = { v: 1, id, to: device, action, args: { ...args }, at, expiresAt, by, ...named };
    const asked = {
      action,
      args,
      by,
      ...(why !== undefined && { why }),
      ...named,
      expiresAt,
      answerBy: expiresAt + timeoutS * 1000 + ANSWER_SLACK_MS,
    };
    const kept = { device, id, at, asked };
    await store.add(kept, auditOfAsking(kept));
    const payload = JSON.stringify(signer.sign('command', command));
    try {
      await inTime(publish(agentTopic(device, 'command'), payload));
    } catch (error) {
      const fault = (error as Error).message;
      await store.setFault(device, id, fault);
      return { ...kept, fault };
    }
    if (incident !== undefined) {
      // The command is on its way: what the timeline cannot take now does not undo it.
      const params = { id, action, device, by, ...(why !== undefined && { why }) };
      await tellIncident(incident, { code: 'action.asked', params }).catch(() => {});
    }
    return kept;
  }

  /** Keeps what an agent answers. Resolves when it is kept and told; rejects when it must be told again. */
  async take(device: DeviceKey, reply: Reply): Promise<void> {
    const { store, tellIncident, now } = this.#options;
    const at = now();
    const taken = await store.take(device, reply, at, auditOfReply(device, reply, at));
    const incident = taken?.command.asked?.incident;
    if (incident === undefined) return;
    // Told again for a reply that comes again: the first time may have ended before this.
    await tellIncident(incident, reasonOf(device, reply, taken?.command.asked?.action));
  }
}

/** Where a command stands. */
export function commandState({ asked, reply, fault }: KeptCommand, now: number): CommandState {
  if (reply) return reply.state;
  if (fault !== undefined) return 'failed';
  return asked !== undefined && now > asked.answerBy ? 'unanswered' : 'sent';
}

function auditOfAsking({
  device,
  at,
  asked: { action, args, by, why, incident },
}: Required<Pick<KeptCommand, 'device' | 'at' | 'asked'>>): AuditEntry {
  const chosen = Object.entries(args).map(([key, value]) => `${key}=${value}`);
  const parts = [
    [device, action, ...chosen].join(' '),
    ...(incident === undefined ? [] : [`#${incident}`]),
    ...(why === undefined ? [] : [why]),
  ];
  return { at, who: by, action: 'action.asked', detail: parts.join(': ') };
}

function auditOfReply(device: DeviceKey, reply: Reply, at: number): AuditEntry {
  const { id, state, refusal, action, error, before, after, output } = reply;
  const parts = [
    `${action ?? '?'} (${id})`,
    ...(refusal === undefined ? [] : [refusal]),
    ...(error === undefined ? [] : [error]),
    ...(before === undefined ? [] : [`before: ${before}`]),
    ...(after === undefined ? [] : [`after: ${after}`]),
    ...(output === undefined ? [] : [`output: ${output.slice(0, OUTPUT_AUDITED)}`]),
  ];
  return { at, who: device, action: `action.${state}`, detail: parts.join('; ') };
}

function reasonOf(device: DeviceKey, reply: Reply, asked: string | undefined): Reason {
  const { id, state, refusal, action = asked, error, before, after, output } = reply;
  return {
    code: `action.${state}`,
    params: {
      id,
      device,
      ...(action !== undefined && { action }),
      ...(refusal !== undefined && { refusal }),
      ...(error !== undefined && { error }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(output !== undefined && { output: output.slice(0, OUTPUT_TOLD) }),
    },
  };
}

/** A broker that is away would keep us waiting for as long as it is. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the broker gave no answer in time')), PUBLISH_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
