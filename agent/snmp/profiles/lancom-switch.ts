import { defineProfile } from '../profile.ts';
import { ITEM_STATES } from '../rules/fastpath.ts';

/** LANCOM's switches: LCOS SX 3 and 4 (14, 16), and what LCOS SX 5 tells of its parts (100). */
const LANCOM = '1.3.6.1.4.1.2356';
const SYSTEM = `${LANCOM}.14.1.1.1`;
const POE = `${LANCOM}.14.2.13.1.2.1`;
const OTHER = `${LANCOM}.16.1.1.1.1`;
const [TEMPERATURE, FAN, SUPPLY] = [1, 3, 4].map((table) => `${LANCOM}.100.1.1.${table}.1`);

export const profile = defineProfile({
  name: 'lancom-switch',
  title: 'LANCOM (switches)',
  rank: 20,
  match: [
    { sysObjectID: [`${LANCOM}.14`, `${LANCOM}.16`, `${LANCOM}.100`] },
    { sysObjectID: LANCOM, sysDescr: 'LANCOM (?:GS|XS|IGS)-' },
  ],
  identity: {
    kind: 'switch',
    vendor: 'LANCOM',
    model: [{ from: 'sysDescr', match: '(?:LANCOM )?((?:I?GS|XS|YS)-\\S+?)(?:,|\\s|$)' }, `{${OTHER}.3.0}`],
    version: [`{${OTHER}.13.0}`, { from: 'sysDescr', match: '(\\d+\\.\\d+\\.\\d+\\S*)' }],
    serial: [`{${OTHER}.4.0}`],
  },
  sensors: [
    { kind: 'temperature', name: 'Temperature {index}', value: `${TEMPERATURE}.6` },
    { kind: 'temperature', name: 'Sensor 1', value: `${SYSTEM}.22.0` },
    { kind: 'temperature', name: 'Sensor 2', value: `${SYSTEM}.23.0` },
    { kind: 'state', name: 'Fan {index}', value: `${FAN}.5`, states: ITEM_STATES },
    { kind: 'fanspeed', name: 'Fan {index}', value: `${FAN}.6` },
    { kind: 'state', name: 'Power supply {index}', value: `${SUPPLY}.5`, states: ITEM_STATES },
    { kind: 'power', name: 'PoE {index} requested', value: `${POE}.2` },
    { kind: 'power', name: 'PoE {index} allocated', value: `${POE}.3` },
    { kind: 'power', name: 'PoE {index} used', value: `${POE}.4` },
  ],
});
