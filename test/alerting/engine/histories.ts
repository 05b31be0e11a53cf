import fc from 'fast-check';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { EngineEvent, PresenceEvidence, RulePack } from '../../../alerting/engine/types.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import { composite, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

/** Random histories of one small store: everything that can reach judgement, in bursts as commits bring it. */

const rules = packOf(
  silence({ id: 'lane', scope: { kinds: ['till'] }, hours: 'open' }),
  silence({ id: 'core', scope: { kinds: ['gateway', 'server', 'switch', 'router', 'firewall'] }, forS: 8 }),
  silence({ id: 'small', scope: { kinds: ['printer', 'ups'] }, forS: 10, severity: 'warning', urgency: 3 }),
  threshold({ forS: 20, clearForS: 10 }),
  threshold({ id: 'disk-warm', raise: 70, clear: 60, forS: 0, clearForS: 0, severity: 'warning', urgency: 3 }),
  threshold({ id: 'sensor', field: 'heat', forS: 0, clearForS: 0, noData: { does: 'alert', afterS: 40 } }),
  threshold({
    ...{ id: 'busy', field: 'load', forS: 0, clearForS: 0, severity: 'warning' },
    window: { seconds: 60, aggregate: 'avg', coverage: 0.5 },
  }),
  status({ forS: 10, clearForS: 10 }),
  status({ id: 'trap', check: ['trap'], forS: 0, clearForS: 0, urgency: 3 }),
  composite({ scope: { kinds: ['till'] }, forS: 8, clearForS: 8 }),
  composite({ id: 'lanes', of: 'lanes', when: 'firing', rule: 'disk-warm', forS: 0, clearForS: 0, hours: 'open' }),
);

/** Clocks short enough to run out now and then. */
export const pack: RulePack = {
  ...rules,
  reopenS: 60,
  judgement: {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      {
        targetsS: { respond: { 1: 40, 2: 60, 3: 80 }, restore: { 1: 100, 2: 150, 3: 200, 4: 250 } },
        escalateAt: [50, 75, 100],
      },
    ],
  },
};

const gw = { name: 'gw', kind: 'gateway' } as const;
const behind = { gateway: 'gw' } as const;

const LAYOUTS: readonly Store[] = [
  // A tree behind a gateway, with a UPS.
  storeOf([
    gw,
    { name: 'ups', kind: 'ups', ...behind },
    { name: 'sw1', kind: 'switch', ...behind },
    { name: 'sw2', kind: 'switch', ...behind, attributes: { parent: 'sw1' } },
    till(1, { ...behind, attributes: { parent: 'sw1' } }),
    till(2, { ...behind, attributes: { parent: 'sw2' } }),
    till(3, { ...behind, attributes: { parent: 'sw2' } }),
    { name: 'printer', kind: 'printer', ...behind, attributes: { parent: 'sw2' } },
  ]),
  // Agents of their own, with nothing in common that anybody knows of.
  storeOf([{ name: 'server', kind: 'server' }, till(1), till(2), till(3), till(4)]),
  // Two ways out and what hangs on them, by the template.
  storeOf([
    { name: 'gw', kind: 'gateway' },
    { name: 'fibre', kind: 'router', ...behind, attributes: { wan: 'main' } },
    { name: 'lte', kind: 'router', ...behind, attributes: { wan: 'backup' } },
    { name: 'fw', kind: 'firewall', ...behind },
    till(1),
    till(2),
  ]),
  // A power group, a switch nobody hears of, and hours that end within the history.
  storeOf(
    [
      { name: 'server', kind: 'server' },
      { name: 'pdu', kind: 'ups' },
      { name: 'sw1', kind: 'switch' },
      till(1, { attributes: { power: 'pdu', parent: 'sw1' } }),
      till(2, { attributes: { power: 'pdu', parent: 'sw1' } }),
      till(3),
    ],
    { hours: { mon: ['09:00-10:02', '10:03-12:00'] } },
  ),
];

interface Saying {
  which: number;
  says: PresenceEvidence | 'report' | 'kept';
  disk: number;
  heat: number | undefined;
  load: number;
  check: 'ok' | 'critical' | 'unknown';
  trap: 'ok' | 'critical';
  isOffline: boolean;
  isOnReserve: boolean;
}

export type Deed =
  | { do: 'pass'; seconds: number }
  | { do: 'burst'; sayings: Saying[] }
  | { do: 'flap'; which: number; times: number }
  | { do: 'plan'; windows: { which: number; afterS: number; lastsS: number }[] }
  | { do: 'tree'; parents: [number, number][] }
  | { do: 'acknowledge' }
  | { do: 'hold'; forS: number | undefined }
  | { do: 'resume' };

const saying: fc.Arbitrary<Saying> = fc.record({
  which: fc.nat(7),
  says: fc.constantFrom<Saying['says']>(
    ...(['report', 'report', 'report', 'lost', 'lost', 'unreachable', 'stopped', 'online', 'birth', 'kept'] as const),
  ),
  disk: fc.constantFrom(10, 10, 65, 75, 95),
  heat: fc.constantFrom(10, 95, undefined),
  load: fc.constantFrom(10, 99),
  check: fc.constantFrom('ok', 'ok', 'critical', 'unknown'),
  trap: fc.constantFrom('ok', 'ok', 'ok', 'critical'),
  isOffline: fc.boolean(),
  isOnReserve: fc.boolean(),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.constantFrom(0.5, 1, 3, 5, 8, 10, 14, 16, 31, 45, 95),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      sayings: fc.array(saying, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('flap' as const), which: fc.nat(7), times: fc.integer({ min: 3, max: 8 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('plan' as const),
      windows: fc.array(
        fc.record({
          // Beyond the devices: the whole store.
          which: fc.nat(9),
          afterS: fc.constantFrom(0, 10, 60),
          lastsS: fc.constantFrom(60, 120),
        }),
        { maxLength: 2 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('tree' as const),
      parents: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'acknowledge' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('hold' as const), forS: fc.constantFrom(undefined, 7, 20, 60) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'resume' as const }) },
);

export interface History {
  store: Store;
  deeds: Deed[];
  /** Before which deed the collector is started anew. */
  restartAt: number;
  /** By which bursts are shuffled. */
  seed: number;
}

export const histories: fc.Arbitrary<History> = fc.record({
  store: fc.constantFrom(...LAYOUTS),
  deeds: fc.array(deed, { minLength: 1, maxLength: 24 }),
  restartAt: fc.nat(24),
  seed: fc.integer(),
});

const keyAt = ({ devices }: Store, which: number): DeviceKey =>
  `${STORE}/${(devices[which % devices.length] as Device).name}`;

/** One device's word as the event it reaches judgement by. */
export function eventOf(store: Store, saying: Saying, now: number): EngineEvent {
  const device = keyAt(store, saying.which);
  const { says, disk, heat, load, check, trap } = saying;
  if (says !== 'report' && says !== 'kept') return { kind: 'presence', device, at: now, evidence: says, intervalS: 30 };
  const late = says === 'kept';
  const reserve = saying.isOnReserve;
  return {
    kind: 'report',
    device,
    at: late ? now - 90_000 : now,
    late,
    points: [
      { m: 'disk', t: { path: '/' }, f: { used_percent: disk, load, ...(heat !== undefined && { heat }) } },
      { m: 'unsent_sales', f: { selling_offline: saying.isOffline ? 1 : 0 } },
      ...(/\/(ups|pdu)$/.test(device) ? [{ m: 'upsd', f: { status_flags: reserve ? 16 : 8 } }] : []),
      ...(/\/gw$/.test(device) ? [{ m: 'wan_path', f: { on_backup: reserve ? 1 : 0 } }] : []),
    ],
    statuses: [
      { check: 'pos', status: check },
      { check: 'trap', status: trap },
    ],
  };
}

/** As well as can be. */
export const well = (which: number): Saying => ({
  ...{ which, says: 'report', disk: 10, heat: 10, load: 10, check: 'ok', trap: 'ok' },
  ...{ isOffline: false, isOnReserve: false },
});

/** Windows as somebody plans them at `now`, in the store's own time. */
export function windowsOf(
  store: Store,
  windows: Extract<Deed, { do: 'plan' }>['windows'],
  now: number,
): MaintenanceWindow[] {
  const local = (at: number) => new Date(at + 3_600_000).toISOString().slice(0, 16);
  return windows.map(({ which, afterS, lastsS }, nth) => ({
    id: `w${nth}`,
    kind: 'maintenance',
    title: 'Travaux',
    who: 'Inès',
    why: 'essai',
    scope: { places: [which < store.devices.length ? keyAt(store, which) : (STORE as StoreKey)] },
    start: local(now + afterS * 1000),
    end: local(now + afterS * 1000 + Math.max(60, lastsS) * 1000 + 60_000),
  }));
}
