import { expect, test } from 'vitest';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { profile as standard } from '../../../../agent/snmp/profiles/standard-traps.ts';
import { interpret } from '../../../../agent/snmp/traps/interpret.ts';
import type { Pdu } from '../../../../agent/snmp/traps/message.ts';
import { readTrap } from '../../../../agent/snmp/traps/trap.ts';
import { sayIn } from '../../../../agent/words.ts';
import { notification, notificationV1 } from './datagrams.ts';

const AT = 1_800_000_000_000;
const UPS = '1.3.6.1.2.1.33';
const read = (pdu: Pdu, all = profiles) => interpret(readTrap(pdu), { own: [], all }, sayIn('fr'), AT);

test('a port that went down is told by its name and description, and raises nothing by itself', () => {
  const { event, raises } = read(
    notification('1.3.6.1.6.3.1.1.5.3', {
      '1.3.6.1.2.1.2.2.1.1.7': 7,
      '1.3.6.1.2.1.31.1.1.1.1.7': 'Gi1/0/7',
      '1.3.6.1.2.1.31.1.1.1.18.7': 'caisse 3',
    }),
  );
  expect(event).toEqual({
    at: AT,
    source: 'trap',
    code: '1.3.6.1.6.3.1.1.5.3',
    severity: 'info',
    key: '7',
    text: 'Interface coupée\u202f: Gi1/0/7 (caisse 3)',
    values: {
      '1.3.6.1.2.1.2.2.1.1.7': '7',
      '1.3.6.1.2.1.31.1.1.1.1.7': 'Gi1/0/7',
      '1.3.6.1.2.1.31.1.1.1.18.7': 'caisse 3',
    },
  });
  expect(raises).toBeUndefined();
});

test('a variable that was not sent leaves no brackets behind', () => {
  const { event } = read(notification('1.3.6.1.6.3.1.1.5.4', { '1.3.6.1.2.1.2.2.1.1.7': 7 }));
  expect(event).toMatchObject({ severity: 'clears', text: 'Interface rétablie\u202f: 7' });
});

test('a version 1 trap means the same as its translation', () => {
  const generic = readTrap(notificationV1('1.3.6.1.4.1.9.1.1', [2, 0]));
  const specific = readTrap(notificationV1('1.3.6.1.4.1.318', [6, 5], {}, '10.0.0.9'));
  expect(generic).toMatchObject({ oid: '1.3.6.1.6.3.1.1.5.3', source: 'trap' });
  expect(generic.address).toBeUndefined();
  expect(specific).toMatchObject({ oid: '1.3.6.1.4.1.318.0.5', address: '10.0.0.9' });
  expect(read(notificationV1('1.3.6.1.4.1.318', [6, 5])).raises).toEqual({ check: 'trap:apc-5', status: 'warning' });
});

test('an alarm of a UPS raises what it is worth, and its end takes that one back', () => {
  const alarm = (trap: string, which: number, id: number) =>
    read(
      notification(trap, {
        [`${UPS}.1.6.2.1.1.${id}`]: id,
        [`${UPS}.1.6.2.1.2.${id}`]: { oid: `${UPS}.1.6.3.${which}` },
      }),
    );
  expect(alarm(`${UPS}.2.3`, 3, 1)).toMatchObject({
    raises: { check: 'trap:upsTrapAlarmEntryAdded:1', status: 'critical' },
    event: { text: 'Alarme de l’onduleur\u202f: batterie faible' },
  });
  expect(alarm(`${UPS}.2.3`, 9, 2).raises?.status).toBe('warning');
  expect(alarm(`${UPS}.2.3`, 24, 3).raises).toBeUndefined();
  expect(alarm(`${UPS}.2.3`, 99, 4).event.text).toBe(`Alarme de l’onduleur\u202f: ${UPS}.1.6.3.99`);
  // Version 1 sends the same with one step more.
  expect(alarm(`${UPS}.2.0.4`, 3, 1).clears).toEqual(['trap:upsTrapAlarmEntryAdded:1']);
});

test('what a device is read with comes before what other profiles say of the same trap', () => {
  const own = {
    name: 'mine',
    title: 'Mine',
    match: 'any' as const,
    traps: [{ oid: '1.3.6.1.6.3.1.1.5.1', title: { fr: 'À moi', en: 'Mine' }, severity: 'warning' as const }],
  };
  const trap = readTrap(notification('1.3.6.1.6.3.1.1.5.1'));
  const { event, raises } = interpret(trap, { own: [standard, own], all: profiles }, sayIn('fr'), AT);
  expect(event.text).toBe('À moi');
  expect(raises?.check).toBe('trap:mine-1');
});

test('an unknown trap stays readable: its maker, its number and its values, and no secret', () => {
  const { event, raises } = read(
    notification('1.3.6.1.4.1.9.9.9999.0.1', {
      '1.3.6.1.2.1.2.2.1.2.3': 'Fa0/3\u0007\u202eevil',
      '1.3.6.1.6.3.18.1.4.0': 'secret-community',
    }),
  );
  expect(event.severity).toBe('info');
  expect(event.text).toMatch(
    /^Notification inconnue de .*Cisco.* \(1\.3\.6\.1\.4\.1\.9\.9\.9999\.0\.1\)\u202f: ifDescr\.3 = /,
  );
  expect(JSON.stringify(event)).not.toMatch(/secret-community|\\u0007|\u202e/);
  expect(raises).toBeUndefined();
});

test('a trap of many and long values is cut to what a report may carry', () => {
  const values = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`1.3.6.1.4.1.1.1.${at}`, 'x'.repeat(900)]));
  const { event } = read(notification('1.3.6.1.4.1.1.0.1', values));
  expect(Object.keys(event.values ?? {})).toHaveLength(32);
  expect(Math.max(...Object.values(event.values ?? {}).map(({ length }) => length))).toBe(512);
  expect(event.text).toHaveLength(512);
});

test('no two profiles for every device explain the same trap', () => {
  const told = profiles.flatMap(({ match, traps = [] }) =>
    match === 'any' ? [...new Set(traps.map(({ oid }) => oid))] : [],
  );
  expect(told.filter((oid, at) => told.indexOf(oid) !== at)).toEqual([]);
});

test('what any rule takes back is a trap that there is, and has a key where that one has', () => {
  const all = profiles.flatMap(({ traps = [] }) => traps);
  for (const { oid, clears, key } of all.filter(({ severity }) => severity === 'clears')) {
    const raising = all.filter((rule) => rule.oid === clears);
    expect(raising, `${oid} clears ${clears}`).not.toEqual([]);
    expect(raising.some((rule) => (rule.key === undefined) === (key === undefined))).toBe(true);
  }
});
