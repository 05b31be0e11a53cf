import { expect, test } from 'vitest';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9.9.661.1.3';
const FORTIGATE = '1.3.6.1.4.1.12356.101.19';
const CRADLEPOINT = '1.3.6.1.4.1.20992.1.2.2.1';
const SIERRA = '1.3.6.1.4.1.20542.9.1.1';
const PEPWAVE = '1.3.6.1.4.1.27662.200.1.12';
const HUAWEI = '1.3.6.1.4.1.2011.5.25.241.1.2.1.1';
const ADVANTECH = '1.3.6.1.4.1.30140.4';
const LANCOM = '1.3.6.1.4.1.2356.11.1.49';
const MIKROTIK = '1.3.6.1.4.1.14988.1.1.16.1.1';

test.each<[profile: string, sysObjectID: string, answers: Answers, facts: Record<string, string>]>([
  [
    'cisco-cellular',
    '1.3.6.1.4.1.9.1.9999',
    {
      [`${CISCO}.1.1.2.7`]: '350000000000001',
      [`${CISCO}.1.1.3.7`]: '8933000000000000001',
      [`${CISCO}.2.1.5.7`]: 10,
      [`${CISCO}.2.1.6.7`]: 3,
      [`${CISCO}.2.1.17.7`]: '',
      [`${CISCO}.2.1.18.7`]: 'Opérateur',
    },
    {
      'modem.operator': 'Opérateur',
      'modem.network': 'LTE',
      'modem.registration': 'home',
      'modem.imei': '350000000000001',
      'modem.sim': '8933000000000000001',
    },
  ],
  [
    'fortigate',
    '1.3.6.1.4.1.12356.101.1.9999',
    {
      [`${FORTIGATE}.1.1.8.1`]: '350000000000002',
      [`${FORTIGATE}.1.1.17.1`]: 'GENERIC',
      [`${FORTIGATE}.2.1.4.1`]: '8933000000000000002',
      [`${FORTIGATE}.2.1.7.1`]: 'Free',
    },
    { 'modem.operator': 'Free', 'modem.imei': '350000000000002', 'modem.sim': '8933000000000000002' },
  ],
  [
    'cradlepoint',
    '1.3.6.1.4.1.20992.2.99',
    { [`${CRADLEPOINT}.10.1`]: 'LTE', [`${CRADLEPOINT}.18.1`]: 'SFR', [`${CRADLEPOINT}.20.1`]: '350000000000003' },
    { 'modem.operator': 'SFR', 'modem.network': 'LTE', 'modem.imei': '350000000000003' },
  ],
  [
    'sierra-airlink',
    '1.3.6.1.4.1.20542.9.1',
    {
      [`${SIERRA}.1.259.0`]: 'Network Ready',
      [`${SIERRA}.1.264.0`]: 'LTE',
      [`${SIERRA}.1.770.0`]: 'Orange F',
      [`${SIERRA}.2.771.0`]: '8933000000000000004',
    },
    {
      'modem.operator': 'Orange F',
      'modem.network': 'LTE',
      'modem.registration': 'Network Ready',
      'modem.sim': '8933000000000000004',
    },
  ],
  [
    'peplink',
    '1.3.6.1.4.1.27662.1',
    { [`${PEPWAVE}.1.1.1.9.2`]: 'LTE-A', [`${PEPWAVE}.2.1.1.2.2`]: '350000000000005' },
    { 'modem.network': 'LTE-A', 'modem.imei': '350000000000005' },
  ],
  [
    'huawei',
    '1.3.6.1.4.1.2011.2.224.9999',
    {
      '1.3.6.1.2.1.1.1.0': 'Huawei Versatile Routing Platform Software',
      [`${HUAWEI}.19.9`]: 'Bouygues',
      [`${HUAWEI}.33.9`]: '8933000000000000006',
      [`${HUAWEI}.34.9`]: '3',
      [`${HUAWEI}.41.9`]: '350000000000006',
    },
    {
      'modem.operator': 'Bouygues',
      'modem.network': 'LTE',
      'modem.imei': '350000000000006',
      'modem.sim': '8933000000000000006',
    },
  ],
  [
    'advantech-router',
    '1.3.6.1.4.1.30140',
    {
      [`${ADVANTECH}.1.0`]: 0,
      [`${ADVANTECH}.101.0`]: 30,
      [`${ADVANTECH}.23.0`]: 5,
      [`${ADVANTECH}.24.0`]: 'T-Mobile',
    },
    { 'modem.operator': 'T-Mobile', 'modem.network': '5G NSA', 'modem.registration': 'roaming' },
  ],
  [
    'lancom',
    '1.3.6.1.4.1.2356.11.8.9999',
    { [`${LANCOM}.7.0`]: 1, [`${LANCOM}.8.0`]: 'Telekom.de', [`${LANCOM}.12.0`]: 8 },
    { 'modem.operator': 'Telekom.de', 'modem.network': 'LTE', 'modem.registration': 'home' },
  ],
  [
    'mikrotik',
    '1.3.6.1.4.1.14988.1',
    { [`${MIKROTIK}.6.12`]: 7, [`${MIKROTIK}.11.12`]: '350000000000007', [`${MIKROTIK}.13.12`]: '8933000000000000007' },
    { 'modem.network': 'LTE', 'modem.imei': '350000000000007', 'modem.sim': '8933000000000000007' },
  ],
])('%s: what its modem is, and on which network', (name, id, answers, facts) => {
  const found = profiles.filter((profile) => profile.name === name);
  expect(readSnapshot({ '1.3.6.1.2.1.1.2.0': `oid:${id}`, ...answers }, found).facts).toEqual(facts);
});
