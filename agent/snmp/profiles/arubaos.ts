import { defineProfile } from '../profile.ts';

// WLSX-SWITCH-MIB, WLSX-SYSTEMEXT-MIB, WLSX-WLAN-MIB
const SWITCH = '1.3.6.1.4.1.14823.2.2.1.1';
const SYSTEM = '1.3.6.1.4.1.14823.2.2.1.2.1';
const PROCESSOR = `${SYSTEM}.13.1`;
const STORAGE = `${SYSTEM}.14.1`;
const MEMORY = `${SYSTEM}.15.1`;
const FAN = `${SYSTEM}.17.1`;
const POWER_SUPPLY = `${SYSTEM}.18.1`;
// OmniAccess, the same controllers under another name
const ALCATEL_WIRELESS = '1.3.6.1.4.1.6486.800.1.1.2.2.2';
const ACCESS_POINT = '1.3.6.1.4.1.14823.2.2.1.5.2.1.4.1';

const isActive = { 1: ['active', 'ok'], 2: ['inactive', 'critical'] } as const;

export const profile = defineProfile({
  name: 'arubaos',
  title: 'HPE Aruba controllers',
  match: [
    {
      sysObjectID: ['1.3.6.1.4.1.14823.1', ALCATEL_WIRELESS],
      // an Instant, an AirWave, a ClearPass
      notSysObjectID: ['1.3.6.1.4.1.14823.1.2', '1.3.6.1.4.1.14823.1.3', '1.3.6.1.4.1.14823.1.6'],
    },
  ],
  identity: {
    kind: 'wireless-controller',
    vendor: 'HPE Aruba',
    model: [{ from: 'sysDescr', match: 'MODEL: ([^)]+)\\)' }, `{${SYSTEM}.2.0}`],
    version: [{ from: 'sysDescr', match: 'Version (\\S+)' }],
    serial: [`{${SWITCH}.1.12.0}`, `{${SYSTEM}.29.0}`],
  },
  cpu: [{ name: `{${PROCESSOR}.2}`, used: `${PROCESSOR}.3` }],
  memory: [{ name: 'Memory', used: `${MEMORY}.3`, free: `${MEMORY}.4`, total: `${MEMORY}.2`, unit: 1024 }],
  storage: [
    {
      name: `{${STORAGE}.5}`,
      used: `${STORAGE}.4`,
      total: `${STORAGE}.3`,
      unit: 1024 * 1024,
    },
  ],
  sensors: [
    { kind: 'state', name: 'Fan {index}', value: `${FAN}.2`, states: isActive },
    { kind: 'state', name: 'Power supply {index}', value: `${POWER_SUPPLY}.2`, states: isActive },
    {
      kind: 'state',
      name: `Access point {${ACCESS_POINT}.3}`,
      value: `${ACCESS_POINT}.19`,
      states: { 1: ['up', 'ok'], 2: ['down', 'critical'] },
    },
    // a text such as 46.25 degrees Celsius (Normal)
    { kind: 'temperature', name: 'CPU temperature', value: { oid: `${SYSTEM}.10.0`, match: '(-?\\d+(?:\\.\\d+)?)' } },
    { kind: 'clients', name: 'Client Count', value: `${SWITCH}.3.2.0` },
    { kind: 'ap-count', name: 'AP Count', value: `${SWITCH}.3.1.0` },
    { kind: 'count', name: 'Active VPN sessions', value: '1.3.6.1.4.1.14823.2.2.1.4.1.4.2.0' },
  ],
});
