import { SnmpFault } from '../client/fault.ts';
import type { SnmpSession } from '../client/session.ts';
import type { WalkBounds } from '../client/walk.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { chooseProfiles } from '../evaluate/match.ts';
import { type Asked, questionsByPart, questionsOfChoice } from '../evaluate/questions.ts';
import { Snapshot } from '../evaluate/snapshot.ts';
import type { SnmpProfile } from '../profile.ts';
import type { DeviceReading } from '../reading.ts';
import type { SnmpValue } from '../value.ts';
import { SYSTEM_OIDS } from './system.ts';

/** A part on which the device chokes leaves time for the others. */
const LARGEST_SHARE = 1 / 3;

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
  async function ask(
    part: string,
    { scalars, columns }: Asked,
    mostMs = bounds.durationMs * LARGEST_SHARE,
  ): Promise<void> {
    const freshScalars = fresh(scalars, known.scalars);
    const freshColumns = fresh(columns, known.columns);
    const left = {
      durationMs: Math.max(0, Math.min(untilMs - now(), mostMs)),
      values: Math.max(0, bounds.values - values.size),
    };
    try {
      for (const [oid, value] of await session.get(freshScalars, signal)) values.set(oid, value);
      const walk = await session.walk(freshColumns, { ...bounds, ...left }, signal);
      for (const [oid, value] of walk.values) values.set(oid, value);
      faults.push(...walk.faults.map((fault) => ({ part, fault })));
    } catch (error) {
      if (!(error instanceof SnmpFault) || signal?.aborted) throw error;
      faults.push({ part, fault: error });
    }
  }

  /** What had no time because of others of its part: one by one, in what time is left. */
  async function askAgain(): Promise<void> {
    const unread = faults.filter(({ fault: { kind, oid } }) => kind === 'too-long' && oid !== undefined);
    const rest = faults.filter((fault) => !unread.includes(fault));
    faults.splice(0, faults.length, ...rest);
    for (const [at, { part, fault }] of unread.entries()) {
      const columns = [fault.oid as string];
      for (const oid of columns) known.columns.delete(oid);
      await ask(part, { scalars: [], columns }, (untilMs - now()) / (unread.length - at));
    }
  }

  const choose = () => chooseProfiles(profiles, new Snapshot(values));
  const askAll = async (chosen: readonly SnmpProfile[]) => {
    for (const { part, asked } of questionsByPart(chosen)) await ask(part, asked);
  };
  // What it surely has comes first, and stands whatever becomes of the attempts after it.
  await askAll(choose());
  await ask('profiles', questionsOfChoice(profiles, new Snapshot(values)));
  const chosen = choose();
  await askAll(chosen);
  await askAgain();
  const reading = evaluate(chosen, new Snapshot(values));
  return { reading: { ...reading, ...uptime(reading, session) }, faults, chosen, values };
}

/** The engine's seconds go on where the 32 bits of sysUpTime have begun anew, after 497 days. */
function uptime({ uptimeS }: DeviceReading, session: Pick<SnmpSession, 'engine'>): Pick<DeviceReading, 'uptimeS'> {
  const engine = session.engine();
  return engine && uptimeS !== undefined ? { uptimeS: Math.max(uptimeS, engine.time) } : {};
}
