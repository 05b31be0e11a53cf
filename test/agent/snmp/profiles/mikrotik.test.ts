import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/mikrotik.ts';
import { readSnapshot } from '../read-snapshot.ts';

const MIKROTIK = '1.3.6.1.4.1.14988.1.1';
const id = { '1.3.6.1.2.1.1.1.0': 'RouterOS CCR2004', '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.14988.1' };

const sensorsOf = (answers: Record<string, string | number>) =>
  readSnapshot({ ...id, ...answers }, [profile]).sensors?.map(({ kind, name, value, status }) => [
    kind,
    name,
    value,
    status,
  ]);

describe('MikroTik RouterOS', () => {
  it('is told by its description and its licence', () => {
    const answers = { ...id, [`${MIKROTIK}.4.4.0`]: '7.7', [`${MIKROTIK}.7.3.0`]: 'CC1' };
    expect(readSnapshot(answers, [profile]).identity).toMatchObject({
      kind: 'router',
      model: 'CCR2004',
      version: '7.7',
      serial: 'CC1',
    });
    const other = { ...answers, '1.3.6.1.2.1.1.1.0': 'RouterOS CRS326-24G-2S+' };
    expect(readSnapshot(other, [profile]).identity).toMatchObject({ kind: 'switch', model: 'CRS326-24G-2S+' });
  });

  it('tells its gauges apart by their units', () => {
    const gauge = `${MIKROTIK}.3.100.1`;
    const rows = [
      ['cpu-temperature', 45, 1],
      ['fan1-speed', 3200, 2],
      ['psu1-voltage', 121, 3],
      ['psu2-state', 1, 6],
    ] as const;
    const answers = Object.fromEntries(
      rows.flatMap(([name, value, unit], row) => [
        [`${gauge}.2.${row}`, name],
        [`${gauge}.3.${row}`, value],
        [`${gauge}.4.${row}`, unit],
      ]),
    );
    expect(sensorsOf(answers)).toEqual([
      ['temperature', 'cpu-temperature', 45, 'ok'],
      ['fanspeed', 'fan1-speed', 3200, 'ok'],
      ['voltage', 'psu1-voltage', 12.1, 'ok'],
      ['state', 'psu2-state', 1, 'critical'],
    ]);
  });

  it('does not miss the light of a port that is switched off', () => {
    const optical = `${MIKROTIK}.19.1.1`;
    const answers = {
      [`${optical}.2.1`]: 'sfp1',
      [`${optical}.3.1`]: 1,
      [`${optical}.10.1`]: -40000,
      [`${optical}.2.2`]: 'sfp2',
      [`${optical}.3.2`]: 1,
      '1.3.6.1.2.1.2.2.1.7.1': 2,
      '1.3.6.1.2.1.2.2.1.7.2': 1,
    };
    expect(sensorsOf(answers)).toEqual([
      ['state', 'sfp2 Rx loss', 1, 'critical'],
      ['dbm', 'sfp1 Rx', -40, 'ok'],
    ]);
  });

  it('names a modem by its interface', () => {
    const modem = `${MIKROTIK}.16.1.1`;
    const answers = {
      [`${MIKROTIK}.14.1.1.2.4`]: 'lte1',
      [`${modem}.2.4`]: 0,
      [`${modem}.3.4`]: -8,
      [`${modem}.4.4`]: -97,
      [`${modem}.7.4`]: 23,
    };
    expect(sensorsOf(answers)).toEqual([
      ['rsrq', 'lte1: Signal RSRQ', -8, 'ok'],
      ['rsrp', 'lte1: Signal RSRP', -97, 'ok'],
      ['sinr', 'lte1: Signal SINR', 23, 'ok'],
    ]);
  });
});
