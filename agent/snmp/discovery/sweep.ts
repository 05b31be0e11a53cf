import type { Clock } from '../../clock.ts';
import { isRefusal, SnmpFault } from '../client/fault.ts';
import type { SnmpSession } from '../client/session.ts';
import type { SnmpProfile } from '../profile.ts';
import type { FoundDevice, KnownDevice } from './found.ts';
import { identify } from './identify.ts';
import { createPace } from './pace.ts';
import { addressesIn, compareAddresses } from './ranges.ts';
import { mergeSame } from './same-device.ts';

export interface SweepTarget {
  address: string;
  port: number;
  /** By name. */
  credential: string;
  /** Of one attempt. */
  timeoutMs: number;
  /** Attempts after the first. */
  retries: number;
}

export interface SweepOptions {
  ranges: readonly string[];
  /** Nothing outside of these is asked anything. */
  allowed: readonly string[];
  /** Addresses that are our own. */
  except: readonly string[];
  /** Names, in the order they are tried. */
  credentials: readonly string[];
  /** Where devices listen; 161 when left out. */
  port?: number;
  /** What is configured: within the ranges it is asked as it is configured. */
  known: readonly KnownDevice[];
  /** Questions to addresses that have not answered yet. */
  perSecond: number;
  /** Of version 1, 2c or 3, as the credential has it. */
  open(target: SweepTarget): SnmpSession;
  profiles: readonly SnmpProfile[];
  clock: Clock;
  signal: AbortSignal;
  /** What matters more waits for its turn. */
  isBusy?(): boolean;
  onProgress?(progress: SweepProgress): void;
}

export interface SweepProgress {
  /** Questions asked, or no longer needed; of so many. */
  done: number;
  of: number;
  /** Addresses that answer. */
  answering: number;
}

export interface SweepResult {
  found: FoundDevice[];
  /** Configured within the ranges, and nowhere to be found. */
  gone: KnownDevice[];
  /** Addresses that answer, and refuse every credential. */
  refusing: string[];
  /** Credentials that could not be read, and were not tried: one fault for each. */
  unreadable: SnmpFault[];
}

const PORT = 161;
// SNMPv2-MIB sysObjectID, sysDescr, sysName.
const QUESTION = ['1.3.6.1.2.1.1.2.0', '1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.5.0'];
/** A datagram may be lost, and the first to an address often is. */
const ROUNDS = 2;
const FIRST_TIMEOUT_MS = 1000;
const READ = { timeoutMs: 2000, retries: 2 };
/** Devices that are read at the same time. */
const READ_AT_ONCE = 4;

type Question = Pick<FoundDevice, 'address' | 'port' | 'credential' | 'device'>;

/**
 * Looks for devices, address by address. Rejects with `RangeRefused` before anything is sent, and with the signal's reason
 * when it fires.
 */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const { clock, signal, known, isBusy = () => false } = options;
  const except = new Set(options.except);
  const addresses = addressesIn(options.ranges, options.allowed).filter((address) => !except.has(address));
  const within = new Set(addresses);
  const expected = known.filter(({ address }) => within.has(address));
  const pace = createPace({ perSecond: options.perSecond, clock, signal, isBusy });
  const answering = new Map<string, Question>();
  const refusing = new Set<string>();
  const unreadable = new Map<string, SnmpFault>();

  async function ask(question: Question, session: SnmpSession): Promise<void> {
    try {
      await session.get(QUESTION, signal);
      answering.set(placeOf(question), question);
    } catch (error) {
      if (!(error instanceof SnmpFault)) throw error;
      if (isRefusal(error)) refusing.add(question.address);
      if (error.kind === 'credentials') unreadable.set(question.credential, error);
    } finally {
      session.close();
    }
  }

  const passes = passesOf(addresses, expected, options);
  const of = passes.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const pass of passes) {
    const asked: Promise<void>[] = [];
    for (const question of pass) {
      options.onProgress?.({ done: done++, of, answering: answering.size });
      if (answering.has(placeOf(question)) || unreadable.has(question.credential)) continue;
      await pace.turn();
      asked.push(ask(question, options.open({ ...question, timeoutMs: FIRST_TIMEOUT_MS, retries: 0 })));
    }
    await Promise.all(asked);
  }
  signal.throwIfAborted();
  options.onProgress?.({ done, of, answering: answering.size });

  const found: FoundDevice[] = [];
  const left = [...answering.values()];
  async function read(): Promise<void> {
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      await pace.leave();
      const session = options.open({ ...at, ...READ });
      try {
        found.push(await identify(session, at, { profiles: options.profiles, now: clock.monotonicMs, signal }));
      } finally {
        session.close();
      }
    }
  }
  await Promise.all(Array.from({ length: READ_AT_ONCE }, read));

  const merged = mergeSame(found, known);
  const names = new Set(merged.map(({ device }) => device));
  const open = new Set(found.map(({ address }) => address));
  return {
    found: merged,
    gone: expected.filter(({ name }) => !names.has(name)),
    refusing: [...refusing].filter((address) => !open.has(address)).sort(compareAddresses),
    unreadable: [...unreadable.values()],
  };
}

const placeOf = ({ address, port }: Pick<Question, 'address' | 'port'>) => `${address}:${port}`;

/** Who is configured is asked as it is configured; then each credential goes over all addresses, and all that once more. */
function passesOf(
  addresses: readonly string[],
  expected: readonly KnownDevice[],
  { credentials, port = PORT }: Pick<SweepOptions, 'credentials' | 'port'>,
): Question[][] {
  const names = new Map(expected.map((each) => [placeOf(each), each.name]));
  const configured = expected.map(({ name, address, port, credential }) => ({
    address,
    port,
    credential,
    device: name,
  }));
  const round = [
    configured,
    ...credentials.map((credential) =>
      addresses.map((address) => {
        const device = names.get(placeOf({ address, port }));
        return { address, port, credential, ...(device !== undefined && { device }) };
      }),
    ),
  ];
  return Array.from({ length: ROUNDS }, () => round).flat();
}
