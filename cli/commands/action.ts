import { setTimeout as pause } from 'node:timers/promises';
import type { CommandView } from '../../dashboard/ports/actions.ts';
import { wordsOf } from '../../protocol/words/index.ts';
import { askServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const LOOK_EVERY_MS = 500;

interface Actions {
  online: boolean;
  allowed: { name: string; title: { fr: string; en: string }; args: Record<string, string[]> }[];
  commands: CommandView[];
}

/** Tells a device to do something that its own configuration allows, and waits for what becomes of it. */
export const command: Command = {
  summary: {
    en: 'tells a device to do something it allows: restart a service, rotate a log …',
    fr: 'demande à un équipement une action qu’il permet\u202f: relancer un service, tourner un journal…',
  },
  operands: 'CHAIN/STORE/DEVICE [NAME [ARGUMENT=VALUE…]]',
  options: { ...SERVER_CALL_OPTIONS, why: { type: 'string' }, incident: { type: 'string' } },
  help: {
    ...SERVER_CALL_HELP,
    why: { en: 'The reason, for the audit and the timeline', fr: 'La raison, pour l’audit et la chronologie' },
    incident: {
      en: 'Number of the open incident it is to mend',
      fr: 'Numéro de l’incident ouvert que l’action doit réparer',
    },
  },
  async run(invocation) {
    const { operands, flags, locale, say } = invocation;
    const text = words(locale).action;
    const [device, name, ...given] = operands;
    if (device === undefined || device.split('/').length !== 3) throw new Fault(text.usage);
    const path = `/api/v1/devices/${device.split('/').map(encodeURIComponent).join('/')}/actions`;
    if (name === undefined) {
      for (const line of listed((await askServer(invocation, path)) as Actions, invocation)) say(line);
      return 0;
    }
    const args = Object.fromEntries(given.map((pair) => splitPair(pair, text.badArgument)));
    const incident = flags.incident === undefined ? undefined : Number(flags.incident);
    if (incident !== undefined && !Number.isInteger(incident)) {
      throw new Fault(words(locale).badNumber('--incident', String(flags.incident)));
    }
    const body = {
      action: name,
      args,
      ...(flags.why !== undefined && { why: String(flags.why) }),
      ...(incident !== undefined && { incident }),
    };
    const asked = ((await askServer(invocation, path, body)) as { command: CommandView }).command;
    say(text.asked(name, device));
    const ended = await answered(asked, path, invocation);
    for (const line of told(ended, invocation)) say(line);
    return ended.state === 'done' ? 0 : 1;
  },
};

function splitPair(pair: string, complain: (pair: string) => string): [string, string] {
  const at = pair.indexOf('=');
  if (at <= 0) throw new Fault(complain(pair));
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** The command once its time is over, or as it is when the person no longer waits. */
async function answered(asked: CommandView, path: string, invocation: Invocation): Promise<CommandView> {
  let command = asked;
  while (command.state === 'sent' && !invocation.stop.aborted) {
    await pause(LOOK_EVERY_MS, undefined, { signal: invocation.stop }).catch(() => {});
    command = ((await askServer(invocation, `${path}/${asked.id}`)) as { command: CommandView }).command;
  }
  return command;
}

function told({ state, fault, reply }: CommandView, { locale }: Invocation): string[] {
  const { commandStates, refusals } = wordsOf(locale);
  const text = words(locale).action;
  const why = fault ?? reply?.error;
  const refusal = reply?.refusal === undefined ? [] : [refusals[reply.refusal]];
  return [
    [commandStates[state], ...refusal, ...(why === undefined ? [] : [why])].join(' · '),
    ...(reply?.before === undefined ? [] : [text.before(reply.before)]),
    ...(reply?.after === undefined ? [] : [text.after(reply.after)]),
    ...(reply?.output === undefined ? [] : [reply.output]),
  ];
}

function listed({ online, allowed, commands }: Actions, { locale }: Invocation): string[] {
  const text = words(locale).action;
  const { commandStates } = wordsOf(locale);
  const offered = allowed.map(({ name, title, args }) => {
    const chosen = Object.entries(args).map(([key, values]) => `${key}=${values.join('|')}`);
    return `  ${[name, ...chosen].join(' ')}   ${title[locale]}`;
  });
  const past = commands.slice(0, 10).map(({ at, action = '?', state, by = '?', asked }) => {
    return `  ${new Date(at).toISOString()}  ${action}  ${commandStates[state]}  ${asked ? by : text.unasked}`;
  });
  return [
    ...(online ? [] : [text.offline]),
    ...(offered.length === 0 ? [text.none] : [text.allowed, ...offered]),
    ...(past.length === 0 ? [] : [text.past, ...past]),
  ];
}
