import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-idrac.ts';
import { readSnapshot } from '../read-snapshot.ts';

const IDRAC = '1.3.6.1.4.1.674.10892.5';
const read = (answers: Parameters<typeof readSnapshot>[0]) =>
  readSnapshot({ '1.3.6.1.2.1.1.2.0': `oid:${IDRAC}`, ...answers }, [profile]);

test('the server it manages', () => {
  const { identity } = read({
    [`${IDRAC}.1.3.12.0`]: 'PowerEdge R640',
    [`${IDRAC}.1.1.8.0`]: '6.10.30.00',
    [`${IDRAC}.1.3.2.0`]: 'ABC1234',
  });
  expect(identity).toMatchObject({ kind: 'bmc', model: 'PowerEdge R640', version: '6.10.30.00', serial: 'ABC1234' });
});

test('probes by their type, and by their own limits', () => {
  const { sensors } = read({
    [`${IDRAC}.4.600.30.1.6.1.1`]: 12,
    [`${IDRAC}.4.600.30.1.7.1.1`]: 23,
    [`${IDRAC}.4.600.30.1.8.1.1`]: 'PS1 Current',
    [`${IDRAC}.4.600.30.1.6.1.3`]: 252,
    [`${IDRAC}.4.600.30.1.7.1.3`]: 26,
    [`${IDRAC}.4.700.20.1.6.1.1`]: 430,
    [`${IDRAC}.4.700.20.1.10.1.1`]: 470,
    [`${IDRAC}.4.700.20.1.11.1.1`]: 420,
    [`${IDRAC}.4.700.20.1.12.1.1`]: 30,
    [`${IDRAC}.4.700.20.1.13.1.1`]: -70,
    [`${IDRAC}.4.600.20.1.5.1.1`]: 3,
    [`${IDRAC}.4.600.20.1.7.1.1`]: 16,
    [`${IDRAC}.4.600.20.1.6.1.1`]: 1,
  });
  expect(sensors).toMatchObject([
    { kind: 'temperature', value: 43, status: 'warning' },
    { kind: 'state', status: 'ok' },
    { kind: 'current', name: 'PS1 Current', value: 1.2 },
    { kind: 'power', value: 252 },
  ]);
});

test('a failed disk, a lost redundancy, an opened chassis', () => {
  const { sensors } = read({
    [`${IDRAC}.5.1.20.130.4.1.2.1`]: 'Physical Disk 0:1:0',
    [`${IDRAC}.5.1.20.130.4.1.4.1`]: 7,
    [`${IDRAC}.4.600.10.1.5.1.1`]: 5,
    [`${IDRAC}.4.300.70.1.6.1.1`]: 2,
  });
  expect(sensors?.map(({ label, status }) => [label, status])).toEqual([
    ['lost', 'critical'],
    ['opened', 'critical'],
    ['failed', 'critical'],
  ]);
});

test('a blade chassis’ controller', () => {
  const RAC = '1.3.6.1.4.1.674.10892.2';
  const { sensors } = read({ [`${RAC}.3.1.6.0`]: 4, [`${RAC}.3.1.10.0`]: 21, [`${RAC}.4.2.1.5.1.2`]: '228' });
  expect(sensors).toMatchObject([
    { name: 'FAN', status: 'warning' },
    { kind: 'temperature', value: 21 },
    { kind: 'voltage', name: 'Chassis 1 PS-2', value: 228 },
  ]);
});

test('a failure’s trap and its end are of one part', () => {
  const traps = profile.traps ?? [];
  const failure = traps.find(({ oid }) => oid.endsWith('.3.2.1.0.2465'));
  const end = traps.find(({ clears }) => clears === failure?.oid);
  expect(end).toMatchObject({ oid: `${IDRAC}.3.2.1.0.2467`, key: failure?.key });
});
