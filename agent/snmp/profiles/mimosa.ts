import { defineProfile } from '../profile.ts';

// MIMOSA-NETWORKS-BFIVE-MIB, MIMOSA-NETWORKS-PTMP-MIB
const MIMOSA = '1.3.6.1.4.1.43356';
const GENERAL = `${MIMOSA}.2.1.2.1`;
const CHAIN = `${MIMOSA}.2.1.2.6.1.1`;
const STREAM = `${MIMOSA}.2.1.2.6.2.1`;
const PERFORMANCE = `${MIMOSA}.2.1.2.7`;
const RADIO = `${MIMOSA}.2.1.2.9.3.3.1`;

export const profile = defineProfile({
  name: 'mimosa',
  title: 'Mimosa',
  match: [{ sysObjectID: MIMOSA }],
  identity: {
    kind: 'access-point',
    vendor: 'Mimosa',
    version: [`{${GENERAL}.3.0}`],
    serial: [`{${GENERAL}.2.0}`],
  },
  sensors: [
    { kind: 'power', unit: 'dBm', name: 'Tx Power, chain {index}', value: { oid: `${CHAIN}.2`, scale: 0.1 } },
    { kind: 'power', unit: 'dBm', name: 'Rx Power, chain {index}', value: { oid: `${CHAIN}.3`, scale: 0.1 } },
    { kind: 'noise-floor', name: 'Rx Noise, chain {index}', value: { oid: `${CHAIN}.4`, scale: 0.1 } },
    { kind: 'snr', name: 'SNR, chain {index}', value: { oid: `${CHAIN}.5`, scale: 0.1 } },
    { kind: 'frequency', unit: 'MHz', name: 'Frequency, chain {index}', value: `${CHAIN}.6` },
    { kind: 'rate', name: 'Stream {index} Tx Rate', value: { oid: `${STREAM}.2`, scale: 1_000_000 } },
    { kind: 'rate', name: 'Stream {index} Rx Rate', value: { oid: `${STREAM}.5`, scale: 1_000_000 } },
    { kind: 'error-ratio', name: 'Tx Packet Error Ratio', value: { oid: `${PERFORMANCE}.3.0`, scale: 0.01 } },
    { kind: 'error-ratio', name: 'Rx Packet Error Ratio', value: { oid: `${PERFORMANCE}.4.0`, scale: 0.01 } },
    { kind: 'frequency', unit: 'MHz', name: `{${RADIO}.2}`, value: `${RADIO}.7` },
    { kind: 'power', unit: 'dBm', name: `Tx Power: {${RADIO}.2}`, value: `${RADIO}.10` },
    { kind: 'power', unit: 'dBm', name: `Min Rx Power: {${RADIO}.2}`, value: `${RADIO}.12` },
  ],
});
