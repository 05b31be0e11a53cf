import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceKey } from '../../protocol/names.ts';
import type { CheckContext } from '../check.ts';
import { describeError } from '../describe-error.ts';
import { broadcast } from '../platform/broadcast.ts';
import type { Say } from '../words.ts';
import { type Commands, type CommandsOptions, createCommands } from './commands.ts';
import type { LoadedActions } from './load-actions.ts';
import { CommandRecord, openShelf } from './record.ts';

interface StartOptions extends Pick<CommandsOptions, 'clock' | 'log' | 'say' | 'send'> {
  me: DeviceKey;
  dataDir: string;
  actions: LoadedActions;
  context: (name: string, signal: AbortSignal, say: Say) => CheckContext;
}

/** Commands on the real machine; undefined where the disk does not let them be written down: then none is taken. */
export function startCommands({ me, dataDir, actions, context, ...same }: StartOptions): Commands | undefined {
  const { clock, log } = same;
  let record: CommandRecord;
  try {
    // Names hold no `~`. A device that is renamed must not answer for another.
    record = new CommandRecord(openShelf(join(dataDir, `commands~${me.replaceAll('/', '~')}`)), clock.now());
  } catch (error) {
    log('error', 'no command is taken: they cannot be written down', { error: describeError(error) });
    return undefined;
  }
  if (record.since > 0) {
    log('error', 'the record of commands could not be read: earlier commands are refused', { since: record.since });
  }
  const keyFile = actions.publicKeyFile ?? join(dataDir, 'identity', 'signing.pub');
  return createCommands({
    ...same,
    me,
    actions,
    record,
    readKey: () => readFileSync(keyFile, 'utf8'),
    newId: () => `unread-${randomBytes(8).toString('hex')}`,
    context: (name, args, signal) => ({
      ...context(name, signal, same.say),
      args,
      broadcast: (datagram, address, port) => broadcast(datagram, address, port, signal),
    }),
  });
}
