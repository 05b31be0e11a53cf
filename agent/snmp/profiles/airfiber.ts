import { defineProfile } from '../profile.ts';

// UBNT-AirFIBER-MIB
const AIRFIBER = '1.3.6.1.4.1.41112.1.3';
const CONFIG = `${AIRFIBER}.1.1`;
const STATUS = `${AIRFIBER}.2.1`;
const DOT11_PRODUCT = '1.2.840.10036.3.1.2.1';

export const profile = defineProfile({
  name: 'airfiber',
  title: 'Ubiquiti airFiber',
  match: [{ sysObjectID: '1.3.6.1.4.1.10002.1', sysDescr: 'Linux', has: { oid: `${STATUS}.4` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'Ubiquiti',
    model: [`Ubiquiti AF {${DOT11_PRODUCT}.3}`],
    version: [`{${STATUS}.40}`],
  },
  cpu: [{ name: 'Processor', used: { oid: '1.3.6.1.4.1.41112.1.4.8.3.0', scale: 0.01 } }],
  sensors: [
    { kind: 'frequency', unit: 'MHz', name: 'Tx Frequency', value: `${CONFIG}.5` },
    { kind: 'frequency', unit: 'MHz', name: 'Rx Frequency', value: `${CONFIG}.6` },
    { kind: 'power', unit: 'dBm', name: 'Tx Power', value: `${CONFIG}.9` },
    { kind: 'distance', name: 'Distance', value: { oid: `${STATUS}.4`, scale: 0.001 } },
    { kind: 'rate', name: 'Rx Capacity', value: `${STATUS}.5` },
    { kind: 'rate', name: 'Tx Capacity', value: `${STATUS}.6` },
    { kind: 'temperature', name: 'Radio 0 Temp', value: `${STATUS}.8` },
    { kind: 'temperature', name: 'Radio 1 Temp', value: `${STATUS}.10` },
    { kind: 'power', unit: 'dBm', name: 'Rx Chain 0 Power', value: `${STATUS}.11` },
    { kind: 'power', unit: 'dBm', name: 'Rx Chain 1 Power', value: `${STATUS}.14` },
    {
      kind: 'state',
      name: 'Tx Modulation Rate',
      value: `${STATUS}.2`,
      states: {
        0: ['QPSK SISO 1/4x', 'warning'],
        1: ['QPSK SISO 1x', 'warning'],
        2: ['QPSK MIMO 2x', 'ok'],
        3: ['8QAM MIMO 3x', 'ok'],
        4: ['16QAM MIMO 4x', 'ok'],
        5: ['32QAM MIMO 5x', 'ok'],
        6: ['64QAM MIMO 6x', 'ok'],
        7: ['128QAM MIMO 7x', 'ok'],
        8: ['256QAM MIMO 8x', 'ok'],
        9: ['512QAM MIMO 9x', 'ok'],
        10: ['1024QAM MIMO 10x', 'ok'],
        11: ['2048QAM MIMO 11x', 'ok'],
        12: ['4096QAM MIMO 12x', 'ok'],
      },
    },
    { kind: 'state', name: 'GPS Sync', value: `${CONFIG}.8`, states: { 1: ['off', 'ok'], 2: ['on', 'ok'] } },
  ],
});
