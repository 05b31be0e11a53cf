import { defineProfile } from '../profile.ts';
import { state } from '../rules/state.ts';

/** meru-wlan: mwSystemResource, mwWncVars and mwApTable. */
const MERU = '1.3.6.1.4.1.15983';
const RESOURCE = `${MERU}.1.1.3.1.14`;
const CONTROLLER = `${MERU}.1.1.4.1.1`;
const AP = `${MERU}.1.1.4.2.1.1`;

export const profile = defineProfile({
  name: 'meru',
  title: 'Meru, FortiWLC',
  match: [{ sysObjectID: MERU }],
  identity: {
    kind: 'wireless-controller',
    vendor: 'Meru',
    model: [{ from: `${CONTROLLER}.19.0`, match: '^([A-Z]\\S*\\d\\S*)$' }],
    version: [`{${CONTROLLER}.27.0}`],
    serial: [`{${CONTROLLER}.32.0}`],
  },
  cpu: [{ name: 'Processor', used: `${RESOURCE}.13.0` }],
  memory: [{ name: 'Memory', percent: `${RESOURCE}.16.0` }],
  storage: [{ name: '/', percent: `${RESOURCE}.10.0` }],
  sensors: [
    state('Controller', `${CONTROLLER}.21.0`, { 1: ['enabled', 'ok'], 2: ['disabled', 'critical'] }),
    state(`Access point {${AP}.2}`, `${AP}.26`, { 1: ['enabled', 'ok'], 2: ['disabled', 'critical'] }),
  ],
});
