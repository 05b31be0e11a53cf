import type { SensorStatus } from '../reading.ts';
import type { MadeBy } from './made-by.ts';

type States = Readonly<Record<number, readonly [label: string, status: SensorStatus]>>;

/** FASTPATH-BOXSERVICES-PRIVATE-MIB: boxServicesItemState of fans and power supplies. */
export const ITEM_STATES: States = {
  1: ['not present', 'unknown'],
  2: ['operational', 'ok'],
  3: ['failed', 'critical'],
  4: ['powering', 'ok'],
  5: ['no power', 'critical'],
  6: ['not powering', 'critical'],
  7: ['incompatible', 'warning'],
  8: ['warning', 'warning'],
  9: ['present', 'ok'],
};

const TEMPERATURE_STATES: States = {
  0: ['low', 'warning'],
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
  4: ['shutdown', 'critical'],
  5: ['not present', 'unknown'],
  6: ['not operational', 'critical'],
};

/**
 * Broadcom's FASTPATH, which many makers sell under their own enterprise: `root` is where its modules begin there, with
 * FASTPATH-SWITCHING-MIB at 1 and FASTPATH-BOXSERVICES-PRIVATE-MIB at 43.
 */
export function fastpath(root: string, itemStates: States = ITEM_STATES): MadeBy {
  const inventory = `${root}.1.1.1`;
  const load = `${root}.1.1.4`;
  const box = `${root}.43.1`;
  const [fan, supply, temperature, unit, optics] = [6, 7, 8, 15, 18].map((table) => `${box}.${table}.1`);
  const identity: MadeBy['identity'] = {
    model: [`{${inventory}.3.0}`, `{${inventory}.2.0}`],
    version: [`{${inventory}.13.0}`],
    serial: [`{${inventory}.4.0}`],
  };
  /** A text: the shares of the last 5, 60 and 300 seconds. */
  const cpu: MadeBy['cpu'] = [{ name: 'Processor', used: { oid: `${load}.9.0`, match: '(\\d+\\.\\d+)\\s*%' } }];
  const memory: MadeBy['memory'] = [{ name: 'Memory', free: `${load}.1.0`, total: `${load}.2.0`, unit: 1024 }];
  const normal = { lowWarning: `${box}.1.0`, highWarning: `${box}.2.0` };
  const sensors: MadeBy['sensors'] = [
    { kind: 'state', name: 'Fan {index}', value: `${fan}.3`, states: itemStates },
    { kind: 'fanspeed', name: 'Fan {index}', value: `${fan}.4` },
    { kind: 'state', name: 'Power supply {index}', value: `${supply}.3`, states: itemStates },
    { kind: 'state', name: 'Temperature state {index}', value: `${unit}.2`, states: TEMPERATURE_STATES },
    {
      kind: 'state',
      name: 'Temperature sensor {index}',
      value: `${temperature}.4`,
      states: TEMPERATURE_STATES,
      skip: [{ oid: `${temperature}.5`, missing: true }],
    },
    { kind: 'temperature', name: 'Temperature {index}', value: `${temperature}.5`, limits: normal },
    /** Before there were stacks, the fourth column was the temperature. */
    {
      kind: 'temperature',
      name: 'Temperature {index}',
      value: `${temperature}.4`,
      limits: normal,
      skip: [{ oid: `${temperature}.5`, answers: true }],
    },
    { kind: 'temperature', name: 'Port {index} optics', value: { oid: `${optics}.2`, skip: [0] } },
    { kind: 'voltage', name: 'Port {index} optics', value: { oid: `${optics}.3`, skip: [0] } },
    { kind: 'current', name: 'Port {index} TX bias', value: { oid: `${optics}.4`, skip: [0], scale: 0.001 } },
    { kind: 'dbm', name: 'Port {index} TX power', value: { oid: `${optics}.5`, skip: [0] } },
    { kind: 'dbm', name: 'Port {index} RX power', value: { oid: `${optics}.6`, skip: [0] } },
  ];
  return { identity, cpu, memory, sensors };
}
