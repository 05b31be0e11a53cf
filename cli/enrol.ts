import { resolve } from 'node:path';
import { EnrolError, enrol } from '../agent/identity/enrol.ts';
import { filesOf, readIdentity, validityOf } from '../agent/identity/folder.ts';
import { readHostFacts } from '../agent/platform/host-facts.ts';
import type { Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { localDeviceName } from './local-machine.ts';
import { words } from './words/index.ts';

/** How long a machine that must be admitted by a person waits for it, when nothing else is said. */
const WAIT_MIN = 10;

/** `vigie agent enroll`: gets this device its certificate, once. */
export async function enrolThisDevice({ flags, env, locale, say, stop }: Invocation): Promise<number> {
  const text = words(locale).enrol;
  const server = String(flags.server ?? '');
  if (!/^https:\/\/([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?\/?$/.test(server)) throw new Fault(text.server);
  const token = String(flags.token ?? env.VIGIE_ENROL_TOKEN ?? '').trim();
  if (token === '') throw new Fault(text.tokenMissing);
  const wait = String(flags.wait ?? WAIT_MIN);
  if (!/^\d{1,5}$/.test(wait)) throw new Fault(words(locale).badNumber('--wait', wait));
  const dataDir = resolve(String(flags['data-dir'] ?? 'data/agent'));
  if (flags.force !== true) refuseTwice(dataDir, locale);

  try {
    const identity = await enrol({
      server: new URL(server).origin,
      token,
      device: String(flags.device ?? localDeviceName()),
      dataDir,
      facts: await readHostFacts(),
      locale,
      waitMs: Number(wait) * 60_000,
      onWaiting: ({ message }) => say(text.waiting(message)),
      stop,
    });
    const { chain, store, device } = identity;
    say(text.done(`${chain}/${store}/${device}`, day(validityOf(filesOf(dataDir)).to)));
    return 0;
  } catch (error) {
    if (error instanceof EnrolError) throw new Fault(text.failed[error.kind](server, error.message));
    throw new Fault(words(locale).folderRefused(dataDir, (error as Error).message));
  }
}

/** An identity that is good is given up only on purpose: with it goes the device's place on the wall. */
function refuseTwice(dataDir: string, locale: Invocation['locale']): void {
  let identity: ReturnType<typeof readIdentity>;
  try {
    identity = readIdentity(dataDir);
    if (!identity) return;
    const { to } = validityOf(filesOf(dataDir));
    if (to <= Date.now()) return;
    const { chain, store, device } = identity;
    throw new Fault(words(locale).enrol.already(`${chain}/${store}/${device}`, day(to)));
  } catch (error) {
    // One that cannot be read is of no use: a new one takes its place.
    if (error instanceof Fault) throw error;
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
