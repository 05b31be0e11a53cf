import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortigate.ts';
import { readSnapshot } from '../read-snapshot.ts';

const FORTIGATE = '1.3.6.1.4.1.12356.101';
const id = { '1.3.6.1.2.1.1.2.0': `oid:${FORTIGATE}.1.1` };
const hardware = `${FORTIGATE}.4.3.2.1`;

describe('FortiGate', () => {
  it('is told by its entity, its version and its processors', () => {
    const { identity, cpu, memory, storage } = readSnapshot(
      {
        ...id,
        '1.3.6.1.2.1.47.1.1.1.1.13.1': 'FGT_100F',
        '1.3.6.1.2.1.47.1.1.1.1.11.1': 'FG100FTK1',
        [`${FORTIGATE}.4.1.1.0`]: 'v7.4.1,build2463',
        [`${FORTIGATE}.4.1.3.0`]: 12,
        [`${FORTIGATE}.4.4.2.1.2.1`]: 20,
        [`${FORTIGATE}.4.4.2.1.2.2`]: 4,
        [`${FORTIGATE}.4.1.4.0`]: 41,
        [`${FORTIGATE}.4.1.5.0`]: 1000,
        [`${FORTIGATE}.4.1.6.0`]: 0,
        [`${FORTIGATE}.4.1.7.0`]: 0,
      },
      [profile],
    );
    expect(identity).toMatchObject({
      kind: 'firewall',
      model: 'FGT_100F',
      version: 'v7.4.1,build2463',
      serial: 'FG100FTK1',
    });
    expect(cpu?.map(({ name, usedPercent }) => [name, usedPercent])).toEqual([
      ['System Cpu Usage', 12],
      ['CPU Core 1', 20],
      ['CPU Core 2', 4],
    ]);
    expect(memory).toEqual([{ name: 'Main Memory', usedPercent: 41, totalBytes: 1_024_000 }]);
    expect(storage, 'a device without a disk').toBeUndefined();
  });

  it('tells the kinds of its hardware sensors by their names, and raises their alarms', () => {
    const { sensors } = readSnapshot(
      {
        ...id,
        [`${hardware}.2.1`]: 'CPU Temperature',
        [`${hardware}.3.1`]: '51.5',
        [`${hardware}.4.1`]: 0,
        [`${hardware}.2.2`]: 'FAN1',
        [`${hardware}.3.2`]: '4200',
        [`${hardware}.4.2`]: 1,
        [`${hardware}.2.3`]: '+12V',
        [`${hardware}.3.3`]: '11.9',
        [`${hardware}.4.3`]: 0,
        [`${hardware}.2.4`]: 'PS2 Temp',
        [`${hardware}.3.4`]: '-1',
        [`${hardware}.4.4`]: 0,
      },
      [profile],
    );
    expect(sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'CPU Temperature', 0, 'ok'],
      ['state', 'FAN1', 1, 'critical'],
      ['state', '+12V', 0, 'ok'],
      ['state', 'PS2 Temp', 0, 'ok'],
      ['temperature', 'CPU Temperature', 51.5, 'ok'],
      ['fanspeed', 'FAN1', 4200, 'ok'],
      ['voltage', '+12V', 11.9, 'ok'],
    ]);
  });

  it('reads the old table of tunnels only where there is no new one', () => {
    const old = {
      [`${FORTIGATE}.12.2.2.1.2.1`]: 'centre',
      [`${FORTIGATE}.12.2.2.1.3.1`]: 'lan',
      [`${FORTIGATE}.12.2.2.1.20.1`]: 1,
    };
    const recent = {
      [`${FORTIGATE}.12.4.2.1.2.1.1`]: 'centre',
      [`${FORTIGATE}.12.4.2.1.3.1.1`]: 'lan',
      [`${FORTIGATE}.12.4.2.1.26.1.1`]: 2,
    };
    const statuses = (answers: Record<string, string | number>) =>
      readSnapshot({ ...id, ...answers }, [profile]).sensors?.map(({ name, status }) => [name, status]);
    expect(statuses(old)).toEqual([['centre\\lan', 'critical']]);
    expect(statuses({ ...old, ...recent })).toEqual([['centre\\lan', 'ok']]);
  });

  it('judges the links of its SD-WAN, in seconds and percent', () => {
    const link = `${FORTIGATE}.4.9.2.1`;
    const { sensors } = readSnapshot(
      {
        ...id,
        [`${link}.2.1`]: 'internet',
        [`${link}.14.1`]: 'wan1',
        [`${link}.4.1`]: 1,
        [`${link}.5.1`]: '13.039',
        [`${link}.9.1`]: '2.5',
      },
      [profile],
    );
    expect(sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'internet\\wan1', 1, 'critical'],
      ['delay', 'Latency internet\\wan1', 0.013039, 'ok'],
      ['loss', 'Packet loss internet\\wan1', 2.5, 'ok'],
    ]);
  });

  it('leaves out the synchronisation of a device that stands alone', () => {
    const ha = { [`${FORTIGATE}.13.2.1.1.11.1`]: 'fw1', [`${FORTIGATE}.13.2.1.1.12.1`]: 0 };
    const named = (mode: number) =>
      readSnapshot({ ...id, ...ha, [`${FORTIGATE}.13.1.1.0`]: mode }, [profile]).sensors?.map(({ name, status }) => [
        name,
        status,
      ]);
    expect(named(3)).toEqual([['HA sync status fw1', 'critical']]);
    expect(named(1)).toBeUndefined();
  });

  it('tells the session and the signal of its modem', () => {
    const modem = `${FORTIGATE}.19`;
    const answers = { [`${modem}.3.1.9.1`]: -71, [`${modem}.3.1.11.1`]: -64, [`${modem}.5.1.4.1`]: 2 };
    const { sensors } = readSnapshot({ ...id, ...answers }, [profile]);
    expect(sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'LTE Session Status', 2, 'ok'],
      ['signal', 'LTE Modem WCDMA RSSI', -71, 'ok'],
      ['signal', 'LTE Modem LTE RSSI', -64, 'ok'],
    ]);
  });
});
