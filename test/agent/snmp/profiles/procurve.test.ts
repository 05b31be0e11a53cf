import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/procurve.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const SWITCH = '1.3.6.1.4.1.11.2.14.11.5.1';
const SENSOR = '1.3.6.1.4.1.11.2.14.11.1.2.6.1';
const ID = 'oid:1.3.6.1.4.1.11.2.3.7.11.999';

const modelOf = (description: string) => readSnapshot({ [OBJECT_ID]: ID, [DESCR]: description }, [profile]).identity;

test('what its description says it is', () => {
  expect(modelOf('HP J1A E1-24G-PoE Switch, revision W.1.2, ROM W.1 (/ws) (Formerly ProCurve)')).toMatchObject({
    kind: 'switch',
    model: 'J1A E1-24G-PoE',
    version: 'W.1.2',
  });
  expect(modelOf('ProCurve J2A Switch 2626, revision H.10.1, ROM H.1 (/sw/code)').model).toBe('J2A 2626');
  expect(modelOf('Aruba JL3A 2930F-24G-PoE+-4SFP+ Switch, revision WC.16.1, ROM WC.1').model).toBe(
    'JL3A 2930F-24G-PoE+-4SFP+',
  );
  expect(modelOf('HPE OfficeConnect Switch 1820 24G J4A, PT.02.01, Linux 3.6')).toMatchObject({
    model: '1820 24G J4A',
    version: 'PT.02.01',
  });
  expect(modelOf('Aruba Instant On 1930 8G 2SFP Switch JL5A, InstantOn_1930_1.0.5.0 (139)')).toMatchObject({
    model: '1930 8G 2SFP Switch JL5A',
    version: '1.0.5.0',
  });
});

test('its load and its sensors', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: ID,
      [`${SWITCH}.1.3.0`]: 'YA.16',
      [`${SWITCH}.9.6.1.0`]: 12,
      [`${SWITCH}.1.2.1.1.1.5.1`]: 1000,
      [`${SWITCH}.1.2.1.1.1.6.1`]: 600,
      [`${SWITCH}.1.2.1.1.1.7.1`]: 400,
      [`${SENSOR}.4.1`]: 2,
      [`${SENSOR}.7.1`]: 'Fan Sensor',
      [`${SWITCH}.54.2.1.1.4.3`]: 0,
      [`${SWITCH}.55.1.1.1.2.1`]: 3,
      [`${SWITCH}.69.1.1.2.0`]: 1,
      [`${SWITCH}.69.1.1.4.0`]: 0,
      [`${SWITCH}.69.1.3.1.9.2`]: 1,
      [`${SWITCH}.69.1.3.1.10.2`]: 'JL7A',
      [`${SWITCH}.82.1.1.1.1.15.25`]: -5120,
      [`${SWITCH}.82.1.1.1.1.15.26`]: -99999999,
      '1.3.6.1.2.1.31.1.1.1.1.25': 'A1',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { version: 'YA.16' },
    cpu: [{ usedPercent: 12 }],
    memory: [{ name: 'Local memory 1', usedPercent: 40, totalBytes: 1000 }],
    sensors: [
      { name: 'Fan Sensor', label: 'bad', status: 'critical' },
      { name: 'Fan 3', label: 'failed', status: 'critical' },
      { name: 'Power supply 1', status: 'ok' },
      { name: 'Stack', label: 'disabled', status: 'ok' },
      { name: 'Stack member 2 JL7A', label: 'missing', status: 'critical' },
      { kind: 'dbm', name: 'A1 RX power', value: -5.12 },
    ],
  });
  expect(reading.sensors).toHaveLength(6);
});
