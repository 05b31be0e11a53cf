import { defineProfile } from '../profile.ts';

/** Papouch's TME (one probe) and TH2E, whose rows are temperature, humidity and dew point. */
const TME = '1.3.6.1.4.1.18248.1.1.1.0';
const TH2E = '1.3.6.1.4.1.18248.20.1.2.1.1';

const TENTH = 0.1;
const not = (row: number) => [{ index: `^(?!${row}$)` }];

export const profile = defineProfile({
  name: 'papouch',
  title: 'Papouch',
  match: [{ sysObjectID: '1.3.6.1.4.1.18248' }],
  identity: { kind: 'environment', vendor: 'Papouch', model: ['{sysDescr}'] },
  sensors: [
    { kind: 'temperature', name: 'Temperature', value: { oid: TME, scale: TENTH } },
    { kind: 'temperature', name: 'Temperature', value: { oid: `${TH2E}.2`, scale: TENTH }, skip: not(1) },
    { kind: 'humidity', name: 'Humidity', value: { oid: `${TH2E}.2`, scale: TENTH }, skip: not(2) },
    { kind: 'temperature', name: 'Dew point', value: { oid: `${TH2E}.2`, scale: TENTH }, skip: not(3) },
  ],
});
