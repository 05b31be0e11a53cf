import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../cli/demo/faults/fault.ts';
import { SiteFaults } from '../../../cli/demo/faults/site-faults.ts';
import type { HappeningKind } from '../../../cli/demo/scenario.ts';
import type { DeviceKind } from '../../../protocol/inventory.ts';

const device = (name: string, kind: DeviceKind) => ({ key: `demo/001/${name}` as const, kind });
const GATEWAY = device('gateway', 'gateway');
const TILL = device('till-01', 'till');
const OTHER_TILL = device('till-02', 'till');
const SERVER = device('server', 'server');
const SWITCH = device('switch-01', 'switch');
const UPS = device('ups', 'ups');

const FROM = 1_000_000;
const UNTIL = FROM + 300_000;

function suffering(what: HappeningKind, struck?: { key: Fault['device'] & string }): SiteFaults {
  const faults = new SiteFaults();
  faults.add({ id: 'f', what, store: 'demo/001', ...(struck && { device: struck.key }), from: FROM, until: UNTIL });
  return faults;
}

describe.each(['till-freezes', 'till-reboots'] as const)('%s', (what) => {
  const faults = suffering(what, TILL);

  test('silences its till, which the gateway notices some seconds later', () => {
    expect(faults.effectOn(TILL, FROM)).toEqual({ silent: true });
    expect(faults.effectOn(TILL, FROM + 3_900)).toEqual({ silent: true });
    expect(faults.effectOn(TILL, FROM + 8_100)).toEqual({ silent: true, unreachable: true });
  });

  test('leaves all else alone, before and after', () => {
    expect(faults.effectOn(OTHER_TILL, FROM + 60_000)).toEqual({});
    expect(faults.effectOn(TILL, FROM - 1)).toEqual({});
    expect(faults.effectOn(TILL, UNTIL)).toEqual({});
    expect([FROM - 1, FROM, UNTIL - 1, UNTIL].map((at) => faults.inForce(at))).toEqual([false, true, true, false]);
  });

  test('ends with a start of that till', () => {
    expect(faults.bootedAt(TILL, UNTIL - 1, 5)).toBe(5);
    expect(faults.bootedAt(TILL, UNTIL + 9_999, 5)).toBe(UNTIL);
    expect(faults.bootedAt(OTHER_TILL, UNTIL + 9_999, 5)).toBe(5);
  });
});

test('a WAN cut takes the line and nothing in the store', () => {
  const faults = suffering('wan-cut');
  expect(faults.effectOn(GATEWAY, FROM + 1)).toEqual({ linkCut: true });
  expect(faults.bootedAt(GATEWAY, UNTIL, 5)).toBe(5);
});

test('a disk fills over minutes and stays full until it is cleaned', () => {
  const faults = suffering('disk-fills', SERVER);
  expect([0, 60_000, 120_000, 299_999].map((after) => faults.effectOn(SERVER, FROM + after).diskFill)).toEqual([
    0, 0.5, 1, 1,
  ]);
  expect(faults.effectOn(SERVER, UNTIL)).toEqual({});
});

test('a switch’s uplink goes and comes', () => {
  const faults = suffering('switch-flaps', SWITCH);
  const down = [0, 30, 60, 90, 120, 150].map((s) => faults.effectOn(SWITCH, FROM + s * 1000).uplinkDown ?? false);
  expect(down).toEqual([true, true, false, true, false, false]);
});

test('when power fails the UPS says so first, then the tills go, then everything', () => {
  const faults = suffering('power-fails');
  const at = (after: number, which: typeof TILL | typeof UPS) => faults.effectOn(which, FROM + after);
  expect([at(0, UPS), at(0, TILL), at(0, SERVER)]).toEqual([{ onBattery: true }, {}, {}]);
  expect([at(3_000, TILL), at(20_000, TILL)]).toEqual([{ silent: true }, { silent: true, unreachable: true }]);
  expect([at(20_000, UPS), at(20_000, GATEWAY)]).toEqual([{ onBattery: true }, {}]);
  for (const which of [GATEWAY, UPS, TILL, SERVER])
    expect(at(45_000, which)).toMatchObject({ linkCut: true, silent: true });
  expect(faults.bootedAt(GATEWAY, UNTIL, 5)).toBe(UNTIL);
  expect(faults.bootedAt(UPS, UNTIL, 5)).toBe(5);
});

test('faults add up', () => {
  const faults = suffering('wan-cut');
  faults.add({ id: 'g', what: 'disk-fills', store: 'demo/001', device: SERVER.key, from: FROM, until: UNTIL });
  expect(faults.effectOn(SERVER, FROM)).toEqual({ linkCut: true, diskFill: 0 });
});
