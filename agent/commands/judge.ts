import { Command, type CommandRefusal } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { describeError } from '../describe-error.ts';
import { readSigned } from '../read-signed.ts';
import type { Say } from '../words.ts';
import type { LoadedAction } from './load-actions.ts';

/** A command made so much later than this clock shows was made by a server whose clock and ours disagree. */
const CLOCK_SLACK_MS = 60_000;

export interface Refused {
  refusal: CommandRefusal;
  /** The command's own id, where one could be read. */
  id?: string;
  action?: string;
  /** For people, with what was expected. */
  error: string;
}

/** A command that is proven, ours and in time. */
export type Heard = { command: Command } | Refused;

/**
 * Whether a message is a command of the server's for this agent, now. Its signature is checked before anything in it is
 * believed; the id of one that is refused is told all the same, for whoever looks for it.
 */
export function readCommand(
  payload: Uint8Array,
  { me, readKey, now, say }: { me: DeviceKey; readKey: () => string; now: number; say: Say },
): Heard {
  let proven: ReturnType<typeof readSigned<typeof Command>>;
  try {
    proven = readSigned(payload, { purpose: 'command', schema: Command, publicKey: readKey() });
  } catch (error) {
    const why = describeError(error);
    return {
      refusal: 'unsigned',
      ...supposedId(payload),
      error: say({
        fr: `la clé publique du serveur ne peut pas être lue (${why})`,
        en: `the server’s public key cannot be read (${why})`,
      }),
    };
  }
  if ('fault' in proven) {
    if (proven.fault === 'unsigned') {
      return {
        refusal: 'unsigned',
        ...supposedId(payload),
        error: say({
          fr: 'pas de signature du serveur que cet agent connaît',
          en: 'no signature of the server that this agent knows',
        }),
      };
    }
    return {
      refusal: 'unknown-action',
      ...supposedId(payload),
      error: say({
        fr: 'signée, mais illisible\u202f: le serveur est peut-être plus récent que cet agent',
        en: 'signed, but unreadable: the server may be newer than this agent',
      }),
    };
  }
  const command = proven.body;
  const refused = (refusal: CommandRefusal, error: string): Refused => ({
    refusal,
    id: command.id,
    action: command.action,
    error,
  });
  if (command.to !== me) {
    return refused('not-for-me', say({ fr: `elle est pour ${command.to}`, en: `it is for ${command.to}` }));
  }
  const early = Math.round((command.at - now) / 1000);
  if (command.at - now > CLOCK_SLACK_MS) {
    return refused(
      'expired',
      say({
        fr: `faite ${early} s dans le futur\u202f: l’horloge de cette machine retarde`,
        en: `made ${early} s in the future: this machine’s clock is slow`,
      }),
    );
  }
  if (now > command.expiresAt) {
    const late = Math.round((now - command.expiresAt) / 1000);
    return refused(
      'expired',
      say({
        fr: `périmée depuis ${late} s selon l’horloge de cette machine\u202f; si elle vient d’être envoyée, cette horloge avance`,
        en: `expired ${late} s ago by this machine’s clock; if it was sent just now, this clock is fast`,
      }),
    );
  }
  return { command };
}

/** What a command asks for, if the configuration allows it. */
export function findAction(
  { action, args }: Pick<Command, 'action' | 'args'>,
  actions: readonly LoadedAction[],
  say: Say,
): { loaded: LoadedAction; args: Record<string, string> } | Omit<Refused, 'id' | 'action'> {
  const loaded = actions.find(({ name }) => name === action);
  if (!loaded) {
    return {
      refusal: 'unknown-action',
      error: say({
        fr: `aucune action « ${action} » dans la configuration de cet agent`,
        en: `no action “${action}” in this agent’s configuration`,
      }),
    };
  }
  const refused = (error: string) => ({ refusal: 'not-allowed' as const, error });
  const strange = Object.keys(args).find((key) => !Object.hasOwn(loaded.choices, key));
  if (strange !== undefined) {
    return refused(say({ fr: `« ${strange} » ne se choisit pas`, en: `“${strange}” is not for choosing` }));
  }
  const chosen: Record<string, string> = {};
  for (const [key, values] of Object.entries(loaded.choices)) {
    const value = args[key] ?? (values.length === 1 ? values[0] : undefined);
    if (value === undefined || !values.includes(value)) {
      const known = values.join(', ');
      return refused(say({ fr: `« ${key} »\u202f: au choix ${known}`, en: `“${key}”: one of ${known}` }));
    }
    chosen[key] = value;
  }
  return { loaded, args: chosen };
}

const ID = /"id\\?"\s*:\s*\\?"([a-z0-9-]{8,64})\\?"/;

/** The id a message claims, proven or not. */
function supposedId(payload: Uint8Array): { id?: string } {
  const id = ID.exec(Buffer.from(payload.subarray(0, 8192)).toString('utf8'))?.[1];
  return id === undefined ? {} : { id };
}
