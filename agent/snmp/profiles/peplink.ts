import { defineProfile, type SensorRule } from '../profile.ts';

// Peplink's DEVICE, WAN, WLC, CELLULAR and PEPVPN-SPEEDFUSION MIBs. What was sold as Pepwave has them below another number.
const PEPLINK = '1.3.6.1.4.1.23695';
const PEPWAVE = '1.3.6.1.4.1.27662';
const VPN = `${PEPLINK}.200.1.10.1.1.2.1`;

const device = (root: string) => `${root}.200.1.1.1`;
const cellular = (root: string) => `${root}.200.1.12`;
const isOn = { 0: ['error', 'critical'], 1: ['on', 'ok'] } as const;

function sensorsOf(root: string): SensorRule[] {
  const hardware = `${device(root)}.4`;
  const signal = `${cellular(root)}.1.1.1`;
  const wan = `${root}.2.1.2.1`;
  const wireless = `${root}.4.1.1`;
  return [
    { kind: 'state', name: 'PSU {index.1}', value: `${hardware}.1.1.2`, states: isOn },
    { kind: 'state', name: 'FAN {index}', value: `${hardware}.2.1.2`, states: isOn },
    { kind: 'fanspeed', name: 'FAN {index}', value: `${hardware}.2.1.3` },
    { kind: 'temperature', name: 'System Temperature', value: { oid: `${hardware}.4.1.0`, scale: 0.001, skip: [0] } },
    { kind: 'power', name: 'Power Consumption', value: `${hardware}.1.1.3` },
    {
      kind: 'state',
      name: `{${hardware}.3.1.2}`,
      value: `${hardware}.3.1.3`,
      states: { 0: ['noCableDetected', 'unknown'], 1: ['connected', 'ok'] },
    },
    {
      kind: 'state',
      name: `{${wan}.2}`,
      value: `${wan}.3`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['disabled', 'unknown'],
        2: ['disconnected', 'critical'],
        3: ['connected', 'ok'],
        4: ['connecting', 'warning'],
        5: ['activating', 'warning'],
        6: ['health check failed', 'critical'],
        7: ['disconnected manually', 'unknown'],
        8: ['standby', 'ok'],
      },
    },
    { kind: 'signal', name: `{${wan}.2} Signal`, value: { oid: `${wan}.5`, skip: [-9999] } },
    { kind: 'sinr', name: 'SINR {index}', value: { oid: `${signal}.5`, skip: [-9999] } },
    { kind: 'rsrp', name: 'RSRP {index}', value: { oid: `${signal}.7`, skip: [-9999] } },
    { kind: 'rsrq', name: 'RSRQ {index}', value: { oid: `${signal}.8`, skip: [-9999] } },
    { kind: 'ap-count', name: 'Access points', value: `${wireless}.6.0` },
    { kind: 'clients', name: 'Clients', value: `${wireless}.8.0` },
  ];
}

export const profile = defineProfile({
  name: 'peplink',
  title: 'Peplink, Pepwave',
  match: [{ sysObjectID: [PEPLINK, PEPWAVE] }, { sysDescr: '^(Peplink|Pepwave)' }],
  identity: {
    kind: [{ kind: 'access-point', sysDescr: '^Pepwave AP' }, { kind: 'router' }],
    vendor: 'Peplink',
    model: [`{${device(PEPLINK)}.1.1.0}`, `{${device(PEPWAVE)}.1.1.0}`, { from: 'sysDescr', match: '^(Pep.+)$' }],
    serial: [`{${device(PEPLINK)}.1.2.0}`, `{${device(PEPWAVE)}.1.2.0}`],
    version: [`{${device(PEPLINK)}.1.3.0}`, `{${device(PEPWAVE)}.1.3.0}`],
  },
  // Its MIB does not tell the operator.
  facts: {
    'modem.network': [`{${cellular(PEPLINK)}.1.1.1.9}`, `{${cellular(PEPWAVE)}.1.1.1.9}`],
    'modem.imei': [`{${cellular(PEPLINK)}.2.1.1.2}`, `{${cellular(PEPWAVE)}.2.1.1.2}`],
  },
  cpu: [
    { name: 'Processor', used: `${device(PEPLINK)}.3.1.0` },
    { name: 'Processor', used: `${device(PEPWAVE)}.3.1.0` },
  ],
  sensors: [
    ...sensorsOf(PEPLINK),
    ...sensorsOf(PEPWAVE),
    {
      kind: 'state',
      name: `{${VPN}.2}`,
      value: `${VPN}.3`,
      states: {
        0: ['start', 'unknown'],
        1: ['authen', 'unknown'],
        2: ['tunnel', 'unknown'],
        3: ['route', 'unknown'],
        4: ['connected', 'ok'],
      },
    },
  ],
});
