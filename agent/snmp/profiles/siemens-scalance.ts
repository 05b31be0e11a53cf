import { defineProfile } from '../profile.ts';
import { IF_NAME } from '../rules/names.ts';

/** Siemens Scalance: SN-MSPS-SCX200-MIB, and AUTOMATION-SYSTEM-MIB for what it is. */
const SIEMENS = '1.3.6.1.4.1.4329';
const MSPS = `${SIEMENS}.20.1.1.1.1`;
const SYSTEM = `${SIEMENS}.6.3.2.1.1`;
const TEMPERATURE = `${MSPS}.79.7.1`;
const OPTICS = `${MSPS}.46.10.1`;

const SUPPLY_STATES = { 0: ['active', 'ok'], 1: ['not active', 'critical'], 2: ['active', 'ok'] } as const;

export const profile = defineProfile({
  name: 'siemens-scalance',
  title: 'Siemens Scalance',
  match: [{ sysObjectID: SIEMENS, sysDescr: 'SCALANCE' }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: 'SCALANCE W' },
      { kind: 'router', sysDescr: 'SCALANCE [MS][68]' },
      { kind: 'switch' },
    ],
    vendor: 'Siemens',
    model: [{ from: 'sysDescr', match: 'SCALANCE ([^,]+)' }],
    version: [`{${SYSTEM}.5.0}`],
    serial: [`{${SYSTEM}.3.0}`],
  },
  sensors: [
    { kind: 'temperature', name: `{${TEMPERATURE}.2}`, value: `${TEMPERATURE}.16` },
    { kind: 'voltage', name: `{${IF_NAME}} optics`, value: { oid: `${OPTICS}.13`, scale: 0.01 } },
    { kind: 'current', name: `{${IF_NAME}} TX bias`, value: { oid: `${OPTICS}.16`, scale: 0.00001 } },
    { kind: 'dbm', name: `{${IF_NAME}} TX power`, value: { oid: `${OPTICS}.35`, scale: 0.1 } },
    { kind: 'dbm', name: `{${IF_NAME}} RX power`, value: { oid: `${OPTICS}.32`, scale: 0.1 } },
    {
      kind: 'state',
      name: 'Faults',
      value: `${MSPS}.28.1.0`,
      states: { 1: ['none', 'ok'], 2: ['fault', 'critical'] },
    },
    { kind: 'state', name: 'Power supply 1', value: `${MSPS}.28.4.0`, states: SUPPLY_STATES },
    { kind: 'state', name: 'Power supply 2', value: `${MSPS}.28.5.0`, states: SUPPLY_STATES },
    {
      kind: 'state',
      name: 'C-Plug',
      value: `${MSPS}.35.1.0`,
      states: {
        /** Most have none, and work. */
        1: ['not present', 'unknown'],
        4: ['not accepted', 'critical'],
        5: ['accepted', 'ok'],
        6: ['as it left the factory', 'warning'],
        7: ['missing', 'critical'],
        8: ['wrong', 'critical'],
        9: ['unknown', 'unknown'],
        10: ['defective', 'critical'],
      },
    },
  ],
});
