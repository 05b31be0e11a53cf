import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorKind } from '../reading.ts';

const BARRACUDA = '1.3.6.1.4.1.10704';
/** PHION-MIB: hwSensors (name, type, value), vpnTunnels. */
const SENSOR = `${BARRACUDA}.1.4.1`;
const TUNNEL = `${BARRACUDA}.1.6.1`;
const typed = (kind: SensorKind, type: number, scale = 1): SensorRule => ({
  kind,
  name: `{${SENSOR}.1}`,
  value: { oid: `${SENSOR}.3`, scale },
  skip: [{ oid: `${SENSOR}.2`, not: [type], missing: true }],
});

export const profile = defineProfile({
  name: 'barracuda-firewall',
  title: 'Barracuda CloudGen Firewall',
  match: [{ sysObjectID: BARRACUDA }],
  identity: {
    kind: 'firewall',
    vendor: 'Barracuda',
    version: [{ from: `${BARRACUDA}.1.2`, match: '^(\\S+)' }],
  },
  sensors: [
    {
      kind: 'state',
      name: `{${SENSOR}.1}`,
      value: `${SENSOR}.3`,
      states: { 0: ['failed', 'critical'], 1: ['ok', 'ok'], 2: ['failed', 'critical'] },
      skip: [{ oid: `${SENSOR}.2`, not: [3], missing: true }],
    },
    {
      kind: 'state',
      name: `VPN {${TUNNEL}.1}`,
      value: `${TUNNEL}.2`,
      states: { '-1': ['down', 'critical'], 0: ['disabled', 'unknown'], 1: ['active', 'ok'] },
    },
    /** Millivolts. */
    typed('voltage', 0, 0.001),
    typed('fanspeed', 1),
    typed('temperature', 2),
    { kind: 'count', name: 'VPN users', value: `${BARRACUDA}.1.11.0` },
  ],
});
