import { SnmpFault } from '../client/fault.ts';
import type { SnmpSession } from '../client/session.ts';
import type { WalkBounds } from '../client/walk.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { chooseProfiles } from '../evaluate/match.ts';
import { type Asked, questionsByPart, questionsOfChoice } from '../evaluate/questions.ts';
import { Snapshot } from '../evaluate/snapshot.ts';
import { statesFirst } from '../evaluate/states-first.ts';
import type { SnmpProfile } from '../profile.ts';
import type { DeviceReading } from '../reading.ts';
import type { SnmpValue } from '../value.ts';
import { SYSTEM_OIDS } from './system.ts';

/** Of the time left: a step on which the device chokes leaves some for those after it. */
const LARGEST_SHARE = 1 / 2;

interface Part {
  part: string;
  asked: Asked;
}

export interface ReadOptions {
  /** All there are: those that apply are chosen. */
  profiles: readonly SnmpProfile[];
  /** Of the whole look: what comes after is left out, and named. */
  bounds: WalkBounds;
  /** Milliseconds, for durations. */
  now: () => number;
  signal?: AbortSignal;
}

export interface DeviceLook {
  reading: DeviceReading;
  /** What could not be read: `interfaces`, or a profile's name, and why. */
  faults: { part: string; fault: SnmpFault }[];
  /** The profiles that apply. */
  chosen: readonly SnmpProfile[];
  /** All it answered, by OID. */
  values: ReadonlyMap<string, SnmpValue>;
}

/**
 * Finds out what a device is, and asks it all that the profiles which apply to it want to know. What fails is left out.
 * Rejects with an `SnmpFault` when the device does not answer at all, or the signal fires.
 */
export async function readDevice(
  session: Pick<SnmpSession, 'get' | 'walk' | 'engine'>,
  { profiles, bounds, now, signal }: ReadOptions,
): Promise<DeviceLook> {
  const untilMs = now() + bounds.durationMs;
  const system = [...SYSTEM_OIDS.slow, ...SYSTEM_OIDS.fast];
  const values = await session.get(system, signal);
  const known = { scalars: new Set(system), columns: new Set<string>() };
  const faults: DeviceLook['faults'] = [];

  const fresh = (oids: readonly string[], asked: Set<string>) =>
    oids.filter((oid) => !asked.has(oid) && Boolean(asked.add(oid)));

  /** All at once, which takes the fewest questions; part by part where that fails, so that it is known which of them does. */
  async function inOne(parts: readonly Part[], read: (parts: readonly Part[]) => Promise<void>): Promise<void> {
    try {
      await read(parts);
    } catch (error) {
      if (!(error instanceof SnmpFault) || signal?.aborted) throw error;
      const isGone = error.kind === 'timeout' && error.oid === undefined;
      if (parts.length === 1 || isGone) faults.push(...parts.map(({ part }) => ({ part, fault: error })));
      else for (const part of parts) await inOne([part], read);
    }
  }

  async function ask(parts: readonly Part[], shareOfTime = LARGEST_SHARE): Promise<void> {
    const wanted = parts
      .map(({ part, asked: { scalars, columns } }) => ({
        part,
        asked: { scalars: fresh(scalars, known.scalars), columns: fresh(columns, known.columns) },
      }))
      .filter(({ asked: { scalars, columns } }) => scalars.length + columns.length > 0);
    const stepUntilMs = now() + (untilMs - now()) * shareOfTime;
    await inOne(wanted, async (some) => {
      const scalars = some.flatMap(({ asked }) => asked.scalars);
      for (const [oid, value] of await session.get(scalars, signal)) values.set(oid, value);
    });
    await inOne(wanted, async (some) => {
      const left = {
        durationMs: Math.max(0, stepUntilMs - now()),
        values: Math.max(0, bounds.values - values.size),
      };
      const columns = some.flatMap(({ asked }) => asked.columns);
      const partial = new Map<string, SnmpValue>();
      let told = partial;
      try {
        const walk = await session.walk(columns, { ...bounds, ...left }, signal, partial);
        told = walk.values;
        const partOf = (oid: string | undefined) => some.find(({ asked }) => oid && asked.columns.includes(oid));
        faults.push(...walk.faults.map((fault) => ({ part: partOf(fault.oid)?.part ?? 'profiles', fault })));
      } finally {
        for (const [oid, value] of told) values.set(oid, value);
      }
    });
  }

  /** What had no time because of others: one by one, in what time is left. */
  async function askAgain(): Promise<void> {
    const unread = faults.filter(({ fault: { kind, oid } }) => kind === 'too-long' && oid !== undefined);
    const rest = faults.filter((fault) => !unread.includes(fault));
    faults.splice(0, faults.length, ...rest);
    for (const [at, { part, fault }] of unread.entries()) {
      const columns = [fault.oid as string];
      for (const oid of columns) known.columns.delete(oid);
      await ask([{ part, asked: { scalars: [], columns } }], 1 / (unread.length - at));
    }
  }

  const choose = () => chooseProfiles(profiles, new Snapshot(values));
  // What is asked of any device comes first, and stands whatever becomes of what is asked of few, and of mere attempts.
  const sure = choose();
  const special = new Set(sure.filter(({ match }) => match !== 'any').map(({ name }) => name));
  const parts = questionsByPart(sure);
  await ask(parts.filter(({ part }) => !special.has(part)));
  await ask(parts.filter(({ part }) => special.has(part)));
  await ask([{ part: 'profiles', asked: questionsOfChoice(profiles, new Snapshot(values)) }]);
  const chosen = choose();
  await ask(questionsByPart(chosen));
  await askAgain();
  const reading = statesFirst(evaluate(chosen, new Snapshot(values)));
  return { reading: { ...reading, ...uptime(reading, session) }, faults, chosen, values };
}

/** The engine's seconds go on where the 32 bits of sysUpTime have begun anew, after 497 days. */
function uptime({ uptimeS }: DeviceReading, session: Pick<SnmpSession, 'engine'>): Pick<DeviceReading, 'uptimeS'> {
  const engine = session.engine();
  return engine && uptimeS !== undefined ? { uptimeS: Math.max(uptimeS, engine.time) } : {};
}
