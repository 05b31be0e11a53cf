import { defineProfile } from '../profile.ts';

// LCOS-MIB
const LANCOM = '1.3.6.1.4.1.2356';
const LCOS = `${LANCOM}.11`;
const PEER = `${LCOS}.1.3.36.1.1`;
const MODEM = `${LCOS}.1.49`;
const RADIO = `${LCOS}.1.3.57.1`;
const HARDWARE = `${LCOS}.1.47`;
const FIRMWARE = `${LCOS}.3.1.1`;

const radio = `({${RADIO}.1})`;

export const profile = defineProfile({
  name: 'lancom',
  title: 'LANCOM LCOS',
  match: [{ sysObjectID: LANCOM, notSysObjectID: [`${LANCOM}.13`, `${LANCOM}.14`, `${LANCOM}.16`] }],
  identity: {
    kind: [{ kind: 'access-point', sysDescr: '^LANCOM (L|LN|OAP|IAP|LW)-?\\d' }, { kind: 'router' }],
    vendor: 'LANCOM',
    model: [`{${FIRMWARE}.2.1}`, { from: 'sysDescr', match: '^(LANCOM .+?) \\d+\\.\\d' }],
    version: [`{${FIRMWARE}.3.1}`],
    serial: [`{${FIRMWARE}.4.1}`],
  },
  facts: {
    'modem.operator': [`{${MODEM}.8.0}`],
    'modem.network': [
      {
        from: `${MODEM}.12.0`,
        map: { 1: 'UMTS', 2: 'GPRS', 3: 'GSM', 4: 'EDGE', 5: 'HSDPA', 6: 'HSUPA', 7: 'HSPA+', 8: 'LTE', 9: 'HSPA' },
      },
    ],
    'modem.registration': [
      { from: `${MODEM}.7.0`, map: { 0: 'no network', 1: 'home', 2: 'searching', 3: 'denied', 5: 'roaming' } },
    ],
  },
  sensors: [
    { kind: 'temperature', name: 'Temperature', value: { oid: `${HARDWARE}.20.0`, skip: [0] } },
    { kind: 'frequency', unit: 'MHz', name: `Frequency ${radio}`, value: { oid: `${RADIO}.3`, as: 'channel' } },
    { kind: 'noise-floor', name: `Noise Floor ${radio}`, value: `${RADIO}.5` },
    { kind: 'capacity', name: `Modem Load ${radio}`, value: `${RADIO}.6` },
    { kind: 'power', unit: 'dBm', name: `Tx Power ${radio}`, value: `${RADIO}.7` },
    {
      kind: 'state',
      name: 'Link Active {index.-1}',
      value: `${PEER}.40`,
      states: { 0: ['no', 'critical'], 1: ['yes', 'ok'] },
    },
  ],
});
