import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ironware.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const AGENT = '1.3.6.1.4.1.1991.1.1.2';
const STACK = '1.3.6.1.4.1.1991.1.1.3.31';

const IDENTITY = {
  [OBJECT_ID]: 'oid:1.3.6.1.4.1.1991.1.3.999',
  [DESCR]: 'Ruckus Wireless, Inc. Stacking System ICX9150-C12-POE, IronWare Version 08.0.90 Compiled on Jan 1',
};

test('its load, the mean of five minutes only, and its temperatures', () => {
  const reading = readSnapshot(
    {
      ...IDENTITY,
      [`${AGENT}.1.11.0`]: '08.0.90',
      [`${AGENT}.11.1.1.6.1.1.1`]: 9900,
      [`${AGENT}.11.1.1.6.1.1.300`]: 1250,
      [`${AGENT}.11.1.1.5.1.1.300`]: 12,
      [`${AGENT}.2.1.1.2.1`]: 'ICX board',
      [`${AGENT}.2.1.1.28.1`]: 5050,
      [`${AGENT}.13.1.1.4.1.1`]: 90,
      [`${AGENT}.13.3.1.4.1.1.1`]: 'MAC',
      [`${AGENT}.13.3.1.5.1.1.1`]: 90,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'ICX9150-C12-POE', version: '08.0.90' },
    memory: [{ name: 'ICX board', usedPercent: 50.5 }],
  });
  expect(reading.cpu).toEqual([{ name: 'Slot 1 CPU 1', usedPercent: 12.5 }]);
  expect(reading.sensors).toMatchObject([{ name: '1/1 MAC', value: 45 }]);
});

test('units of a stack, where there is one', () => {
  const unit = { [`${STACK}.2.2.1.5.2`]: 4 };
  const states = (isStack: number) =>
    readSnapshot({ ...IDENTITY, ...unit, [`${STACK}.1.1.0`]: isStack }, [profile]).sensors?.map(({ status }) => status);
  expect([states(1), states(2)]).toEqual([['ok', 'critical'], ['ok']]);
});

test('an older one tells its memory as a whole, and a power supply that is not there is none that failed', () => {
  const supply = '1.3.6.1.4.1.1991.1.1.1.2.1.1';
  const { memory, sensors } = readSnapshot(
    {
      ...IDENTITY,
      [`${AGENT}.1.54.0`]: 1000,
      [`${AGENT}.1.55.0`]: 250,
      [`${supply}.2.1`]: 'Power supply 1 present, status ok.',
      [`${supply}.3.1`]: 2,
      [`${supply}.2.2`]: 'Power supply 2 not present.',
      [`${supply}.3.2`]: 3,
    },
    [profile],
  );
  expect(memory).toMatchObject([{ usedPercent: 75 }]);
  expect(sensors?.map(({ status }) => status)).toEqual(['ok']);
});
