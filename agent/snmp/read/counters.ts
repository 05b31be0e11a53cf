import type { Snapshot } from '../evaluate/snapshot.ts';
import { lineRateOf } from '../line-rate.ts';
import type { Counted, Counter, CounterSample, InterfaceCounters } from '../rates.ts';
import type { Interface } from '../reading.ts';

// IF-MIB ifTable and ifXTable.
const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const DISCONTINUITY = `${IF_X_ENTRY}.19`;
const UPTIME = '1.3.6.1.2.1.1.3.0';
// SNMP-FRAMEWORK-MIB, where the session itself does not know the engine.
const ENGINE_BOOTS = '1.3.6.1.6.3.10.2.1.2.0';
const ENGINE_TIME = '1.3.6.1.6.3.10.2.1.3.0';

/** Columns of each, the best first: those of 64 bits. */
const COLUMNS: Readonly<Record<Counted, readonly string[]>> = {
  inOctets: [`${IF_X_ENTRY}.6`, `${IF_ENTRY}.10`],
  outOctets: [`${IF_X_ENTRY}.10`, `${IF_ENTRY}.16`],
  inPackets: [`${IF_X_ENTRY}.7`, `${IF_ENTRY}.11`],
  outPackets: [`${IF_X_ENTRY}.11`, `${IF_ENTRY}.17`],
  inErrors: [`${IF_ENTRY}.14`],
  outErrors: [`${IF_ENTRY}.20`],
  inDiscards: [`${IF_ENTRY}.13`],
  outDiscards: [`${IF_ENTRY}.19`],
};

export const COUNTER_SCALARS = [UPTIME, ENGINE_BOOTS, ENGINE_TIME];

/** What counters are to be walked: of 64 bits where the device has them, which a first look at all of them tells. */
export function counterColumns(first?: Snapshot): string[] {
  const columns = Object.values(COLUMNS);
  const wanted = first
    ? columns.flatMap((choice) => choice.find((column) => first.rows(column).length > 0) ?? [])
    : columns.flat();
  return [...wanted, DISCONTINUITY];
}

/** The counters a device answered, at `at` of a clock that never jumps. */
export function readCounters(
  snapshot: Snapshot,
  interfaces: readonly Interface[],
  at: number,
  engine: { boots: number; time: number } | undefined,
): CounterSample {
  const uptimeCs = snapshot.number(UPTIME);
  const [boots, timeS] = [
    engine?.boots ?? snapshot.number(ENGINE_BOOTS),
    // The session's own knowledge of it is only as fresh as its last answer: what it says here is of now.
    snapshot.number(ENGINE_TIME) ?? engine?.time,
  ];
  const names = identitiesOf(interfaces);
  return {
    at,
    ...(uptimeCs !== undefined && { uptimeCs }),
    ...(boots !== undefined && timeS !== undefined && { engine: { boots, timeS } }),
    interfaces: new Map(interfaces.map((each) => [names.get(each) as string, countersOf(snapshot, each)] as const)),
  };
}

/** What identifies each: its name, with its alias where the name is another's too, and with its index where both are. */
export function identitiesOf(interfaces: readonly Interface[]): Map<Interface, string> {
  const shared = (identity: (each: Interface) => string) => {
    const seen = new Map<string, number>();
    for (const each of interfaces) seen.set(identity(each), (seen.get(identity(each)) ?? 0) + 1);
    return (each: Interface) => (seen.get(identity(each)) ?? 0) > 1;
  };
  const byName = ({ name }: Interface) => name;
  const byAlias = ({ name, alias = '' }: Interface) => `${name} ${alias}`;
  const [isNameShared, isAliasShared] = [shared(byName), shared(byAlias)];
  return new Map(
    interfaces.map((each) => {
      if (!isNameShared(each)) return [each, each.name];
      return [each, isAliasShared(each) ? `${each.name} #${each.index}` : byAlias(each)];
    }),
  );
}

function countersOf(snapshot: Snapshot, each: Interface): InterfaceCounters {
  const { index } = each;
  const speedBps = lineRateOf(each);
  const counters: Partial<Record<Counted, Counter>> = {};
  for (const [what, columns] of Object.entries(COLUMNS) as [Counted, readonly string[]][]) {
    for (const column of columns) {
      const counter = counterAt(snapshot, `${column}.${index}`);
      if (!counter) continue;
      counters[what] = counter;
      break;
    }
  }
  const discontinuity = snapshot.number(`${DISCONTINUITY}.${index}`);
  return {
    counters,
    ...(speedBps !== undefined && { speedBps }),
    ...(discontinuity !== undefined && { discontinuity }),
  };
}

function counterAt(snapshot: Snapshot, oid: string): Counter | undefined {
  const told = snapshot.get(oid);
  if (told?.type === 'counter64') return { value: told.value, bits: 64 };
  return told?.type === 'counter32' ? { value: BigInt(told.value), bits: 32 } : undefined;
}
