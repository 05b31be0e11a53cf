import { defineProfile } from '../profile.ts';

const CISCO = '1.3.6.1.4.1.9';
/** entPhysicalName of the modem. */
const MODEM = '{1.3.6.1.2.1.47.1.1.1.1.7}';

/** CISCO-WAN-3G-MIB: the modem, its network, its radio, its SIM. */
const WAN_3G = `${CISCO}.9.661.1`;
const [IDENTITY, NETWORK] = [`${WAN_3G}.3.1.1`, `${WAN_3G}.3.2.1`];
const RADIO = `${WAN_3G}.3.4.1.1`;
/** CISCO-WAN-CELL-EXT-MIB: LTE; quality and noise in tenths of a decibel. */
const LTE = `${CISCO}.9.817.1.1.1.1.1`;

export const profile = defineProfile({
  name: 'cisco-cellular',
  title: 'Cisco: 3G, 4G',
  match: [{ sysObjectID: CISCO, notSysObjectID: `${CISCO}.6.1` }],
  facts: {
    'modem.operator': [`{${NETWORK}.18}`, `{${NETWORK}.17}`, `{${NETWORK}.9}`],
    'modem.network': [
      {
        from: `${NETWORK}.5`,
        map: { 3: 'GPRS', 4: 'EDGE', 5: 'UMTS', 6: 'HSDPA', 7: 'HSUPA', 8: 'HSPA', 9: 'HSPA+', 10: 'LTE' },
      },
    ],
    'modem.registration': [{ from: `${NETWORK}.6`, map: { 2: 'roaming', 3: 'home' } }],
    'modem.imei': [`{${IDENTITY}.2}`],
    'modem.sim': [`{${IDENTITY}.3}`],
  },
  sensors: [
    {
      kind: 'state',
      name: `${MODEM} status`,
      value: `${IDENTITY}.6`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['offline', 'critical'],
        3: ['online', 'ok'],
        4: ['low power', 'warning'],
      },
    },
    {
      kind: 'state',
      name: `${MODEM} SIM`,
      value: `${WAN_3G}.3.5.1.1.2`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['ok', 'ok'],
        3: ['not inserted', 'ok'],
        4: ['removed', 'warning'],
        5: ['initialisation failed', 'critical'],
        6: ['failed', 'critical'],
        7: ['locked', 'critical'],
        8: ['CHV1 blocked', 'critical'],
        9: ['CHV2 blocked', 'critical'],
        10: ['CHV1 rejected', 'critical'],
        11: ['CHV2 rejected', 'critical'],
        12: ['MEP locked', 'critical'],
        13: ['rejected by the network', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `${MODEM} packet service`,
      value: `${NETWORK}.5`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['none', 'warning'],
        3: ['GPRS', 'ok'],
        4: ['EDGE', 'ok'],
        5: ['UMTS', 'ok'],
        6: ['HSDPA', 'ok'],
        7: ['HSUPA', 'ok'],
        8: ['HSPA', 'ok'],
        9: ['HSPA+', 'ok'],
        10: ['LTE', 'ok'],
      },
    },
    {
      kind: 'state',
      name: `${MODEM} roaming`,
      value: `${NETWORK}.6`,
      states: { 1: ['unknown', 'unknown'], 2: ['roaming', 'ok'], 3: ['home', 'ok'] },
    },
    {
      kind: 'state',
      name: `${MODEM} band`,
      value: `${RADIO}.3`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['invalid', 'critical'],
        3: ['none', 'unknown'],
        4: ['GSM 850', 'ok'],
        5: ['GSM 900', 'ok'],
        6: ['GSM 1800', 'ok'],
        7: ['GSM 1900', 'ok'],
        8: ['WCDMA 800', 'ok'],
        9: ['WCDMA 850', 'ok'],
        10: ['WCDMA 1900', 'ok'],
        11: ['WCDMA 2100', 'ok'],
        12: ['LTE', 'ok'],
      },
    },
    { kind: 'temperature', name: MODEM, value: `${WAN_3G}.1.1.12` },
    { kind: 'rssi', name: `RSSI ${MODEM}`, value: `${RADIO}.1` },
    { kind: 'channel', name: `Rx channel ${MODEM}`, value: `${RADIO}.4` },
    { kind: 'rsrp', name: `RSRP ${MODEM}`, value: `${LTE}.1` },
    { kind: 'rsrq', name: `RSRQ ${MODEM}`, value: { oid: `${LTE}.2`, scale: 0.1 } },
    { kind: 'snr', name: `SNR ${MODEM}`, value: { oid: `${LTE}.3`, scale: 0.1 } },
  ],
});
