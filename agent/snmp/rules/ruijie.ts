import type { SensorRule } from '../profile.ts';
import type { MadeBy } from './made-by.ts';

type States = NonNullable<SensorRule['states']>;

const PART_STATES: States = {
  1: ['not there', 'unknown'],
  2: ['there, without power', 'critical'],
  3: ['there, ready', 'warning'],
  4: ['normal', 'ok'],
  5: ['powered, not normal', 'critical'],
  6: ['unknown', 'unknown'],
};

/** Ruijie's MIBs, which FS sells as its own: below the `root` of each. */
export function ruijie(root: string): MadeBy {
  const system = `${root}.1.1`;
  const optics = `${root}.105.1.1.1`;
  const [supply, fan, temperature] = [41, 43, 44].map((table) => `${system}.${table}.1`);
  const port = `{${optics}.3}`;
  const identity: MadeBy['identity'] = {
    model: [{ from: 'sysDescr', match: '\\(([^)]+)\\)' }],
    version: [`{${system}.2.0}`],
    serial: [`{${system}.24.0}`],
  };
  /** The last five minutes'. */
  const cpu: MadeBy['cpu'] = [{ name: `{${root}.36.1.2.1.2}`, used: `${root}.36.1.2.1.5` }];
  const memory: MadeBy['memory'] = [{ name: 'Memory {index}', percent: `${root}.35.1.1.1.3` }];
  const sensors: MadeBy['sensors'] = [
    { kind: 'fanspeed', name: 'Fan {index.1}/{index.2}', value: `${fan}.6` },
    { kind: 'state', name: 'Fan {index.1}/{index.2}', value: `${fan}.4`, states: PART_STATES },
    { kind: 'state', name: 'Power supply {index.1}/{index.2}', value: `${supply}.3`, states: PART_STATES },
    { kind: 'voltage', name: 'Power supply {index.1}/{index.2}', value: `${supply}.11` },
    { kind: 'power', name: 'Power supply {index.1}/{index.2}', value: `${supply}.15` },
    { kind: 'temperature', name: 'Temperature {index.1}/{index.2}', value: `${temperature}.5` },
    { kind: 'temperature', name: `${port} optics`, value: { oid: `${optics}.17`, skip: [0] } },
    {
      kind: 'state',
      name: `${port} optics temperature`,
      value: `${optics}.18`,
      states: { 2: ['ok', 'ok'], 3: ['warning', 'warning'], 4: ['alarm', 'critical'] },
      skip: [{ is: [1] }],
    },
    { kind: 'dbm', name: `${port} RX power`, value: { oid: `${optics}.76`, scale: 0.01, skip: [-10000] } },
    {
      kind: 'dbm',
      name: `${port} TX power`,
      value: { oid: `${optics}.81`, scale: 0.01 },
      skip: [{ oid: `${optics}.76`, is: [-10000] }],
    },
  ];
  return { identity, cpu, memory, sensors };
}
