import { expect, test } from 'vitest';
import { questionsOf, questionsOfChoice } from '../../../../agent/snmp/evaluate/questions.ts';
import { defineProfile, type Identity, type Match, type SnmpProfile } from '../../../../agent/snmp/profile.ts';
import { type Answers, readSnapshot, snapshotOf } from '../read-snapshot.ts';

const T = '1.3.6.1.4.1.9999.1';
const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';

const profile = (rules: Partial<SnmpProfile>): SnmpProfile =>
  defineProfile({ name: 'probe', title: 'Probe', match: 'any', ...rules });
const identity = (answers: Answers, rules: Identity) => readSnapshot(answers, [profile({ identity: rules })]).identity;

test.each<[string, Match, boolean]>([
  ['its own subtree', { sysObjectID: '1.3.6.1.4.1.9' }, true],
  ['no other that begins alike', { sysObjectID: ['1.3.6.1.4.1.9.1.1', '1.3.6.1.4.1.99'] }, false],
  ['a description', { sysDescr: 'cisco ios' }, true],
  ['both, not one', { sysObjectID: '1.3.6.1.4.1.9', sysDescr: 'Linux' }, false],
  ['not what is excluded', { sysObjectID: '1.3.6.1.4.1.9', notSysObjectID: '1.3.6.1.4.1.9.1' }, false],
  ['not such a description', { sysObjectID: '1.3.6.1.4.1.9', notSysDescr: 'IOS' }, false],
  ['a scalar that answers', { has: { oid: `${T}.1.0` } }, true],
  ['a column with such a row', { has: { oid: `${T}.2`, is: '3' } }, false],
  ['a column with the very number', { has: { oid: `${T}.2`, is: '13' } }, true],
])('a profile applies to %s', (_, match, applies) => {
  const answers = {
    [SYS_DESCR]: 'Cisco IOS Software',
    [SYS_OBJECT_ID]: 'oid:1.3.6.1.4.1.9.1.2',
    [`${T}.1.0`]: 'x',
    [`${T}.2.1`]: 13,
  };
  expect(readSnapshot(answers, [profile({ match: [match] })]).profiles).toEqual(applies ? ['probe'] : []);
});

test('what a choice needs is asked for it, where the rest of the condition holds', () => {
  const system = snapshotOf({ [SYS_OBJECT_ID]: 'oid:1.3.6.1.4.1.9.1.2' });
  const match = [
    { has: { oid: `${T}.1.0` } },
    { sysObjectID: '1.3.6.1.4.1.9', has: { oid: `${T}.2`, is: 'x' } },
    { sysObjectID: '1.3.6.1.4.1.8', has: { oid: `${T}.3` } },
  ];
  expect(questionsOfChoice([profile({ match })], system)).toEqual({
    scalars: [`${T}.1.0`, `${T}.2`],
    columns: [`${T}.2`],
  });
});

test('one row of a column may tell the identity: it is asked for as it stands, and read', () => {
  const rules = profile({ identity: { model: [`{${T}.2.7}`] } });
  expect(questionsOf([rules]).slow.scalars).toContain(`${T}.2.7`);
  expect(readSnapshot({ [`${T}.2.1`]: 'one', [`${T}.2.7`]: 'seven' }, [rules]).identity.model).toBe('seven');
});

test('an identity is the first text that is whole', () => {
  const answers = {
    [SYS_DESCR]: 'Acme 12, version 3.4 (build 5)',
    [`${T}.1.0`]: '',
    [`${T}.2.1`]: '',
    [`${T}.2.2`]: 'SN2',
  };
  expect(
    identity(answers, {
      vendor: 'Acme',
      model: [`Model {${T}.1.0}`, `{${T}.7.0}`, { from: 'sysDescr', match: 'acme (\\d+)', as: 'Acme-$1' }],
      version: [{ from: 'sysDescr', match: 'version ([\\d.]+) \\(build (\\d+)\\)', as: '$1.$2' }],
      serial: [`{${T}.2}`],
    }),
  ).toMatchObject({ vendor: 'Acme', model: 'Acme-12', version: '3.4.5', serial: 'SN2' });
});

test('codes, rows and octets are told as a rule says', () => {
  const answers = {
    [SYS_OBJECT_ID]: 'oid:1.3.6.1.4.1.9999.7',
    [`${T}.1.1`]: 'Module',
    [`${T}.1.2`]: 'Chassis',
    [`${T}.2.1`]: 13,
    [`${T}.2.2`]: 3,
    [`${T}.3.0`]: 'hex:00 1b 78 02 9c 00',
  };
  expect(
    identity(answers, {
      model: [{ from: 'sysObjectID', map: { '1.3.6.1.4.1.9999.6': 'Six', '1.3.6.1.4.1.9999.7': 'Seven' } }],
      version: [{ from: `${T}.1`, where: { oid: `${T}.2`, is: '3' } }],
      serial: [{ from: `${T}.3.0`, octets: 'mac' }],
    }),
  ).toEqual({ model: 'Seven', version: 'Chassis', serial: '00:1b:78:02:9c:00' });
});

test('the kind is the first whose condition holds', () => {
  const kind = [
    { kind: 'switch', has: { oid: `${T}.9` } },
    { kind: 'router', sysDescr: 'router' },
    { kind: 'appliance' },
  ] as const;
  expect(identity({ [SYS_DESCR]: 'A Router' }, { kind }).kind).toBe('router');
  expect(identity({ [SYS_DESCR]: 'A box' }, { kind }).kind).toBe('appliance');
});

test('a maker’s profile takes the place of the standard’s, part by part; sensors add up, each OID once', () => {
  const standard = profile({
    name: 'standard',
    rank: 0,
    identity: { model: ['Standard'], serial: ['S0'] },
    cpu: [{ name: 'Standard', used: `${T}.1` }],
    memory: [{ name: 'Standard', percent: `${T}.2.0` }],
    sensors: [
      { kind: 'count', name: 'Standard', value: `${T}.1` },
      { kind: 'count', name: 'Standard two', value: `${T}.2.0` },
    ],
  });
  const maker = profile({
    name: 'maker',
    identity: { model: ['Maker'] },
    cpu: [{ name: 'Maker', used: `${T}.1`, mean: true }],
    sensors: [{ kind: 'load', name: 'Maker', value: `${T}.1` }],
  });
  const reading = readSnapshot({ [`${T}.1.1`]: 10, [`${T}.1.2`]: 25, [`${T}.2.0`]: 50 }, [standard, maker]);
  expect(reading.profiles).toEqual(['maker', 'standard']);
  expect(reading.identity).toEqual({ model: 'Maker', serial: 'S0' });
  expect(reading.cpu).toEqual([{ name: 'Maker', usedPercent: 17.5 }]);
  expect(reading.memory).toEqual([{ name: 'Standard', usedPercent: 50 }]);
  expect(reading.sensors?.map(({ name }) => name)).toEqual(['Maker', 'Maker', 'Standard two']);
});

test('what a maker’s profile forbids is neither asked for nor read by lower ones', () => {
  const cpu = [{ name: 'CPU', used: `${T}.1` }];
  const standard = profile({ name: 'standard', rank: 0, cpu });
  const maker = profile({ name: 'maker', without: [T] });
  expect(readSnapshot({ [`${T}.1.1`]: 10 }, [standard]).cpu).toHaveLength(1);
  expect(readSnapshot({ [`${T}.1.1`]: 10 }, [standard, maker]).cpu).toBeUndefined();
  expect(questionsOf([standard]).fast.columns).toContain(`${T}.1`);
  expect(questionsOf([maker, standard]).fast.columns).not.toContain(`${T}.1`);
});

test.each([
  ['used and total', { used: `${T}.1`, total: `${T}.3` }, 25],
  ['free and total', { free: `${T}.2`, total: `${T}.3` }, 75],
  ['used and free', { used: `${T}.1`, free: `${T}.2` }, 50],
  ['a percentage', { percent: `${T}.4` }, 33],
])('memory is told by %s', (_, rule, usedPercent) => {
  const answers = { [`${T}.1.1`]: 100, [`${T}.2.1`]: 100, [`${T}.3.1`]: 400, [`${T}.4.1`]: 33 };
  const [memory] = readSnapshot(answers, [profile({ memory: [{ name: 'RAM', unit: 1024, ...rule }] })]).memory ?? [];
  expect(memory?.usedPercent).toBe(usedPercent);
});

test('sizes are bytes, by the unit of the row or of the rule; what holds nothing is left out', () => {
  const scale = `${T}.3`;
  const storage = [{ name: '{1.3.6.1.4.1.9999.1.4}', used: { oid: `${T}.1`, scale }, total: { oid: `${T}.2`, scale } }];
  const answers = {
    [`${T}.1.1`]: 1,
    [`${T}.2.1`]: 8,
    [`${T}.3.1`]: 4096,
    [`${T}.1.2`]: 0,
    [`${T}.2.2`]: 0,
    [`${T}.3.2`]: 1,
  };
  expect(readSnapshot(answers, [profile({ storage })]).storage).toEqual([
    { name: 'storage 1', usedPercent: 12.5, totalBytes: 32_768 },
  ]);
});

test('supplies of a printer: a share, some that is left, and nothing known', () => {
  const supplies = [
    {
      name: `{${T}.1}`,
      kind: { oid: `${T}.2`, map: { 3: 'toner', 9: 'drum' } },
      level: `${T}.3`,
      max: `${T}.4`,
    },
  ];
  const row = (index: number, kind: number, level: number, max: number) => ({
    [`${T}.2.1.${index}`]: kind,
    [`${T}.3.1.${index}`]: level,
    [`${T}.4.1.${index}`]: max,
  });
  const answers = {
    [`${T}.1.1.1`]: 'Black',
    ...row(1, 3, 450, 500),
    ...row(2, 9, -3, -2),
    ...row(3, 4, -2, 100),
    ...row(4, 3, 0, 100),
    ...row(5, 3, 8, 100),
  };
  expect(readSnapshot(answers, [profile({ supplies })]).supplies).toEqual([
    { name: 'Black', kind: 'toner', leftPercent: 90, status: 'ok' },
    { name: 'drum 1.2', kind: 'drum', status: 'ok' },
    { name: 'other 1.3', kind: 'other', status: 'unknown' },
    { name: 'toner 1.4', kind: 'toner', leftPercent: 0, status: 'critical' },
    { name: 'toner 1.5', kind: 'toner', leftPercent: 8, status: 'warning' },
  ]);
});

test('a supply is no worse than its rule allows; codes stand for levels', () => {
  const tray = { name: 'Tray {index}', kind: 'paper', percent: { oid: `${T}.1`, codes: { 7: 0 } } };
  const answers = { [`${T}.1.1`]: 7, [`${T}.1.2`]: 8, [`${T}.1.3`]: 80 };
  const statuses = (worst: 'ok' | 'warning' | 'critical') =>
    readSnapshot(answers, [profile({ supplies: [{ ...tray, worst }] })]).supplies?.map(({ status }) => status);
  expect(statuses('critical')).toEqual(['critical', 'warning', 'ok']);
  expect(statuses('warning')).toEqual(['warning', 'warning', 'ok']);
  expect(statuses('ok')).toEqual(['ok', 'ok', 'ok']);
});
