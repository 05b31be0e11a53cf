import { defineProfile } from '../profile.ts';
import { ENTITY_CLASS, ENTITY_NAME, ENTITY_SERIAL } from '../rules/names.ts';

/** FORTINET-FORTISWITCH-MIB. */
const FORTINET = '1.3.6.1.4.1.12356';
const SYSTEM = `${FORTINET}.106.4.1`;
const ENTITY_SENSOR = '1.3.6.1.2.1.99.1.1.1';

export const profile = defineProfile({
  name: 'fortiswitch',
  title: 'FortiSwitch',
  match: [{ sysObjectID: `${FORTINET}.106` }],
  identity: {
    kind: 'switch',
    vendor: 'Fortinet',
    model: [{ from: `${SYSTEM}.1.0`, match: '^(\\S+)' }],
    version: [{ from: `${SYSTEM}.1.0`, match: 'v([\\d.]+)' }],
    serial: [`{${FORTINET}.100.1.1.1.0}`, { from: ENTITY_SERIAL, where: { oid: ENTITY_CLASS, is: '3' } }],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.2.0` }],
  memory: [{ name: 'Memory', used: `${SYSTEM}.3.0`, total: `${SYSTEM}.4.0`, unit: 1024 }],
  sensors: [
    {
      kind: 'state',
      name: `{${ENTITY_NAME}}`,
      value: `${ENTITY_SENSOR}.5`,
      states: { 1: ['ok', 'ok'], 2: ['unavailable', 'unknown'], 3: ['not operational', 'critical'] },
      /** Those that say but yes or no: power supplies. */
      skip: [{ oid: `${ENTITY_SENSOR}.1`, not: [12] }],
    },
  ],
});
