import { defineProfile } from '../profile.ts';

/** Extreme, Avaya and Nortel Ethernet Routing Switches (BOSS): S5-CHASSIS-MIB. */
const CHASSIS = '1.3.6.1.4.1.45.1.6.3';
const PART = `${CHASSIS}.3.1.1`;
const TEMPERATURE = `${CHASSIS}.7.1.1`;
const LOAD = `${CHASSIS}.8.1.1`;

export const profile = defineProfile({
  name: 'extreme-ers',
  title: 'Extreme ERS, Avaya ERS',
  match: [{ sysObjectID: '1.3.6.1.4.1.45.3' }],
  identity: {
    kind: 'switch',
    vendor: 'Extreme Networks',
    model: [
      { from: 'sysDescr', match: '(?:Ethernet Routing Switch |ERS[- ]?)(\\S+)', as: 'ERS-$1' },
      { from: 'sysDescr', match: 'Virtual Services Platform (\\S+)', as: 'VSP-$1' },
      { from: 'sysDescr', match: '^(\\S+)' },
    ],
    version: [
      { from: 'sysDescr', match: 'SW:v?([^ ]+)' },
      { from: '1.3.6.1.4.1.2272.1.1.7.0', match: '^(.*?)(?: on|$)' },
      '{1.3.6.1.4.1.45.1.6.4.2.1.10.0}',
    ],
    serial: [`{${CHASSIS}.1.6.0}`],
  },
  /** The last ten minutes'. */
  cpu: [{ name: 'Unit {index}', used: `${LOAD}.6` }],
  memory: [{ name: 'Unit {index}', free: `${LOAD}.13`, total: `${LOAD}.12`, unit: 2 ** 20 }],
  sensors: [
    /** Half degrees. */
    { kind: 'temperature', name: 'Unit {index}', value: { oid: `${TEMPERATURE}.5`, scale: 0.5, skip: [0] } },
    {
      kind: 'state',
      name: `Unit {index.2} {${PART}.5}`,
      value: `${PART}.10`,
      states: {
        1: ['other', 'unknown'],
        2: ['not available', 'unknown'],
        3: ['removed', 'unknown'],
        4: ['disabled', 'unknown'],
        5: ['normal', 'ok'],
        6: ['reset in progress', 'warning'],
        7: ['testing', 'warning'],
        8: ['warning', 'warning'],
        9: ['error that is not fatal', 'warning'],
        10: ['fatal error', 'critical'],
        11: ['not configured', 'unknown'],
        12: ['obsolete', 'unknown'],
      },
      /** Power supplies, temperature sensors, fans. */
      skip: [{ index: '^(?![456]\\.)' }],
    },
  ],
});
