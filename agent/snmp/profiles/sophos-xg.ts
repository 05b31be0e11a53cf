import { defineProfile } from '../profile.ts';

// SFOS-FIREWALL-MIB
const SFOS = '1.3.6.1.4.1.2604.5.1';
const DEVICE = `${SFOS}.1`;
const STATISTICS = `${SFOS}.2`;
const SERVICE = `${SFOS}.3`;
const HA = `${SFOS}.4`;
const LICENCE = `${SFOS}.5`;
const IPSEC = `${SFOS}.6.1.1.1.1`;
const ACCESS_POINT = `${SFOS}.7.1.1`;
// sfosXGSystemHealth, of SFOS 21 on
const HEALTH = `${SFOS}.9`;
const POE = `${HEALTH}.5.1`;

const memberStates = {
  0: ['notapplicable', 'ok'],
  1: ['auxiliary', 'ok'],
  2: ['standAlone', 'ok'],
  3: ['primary', 'ok'],
  4: ['faulty', 'critical'],
  5: ['ready', 'ok'],
} as const;

const subscriptionStates = {
  0: ['none', 'ok'],
  1: ['evaluating', 'ok'],
  2: ['notsubscribed', 'ok'],
  3: ['subscribed', 'ok'],
  4: ['expired', 'critical'],
  5: ['deactivated', 'warning'],
} as const;

/** A service that is not wanted is stopped, or was never touched. */
const serviceStates = {
  0: ['untouched', 'ok'],
  1: ['stopped', 'ok'],
  2: ['initializing', 'ok'],
  3: ['running', 'ok'],
  4: ['exiting', 'warning'],
  5: ['dead', 'critical'],
  6: ['frozen', 'critical'],
  7: ['unregistered', 'ok'],
} as const;

const licence = (number: number, name: string) =>
  ({ kind: 'state', name, value: `${LICENCE}.${number}.1.0`, states: subscriptionStates }) as const;

const service = (name: string, position: number) =>
  ({ kind: 'state', name: `${name} service`, value: `${SERVICE}.${position + 1}.0`, states: serviceStates }) as const;

/** In the order of their OIDs. */
const SERVICES = [
  'POP3',
  'IMAP4',
  'SMTP',
  'FTP',
  'HTTP',
  'Antivirus',
  'Antispam',
  'DNS',
  'HA',
  'IPS',
  'Apache',
  'NTP',
  'Tomcat',
  'SSL VPN',
  'IPsec VPN',
  'Database',
  'Network',
  'Garner',
  'Routing',
  'SSH',
  'DGD',
];

export const profile = defineProfile({
  name: 'sophos-xg',
  title: 'Sophos XG, XGS',
  match: [{ sysObjectID: '1.3.6.1.4.1.2604.5' }],
  identity: {
    kind: 'firewall',
    vendor: 'Sophos',
    model: [`{${DEVICE}.2.0}`],
    version: [`{${DEVICE}.3.0}`],
    serial: [`{${DEVICE}.4.0}`],
  },
  sensors: [
    { kind: 'state', name: 'HA status', value: `${HA}.1.0`, states: { 0: ['disabled', 'ok'], 1: ['enabled', 'ok'] } },
    { kind: 'state', name: 'HA local appliance state', value: `${HA}.4.0`, states: memberStates },
    { kind: 'state', name: 'HA peer appliance state', value: `${HA}.5.0`, states: memberStates },
    licence(1, 'Base Firewall Lic status'),
    licence(2, 'Network Protection registration Lic status'),
    licence(3, 'Web Protection registration Lic status'),
    licence(4, 'EMail Protection Lic Status'),
    licence(5, 'Web Server Protection Lic status'),
    licence(6, 'Sandstorm Protection Lic status'),
    licence(7, 'Enhanced Support Lic Status'),
    licence(8, 'Enhanced Plus Support Lic Status'),
    licence(9, 'Central Orchestration registration Lic Status'),
    ...SERVICES.map(service),
    { kind: 'count', name: `{${IPSEC}.2} active tunnels`, value: `${IPSEC}.8` },
    { kind: 'count', name: 'Live users', value: `${STATISTICS}.6.0` },
    {
      kind: 'state',
      name: `Access point {${ACCESS_POINT}.1}`,
      value: `${ACCESS_POINT}.5`,
      states: { 0: ['connected', 'ok'], 1: ['disconnected', 'critical'] },
    },
    { kind: 'clients', name: `{${ACCESS_POINT}.1}`, value: `${ACCESS_POINT}.6` },
    {
      kind: 'state',
      name: 'Power supply {index} status',
      value: `${HEALTH}.4.1.2`,
      states: { 1: ['up', 'ok'], 2: ['down', 'critical'] },
    },
    { kind: 'temperature', name: 'NPU temperature', value: { oid: `${HEALTH}.1.0`, scale: 0.1, skip: [0] } },
    { kind: 'temperature', name: 'CPU temperature', value: { oid: `${HEALTH}.2.0`, scale: 0.1, skip: [0] } },
    { kind: 'fanspeed', name: 'Fan {index} speed', value: `${HEALTH}.3.1.2` },
    { kind: 'power', name: `PoE {${POE}.2} power usage`, value: { oid: `${POE}.5`, scale: 0.001 } },
    { kind: 'voltage', name: `PoE {${POE}.2} voltage`, value: { oid: `${POE}.6`, scale: 0.001 } },
    { kind: 'current', name: `PoE {${POE}.2} current`, value: { oid: `${POE}.7`, scale: 0.001 } },
  ],
});
