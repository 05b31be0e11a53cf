import { defineProfile } from '../profile.ts';

const UCD = '1.3.6.1.4.1.2021';
/** memory: kilobytes. */
const MEMORY = `${UCD}.4`;
/** laTable, ssCpuIdle, dskTable. */
const LOAD = `${UCD}.10.1`;
const IDLE = `${UCD}.11.11.0`;
const DISK = `${UCD}.9.1`;

/**
 * UCD-SNMP-MIB, what Net-SNMP adds. HOST-RESOURCES-MIB tells the same of each processor and of every file system, so
 * this stands back where that answers.
 */
export const profile = defineProfile({
  name: 'ucd-snmp',
  title: 'UCD-SNMP-MIB',
  match: 'any',
  rank: -1,
  cpu: [{ name: 'CPU', used: { oid: IDLE, as: 'rest' }, skip: [{ above: 100 }, { below: 0 }] }],
  memory: [
    {
      name: 'Physical memory',
      free: `${MEMORY}.6.0`,
      total: `${MEMORY}.5.0`,
      unit: 1024,
      reclaimable: [{ value: `${MEMORY}.14.0` }, { value: `${MEMORY}.15.0` }],
    },
    { name: 'Swap space', free: `${MEMORY}.4.0`, total: `${MEMORY}.3.0`, unit: 1024 },
  ],
  storage: [{ name: `{${DISK}.2}`, used: `${DISK}.8`, total: `${DISK}.6`, unit: 1024 }],
  sensors: [
    { kind: 'count', name: `{${LOAD}.2}`, value: `${LOAD}.3` },
    {
      kind: 'state',
      name: 'Swap space',
      value: `${MEMORY}.100.0`,
      skip: [{ oid: `${MEMORY}.3.0`, is: [0] }],
      states: { 0: ['enough', 'ok'], 1: ['too little left', 'warning'] },
    },
  ],
});
