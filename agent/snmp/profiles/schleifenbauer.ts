import { defineProfile } from '../profile.ts';

/** SCHLEIFENBAUER-DATABUS-MIB: inputs and metered outlets of the PDUs on a bus. */
const DEVICE = '1.3.6.1.4.1.31034.12.1.1.2';
const INPUT = `${DEVICE}.6.1.1`;
const OUTLET = `${DEVICE}.7.2.1`;

const HUNDREDTH = 0.01;

export const profile = defineProfile({
  name: 'schleifenbauer',
  title: 'Schleifenbauer',
  match: [{ sysObjectID: '1.3.6.1.4.1.31034' }],
  identity: { kind: 'pdu', vendor: 'Schleifenbauer' },
  sensors: [
    { kind: 'current', name: 'Input {index}', value: { oid: `${INPUT}.5`, scale: HUNDREDTH } },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${INPUT}.7`, scale: HUNDREDTH } },
    { kind: 'current', name: 'Outlet {index}', value: { oid: `${OUTLET}.5`, scale: HUNDREDTH } },
  ],
});
