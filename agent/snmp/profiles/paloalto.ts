import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

const PALO_ALTO = '1.3.6.1.4.1.25461';
/** PAN-COMMON-MIB: panSys, panSession, panVsysTable, panMgmt, panGlobalProtect. */
const SYSTEM = `${PALO_ALTO}.2.1.2.1`;
const CHASSIS = `${PALO_ALTO}.2.1.2.2`;
const SESSION = `${PALO_ALTO}.2.1.2.3`;
const VSYS = `${SESSION}.9.1`;
const VSYS_NAME = `{${VSYS}.2}`;
const MANAGEMENT = `${PALO_ALTO}.2.1.2.4`;
const TUNNELS = `${PALO_ALTO}.2.1.2.5.1.3.0`;
const LOG_RATE = `${PALO_ALTO}.2.3.30.1.1.0`;

const HA_STATE = `${SYSTEM}.11.0`;
/** The system says them as words. */
const HA: Readonly<Record<string, readonly [string, SensorStatus]>> = {
  unknown: ['unknown', 'critical'],
  suspended: ['suspended', 'critical'],
  'non-functional': ['not functional', 'critical'],
  initial: ['initial', 'warning'],
  passive: ['passive', 'unknown'],
  active: ['active', 'ok'],
  tentative: ['tentative', 'critical'],
  'active-secondary': ['active, secondary', 'unknown'],
  'active-primary': ['active, primary', 'ok'],
};
const NOT_A_PAIR = { oid: HA_STATE, matches: 'disabled' };
const panorama = (name: string, item: number): SensorRule => ({
  kind: 'state',
  name,
  value: `${MANAGEMENT}.${item}.0`,
  states: { 'not-connected': ['not connected', 'warning'], connected: ['connected', 'ok'] },
  skip: [{ oid: `${CHASSIS}.1.0`, matches: 'panorama' }, { is: [''] }],
});
const sessions = (name: string, item: number): SensorRule => ({
  kind: 'count',
  name,
  value: `${SESSION}.${item}.0`,
  limits: { high: { oid: `${SESSION}.2.0`, skip: [0] } },
});

export const profile = defineProfile({
  name: 'paloalto',
  title: 'Palo Alto PAN-OS',
  match: [{ sysObjectID: PALO_ALTO }, { sysDescr: '^Palo Alto Networks' }],
  identity: {
    kind: [{ kind: 'server', sysDescr: 'Panorama' }, { kind: 'firewall' }],
    vendor: 'Palo Alto Networks',
    model: [`{${CHASSIS}.1.0}`, { from: 'sysDescr', match: '(PA-\\S+)' }],
    version: [`{${SYSTEM}.1.0}`],
    serial: [`{${SYSTEM}.3.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'High availability mode',
      value: `${SYSTEM}.13.0`,
      states: { 'active-passive': ['active and passive', 'ok'], 'active-active': ['active and active', 'ok'] },
      skip: [{ is: ['disabled'] }],
    },
    { kind: 'state', name: 'High availability', value: HA_STATE, states: HA, skip: [{ is: ['disabled'] }] },
    { kind: 'state', name: 'High availability of the peer', value: `${SYSTEM}.12.0`, states: HA, skip: [NOT_A_PAIR] },
    panorama('Panorama server 1', 1),
    panorama('Panorama server 2', 2),
    sessions('Active sessions', 3),
    sessions('Active TCP sessions', 4),
    sessions('Active UDP sessions', 5),
    sessions('Active SSL proxy sessions', 7),
    { kind: 'load', name: 'Session table', value: `${SESSION}.1.0` },
    { kind: 'load', name: 'SSL proxy session table', value: `${SESSION}.8.0` },
    { kind: 'load', name: `${VSYS_NAME} session table`, value: `${VSYS}.3` },
    {
      kind: 'count',
      name: `${VSYS_NAME} sessions`,
      value: `${VSYS}.4`,
      limits: { high: { oid: `${VSYS}.5`, skip: [0] } },
    },
    { kind: 'count', name: `${VSYS_NAME} TCP connections a second`, value: `${VSYS}.6` },
    { kind: 'count', name: `${VSYS_NAME} UDP connections a second`, value: `${VSYS}.7` },
    { kind: 'count', name: `${VSYS_NAME} other connections a second`, value: `${VSYS}.8` },
    { kind: 'count', name: 'GlobalProtect tunnels', value: TUNNELS },
    { kind: 'count', name: 'Logs written a second', value: LOG_RATE },
  ],
});
