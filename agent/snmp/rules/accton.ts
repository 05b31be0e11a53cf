import type { MadeBy } from './made-by.ts';
import { IF_NAME } from './names.ts';

/** Accton's switches, which several makers sell: one MIB, below a `root` of each model's own. */
export function accton(root: string): MadeBy {
  const system = `${root}.1.1`;
  const unit = `${system}.3.1`;
  const optics = `${root}.1.2.11.1`;
  const identity: MadeBy['identity'] = {
    model: [`{${system}.5.1.0}`],
    version: [`{${unit}.6}`],
    serial: [`{${unit}.10}`],
  };
  const cpu: MadeBy['cpu'] = [{ name: 'Processor', used: `${root}.1.39.2.1.0` }];
  const memory: MadeBy['memory'] = [
    { name: 'Memory', total: `${root}.1.39.3.1.0`, used: `${root}.1.39.3.2.0`, free: `${root}.1.39.3.3.0` },
  ];
  const sensors: MadeBy['sensors'] = [
    {
      kind: 'state',
      name: 'Switch',
      value: `${system}.4.0`,
      states: {
        1: ['other', 'unknown'],
        2: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['trouble that is not critical', 'warning'],
        5: ['critical', 'critical'],
        6: ['beyond recovery', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Unit {index} power',
      value: `${unit}.8`,
      states: { 1: ['internal', 'ok'], 2: ['redundant', 'ok'], 3: ['internal and redundant', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Unit {index.1} power supply {index.2}',
      value: `${system}.6.1.3`,
      states: { 1: ['not present', 'unknown'], 2: ['green', 'ok'], 3: ['red', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Unit {index.1} fan {index.2}',
      value: `${system}.9.1.3`,
      states: { 1: ['ok', 'ok'], 2: ['failure', 'critical'] },
    },
    { kind: 'fanspeed', name: 'Unit {index.1} fan {index.2}', value: `${system}.9.1.6` },
    { kind: 'temperature', name: 'Unit {index.1} sensor {index.2}', value: `${system}.11.1.3` },
    { kind: 'temperature', name: `{${IF_NAME}} optics`, value: `${optics}.2` },
    { kind: 'voltage', name: `{${IF_NAME}} optics`, value: `${optics}.3` },
    { kind: 'current', name: `{${IF_NAME}} TX bias`, value: { oid: `${optics}.4`, scale: 0.001 } },
    { kind: 'dbm', name: `{${IF_NAME}} TX power`, value: `${optics}.5` },
    { kind: 'dbm', name: `{${IF_NAME}} RX power`, value: `${optics}.6` },
  ];
  return { identity, cpu, memory, sensors };
}
