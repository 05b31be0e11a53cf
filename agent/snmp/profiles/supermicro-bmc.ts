import { defineProfile, type Skip } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** ATEN-IPMI-MIB. Its sensors are IPMI's, as texts; what one measures shows in its name only. */
const IPMI = '1.3.6.1.4.1.21317.1';
const SENSOR = `${IPMI}.3.1`;
const [READING, LOW, HIGH, NAME] = [`${SENSOR}.2`, `${SENSOR}.6`, `${SENSOR}.9`, `${SENSOR}.13`];
const SUPPLY = `${IPMI}.14.2.1`;
const VOLUME = `${IPMI}.7.3.1`;

const called = (expression: string): Skip => ({ oid: NAME, matches: `^(?!.*(?:${expression}))`, missing: true });
const limits = { low: { oid: LOW, skip: [0] }, high: { oid: HIGH, skip: [0] } };
/** A sensor that is not there has no limits either. */
const THERE: Skip = { oid: LOW, is: [0] };
const DISCRETE: Skip = { oid: NAME, matches: 'Temp|VBAT|Intru|Status|FAN' };

export const profile = defineProfile({
  name: 'supermicro-bmc',
  title: 'Supermicro BMC',
  match: [{ sysObjectID: '1.3.6.1.4.1.21317' }, { notSysObjectID: WINDOWS, has: { oid: `${IPMI}.5.1.0` } }],
  identity: {
    kind: 'bmc',
    vendor: 'Supermicro',
    model: [`{${IPMI}.16.3.4.0}`, `{${IPMI}.16.3.3.0}`, `{${IPMI}.16.2.3.0}`, `{${IPMI}.16.2.5.0}`],
    version: [`{${IPMI}.5.1.0}.{${IPMI}.5.2.0}.{${IPMI}.5.7.0}`, `{${IPMI}.5.1.0}.{${IPMI}.5.2.0}`],
    serial: [`{${IPMI}.16.3.6.0}`, `{${IPMI}.16.1.3.0}`, `{${IPMI}.6.1.0}`],
  },
  sensors: [
    { kind: 'temperature', name: `{${NAME}}`, value: READING, limits, skip: [called('Temp'), THERE] },
    { kind: 'fanspeed', name: `{${NAME}}`, value: READING, limits, skip: [called('FAN'), THERE] },
    { kind: 'voltage', name: `{${NAME}}`, value: READING, limits, skip: [called('V'), DISCRETE] },
    {
      kind: 'state',
      name: `{${NAME}}`,
      value: READING,
      skip: [called('Chassis Intru')],
      states: { 0: ['closed', 'ok'], 1: ['opened', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${NAME}}`,
      value: READING,
      skip: [{ oid: NAME, not: ['VBAT'], missing: true }],
      states: { 0: ['not present', 'critical'], 2: ['failed', 'critical'], 4: ['ok', 'ok'] },
    },
    {
      kind: 'state',
      name: `{${NAME}}`,
      value: READING,
      skip: [called('Status'), { oid: NAME, matches: '^PS. Status' }],
      states: { 0: ['off', 'critical'], 1: ['on', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Power',
      value: `${IPMI}.4.0`,
      states: { 0: ['off', 'critical'], 1: ['on', 'ok'], 2: ['reset', 'warning'] },
    },
    {
      kind: 'state',
      name: 'PSU {index} Status',
      value: `${SUPPLY}.2`,
      states: { 0: ['failed or not present', 'critical'], 1: ['ok', 'ok'], 3: ['failed', 'critical'] },
    },
    { kind: 'voltage', name: 'PSU {index} Input Voltage', value: `${SUPPLY}.3` },
    { kind: 'current', name: 'PSU {index} Input Current', value: `${SUPPLY}.4` },
    { kind: 'power', name: 'PSU {index} Input Power', value: `${SUPPLY}.5` },
    { kind: 'temperature', name: 'PSU {index} Temperature 1', value: `${SUPPLY}.9` },
    { kind: 'temperature', name: 'PSU {index} Temperature 2', value: `${SUPPLY}.10` },
    { kind: 'fanspeed', name: 'PSU {index} Fan 1', value: `${SUPPLY}.11`, skip: [{ is: [0] }] },
    { kind: 'fanspeed', name: 'PSU {index} Fan 2', value: `${SUPPLY}.12`, skip: [{ is: [0] }] },
    {
      kind: 'state',
      name: `Volume {${VOLUME}.12}`,
      value: `${VOLUME}.11`,
      states: {
        0: ['offline', 'critical'],
        1: ['partially degraded', 'warning'],
        2: ['degraded', 'critical'],
        3: ['optimal', 'ok'],
      },
    },
  ],
});
