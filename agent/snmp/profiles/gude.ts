import { defineProfile, type SensorRule } from '../profile.ts';

/** GUDEADS-…-MIB: each product has a number, and below it the same tables. */
const GUDE = '1.3.6.1.4.1.28507';
const PRODUCTS = [14, 19, 26, 27, 35, 38, 43, 44, 54, 55, 56, 57, 58, 61, 62, 65, 66, 67, 68].map(
  (number) => `${GUDE}.${number}`,
);
const NO_PROBE = [-9999];

export const profile = defineProfile({
  name: 'gude',
  title: 'Gude',
  match: [{ sysObjectID: GUDE }],
  identity: {
    kind: 'pdu',
    vendor: 'Gude',
    model: [{ from: 'sysDescr', match: '^([^,;]+)' }],
  },
  sensors: PRODUCTS.flatMap((product): SensorRule[] => {
    const [port, power, probe] = [`${product}.1.3.1.2.1`, `${product}.1.5.1.2.1`, `${product}.1.6.1.1`];
    return [
      { kind: 'state', name: `{${port}.2}`, value: `${port}.3`, states: { 0: ['off', 'ok'], 1: ['on', 'ok'] } },
      { kind: 'power', name: 'Meter {index}', value: `${power}.4` },
      { kind: 'current', name: 'Meter {index}', value: { oid: `${power}.5`, scale: 0.001 } },
      { kind: 'voltage', name: 'Meter {index}', value: `${power}.6` },
      { kind: 'frequency', name: 'Meter {index}', value: { oid: `${power}.7`, scale: 0.01 } },
      { kind: 'temperature', name: 'Probe {index}', value: { oid: `${probe}.2`, scale: 0.1, skip: NO_PROBE } },
      { kind: 'humidity', name: 'Probe {index}', value: { oid: `${probe}.3`, scale: 0.1, skip: NO_PROBE } },
    ];
  }),
});
