import { defineProfile } from '../profile.ts';

// FORTINET-CORE-MIB and FORTINET-FORTIGATE-MIB
const CORE_TRAPS = '1.3.6.1.4.1.12356.100.1.3.0';
const FORTIGATE = '1.3.6.1.4.1.12356.101';
const VDOM = `${FORTIGATE}.3.2.1.1`;
const SYSTEM = `${FORTIGATE}.4.1`;
const HARDWARE = `${FORTIGATE}.4.3.2.1`;
const PROCESSOR = `${FORTIGATE}.4.4.2.1`;
const LINK_MONITOR = `${FORTIGATE}.4.8.2.1`;
const SD_WAN = `${FORTIGATE}.4.9.2.1`;
const VPN_TUNNEL = `${FORTIGATE}.12.2.2.1`;
const SSL_VPN = `${FORTIGATE}.12.2.3.1`;
const VPN2_TUNNEL = `${FORTIGATE}.12.4.2.1`;
const VPN_TRAP = `${FORTIGATE}.12.3`;
const HA = `${FORTIGATE}.13`;
const WIRELESS = `${FORTIGATE}.14.2`;
const MODEM = `${FORTIGATE}.19.1.1`;
const SIM = `${FORTIGATE}.19.2.1`;
const MODEM_SIGNAL = `${FORTIGATE}.19.3.1`;
const MODEM_SESSION = `${FORTIGATE}.19.5.1`;
const TRAPS = `${FORTIGATE}.2.0`;

const tunnelStates = { 1: ['Down', 'critical'], 2: ['Up', 'ok'] } as const;
const linkStates = { 0: ['Alive', 'ok'], 1: ['Dead', 'critical'] } as const;
const tunnel = `{${VPN_TRAP}.4} ({${VPN_TRAP}.3})`;
const member = '{1.3.6.1.4.1.12356.100.1.1.1}';

export const profile = defineProfile({
  name: 'fortigate',
  title: 'Fortinet FortiGate, FortiWiFi',
  match: [{ sysObjectID: FORTIGATE }],
  identity: {
    kind: 'firewall',
    vendor: 'Fortinet',
    model: ['{1.3.6.1.2.1.47.1.1.1.1.13.1}', { from: '1.3.6.1.2.1.47.1.1.1.1.2.1', match: 'Fortinet (\\S+?),' }],
    version: [`{${SYSTEM}.1.0}`],
    serial: ['{1.3.6.1.2.1.47.1.1.1.1.11.1}', '{1.3.6.1.4.1.12356.100.1.1.1.0}'],
  },
  facts: {
    'modem.operator': [`{${SIM}.7}`, `{${MODEM}.17}`],
    'modem.imei': [`{${MODEM}.8}`],
    'modem.sim': [`{${SIM}.4}`],
  },
  cpu: [
    { name: 'System Cpu Usage', used: `${SYSTEM}.3.0` },
    { name: 'CPU Core {index}', used: `${PROCESSOR}.2` },
  ],
  memory: [{ name: 'Main Memory', percent: `${SYSTEM}.4.0`, total: `${SYSTEM}.5.0`, unit: 1024 }],
  storage: [
    {
      name: 'Disk',
      used: `${SYSTEM}.6.0`,
      total: `${SYSTEM}.7.0`,
      unit: 1024 * 1024,
      skip: [{ oid: `${SYSTEM}.7.0`, is: [0] }],
    },
  ],
  sensors: [
    // fgHwSensorTable: one value column for all kinds, told apart by their names
    {
      kind: 'state',
      name: `{${HARDWARE}.2}`,
      value: `${HARDWARE}.4`,
      states: { 0: ['OK', 'ok'], 1: ['ERROR', 'critical'] },
      skip: [{ oid: `${HARDWARE}.2`, is: [''] }],
    },
    {
      kind: 'temperature',
      name: `{${HARDWARE}.2}`,
      value: { oid: `${HARDWARE}.3`, skip: [-1] },
      skip: [{ oid: `${HARDWARE}.2`, matches: '^(?!.*(Temp|LM75|TD\\d|ADT\\d))' }],
    },
    {
      kind: 'fanspeed',
      name: `{${HARDWARE}.2}`,
      value: { oid: `${HARDWARE}.3`, skip: [-1] },
      skip: [{ oid: `${HARDWARE}.2`, matches: '^(?!.*Fan)|Temp' }],
    },
    {
      kind: 'voltage',
      name: `{${HARDWARE}.2}`,
      value: `${HARDWARE}.3`,
      skip: [{ oid: `${HARDWARE}.2`, matches: '^(?!.*(VCC|V(IN|OUT|TT|BAT)\\b|\\dV|V_?\\d))|Fan|Temp|Status' }],
    },
    // fgVpn2TunTable, and fgVpnTunTable of a FortiOS that has no other
    {
      kind: 'state',
      name: `{${VPN2_TUNNEL}.2}\\{${VPN2_TUNNEL}.3}`,
      value: `${VPN2_TUNNEL}.26`,
      states: tunnelStates,
    },
    {
      kind: 'state',
      name: `{${VPN_TUNNEL}.2}\\{${VPN_TUNNEL}.3}`,
      value: `${VPN_TUNNEL}.20`,
      states: tunnelStates,
      skip: [{ oid: `${VPN2_TUNNEL}.26`, answers: true }],
    },
    { kind: 'count', name: 'IPsec tunnels up', value: `${FORTIGATE}.12.1.1.0` },
    // fgVpnSslStatsTable
    {
      kind: 'state',
      name: 'SSL-VPN Status',
      value: `${SSL_VPN}.1`,
      states: { 1: ['Disabled', 'unknown'], 2: ['Enabled', 'ok'] },
    },
    { kind: 'count', name: `{${VDOM}.2} SSL VPN users`, value: `${SSL_VPN}.2` },
    { kind: 'count', name: `{${VDOM}.2} SSL VPN tunnels`, value: `${SSL_VPN}.6` },
    // fgVWLHealthCheckLinkTable
    { kind: 'state', name: `{${SD_WAN}.2}\\{${SD_WAN}.14}`, value: `${SD_WAN}.4`, states: linkStates },
    { kind: 'delay', name: `Latency {${SD_WAN}.2}\\{${SD_WAN}.14}`, value: { oid: `${SD_WAN}.5`, scale: 0.001 } },
    { kind: 'delay', name: `Jitter {${SD_WAN}.2}\\{${SD_WAN}.14}`, value: { oid: `${SD_WAN}.6`, scale: 0.001 } },
    { kind: 'loss', name: `Packet loss {${SD_WAN}.2}\\{${SD_WAN}.14}`, value: `${SD_WAN}.9` },
    // fgLinkMonitorTable
    { kind: 'state', name: `{${LINK_MONITOR}.2}`, value: `${LINK_MONITOR}.3`, states: linkStates },
    { kind: 'delay', name: `Latency {${LINK_MONITOR}.2}`, value: { oid: `${LINK_MONITOR}.4`, scale: 0.001 } },
    { kind: 'delay', name: `Jitter {${LINK_MONITOR}.2}`, value: { oid: `${LINK_MONITOR}.5`, scale: 0.001 } },
    { kind: 'loss', name: `Packet loss {${LINK_MONITOR}.2}`, value: `${LINK_MONITOR}.8` },
    // fgHaStatsTable; a device that stands alone is always in sync
    {
      kind: 'state',
      name: `HA sync status {${HA}.2.1.1.11}`,
      value: `${HA}.2.1.1.12`,
      states: { 0: ['Out Of Sync', 'critical'], 1: ['In Sync', 'ok'] },
      skip: [{ oid: `${HA}.1.1.0`, is: [1] }],
    },
    {
      kind: 'state',
      name: `{${VDOM}.2} vDom HA state`,
      value: `${VDOM}.4`,
      states: { 1: ['Primary', 'ok'], 2: ['Secondary', 'ok'], 3: ['Standalone', 'ok'] },
    },
    { kind: 'count', name: 'Sessions', value: `${SYSTEM}.8.0` },
    { kind: 'ap-count', name: 'Connected APs', value: `${WIRELESS}.5.0` },
    { kind: 'clients', name: 'Clients: Total', value: `${WIRELESS}.7.0` },
    // FortiGate 40F-3G4G and the like
    {
      kind: 'state',
      name: 'LTE Session Status',
      value: `${MODEM_SESSION}.4`,
      states: {
        0: ['Unknown', 'unknown'],
        1: ['Disconnected', 'critical'],
        2: ['Connected', 'ok'],
        3: ['Suspended', 'critical'],
        4: ['Authenticating', 'warning'],
      },
    },
    { kind: 'signal', name: 'LTE Modem WCDMA RSSI', value: { oid: `${MODEM_SIGNAL}.9`, skip: [0] } },
    { kind: 'signal', name: 'LTE Modem LTE RSSI', value: { oid: `${MODEM_SIGNAL}.11`, skip: [0] } },
  ],
  traps: [
    {
      oid: `${CORE_TRAPS}.104`,
      title: { fr: 'Température trop élevée', en: 'Temperature too high' },
      severity: 'critical',
    },
    {
      oid: `${CORE_TRAPS}.105`,
      title: { fr: 'Tension électrique hors limites', en: 'Voltage out of range' },
      severity: 'critical',
    },
    {
      oid: `${CORE_TRAPS}.106`,
      title: { fr: 'Alimentation électrique en panne', en: 'Power supply failed' },
      severity: 'critical',
    },
    { oid: `${CORE_TRAPS}.108`, title: { fr: 'Ventilateur en panne', en: 'Fan failed' }, severity: 'critical' },
    {
      oid: `${TRAPS}.302`,
      title: { fr: `Tunnel VPN ${tunnel} tombé`, en: `VPN tunnel ${tunnel} went down` },
      severity: 'warning',
      key: `{${VPN_TRAP}.4}`,
    },
    {
      oid: `${TRAPS}.301`,
      title: { fr: `Tunnel VPN ${tunnel} rétabli`, en: `VPN tunnel ${tunnel} is up` },
      severity: 'clears',
      clears: `${TRAPS}.302`,
      key: `{${VPN_TRAP}.4}`,
    },
    {
      oid: `${TRAPS}.401`,
      title: {
        fr: `Bascule de la grappe\u202f: ${member} est devenu maître`,
        en: `Cluster switched: ${member} leads now`,
      },
      severity: 'warning',
    },
    {
      oid: `${TRAPS}.403`,
      title: { fr: 'Liaison entre les membres de la grappe perdue', en: 'Heartbeat of the cluster lost' },
      severity: 'critical',
    },
    {
      oid: `${TRAPS}.404`,
      title: { fr: 'Un membre de la grappe est tombé', en: 'A member of the cluster went down' },
      severity: 'critical',
    },
    {
      oid: `${TRAPS}.405`,
      title: { fr: 'Un membre de la grappe est revenu', en: 'A member of the cluster is back' },
      severity: 'clears',
      clears: `${TRAPS}.404`,
    },
  ],
});
