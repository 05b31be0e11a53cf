import { defineProfile } from '../profile.ts';

/** ATEN-PE-CFG: outletIntegerTable in thousandths; what it does not measure is far below 0. */
const OUTLET = '1.3.6.1.4.1.21317.1.3.2.2.2.2.99.1';

const MILLI = 0.001;
const UNMEASURED = [{ below: -200 }];

export const profile = defineProfile({
  name: 'aten-pdu',
  title: 'ATEN PDU',
  match: [{ sysObjectID: '1.3.6.1.4.1.21317', has: { oid: `${OUTLET}.2` } }],
  identity: { kind: 'pdu', vendor: 'ATEN', model: [{ from: 'sysDescr', match: '(P[EG]\\d\\w*)' }] },
  sensors: [
    { kind: 'current', name: 'Outlet {index}', value: { oid: `${OUTLET}.2`, scale: MILLI }, skip: UNMEASURED },
    { kind: 'voltage', name: 'Outlet {index}', value: { oid: `${OUTLET}.3`, scale: MILLI }, skip: UNMEASURED },
    { kind: 'power', name: 'Outlet {index}', value: { oid: `${OUTLET}.4`, scale: MILLI }, skip: UNMEASURED },
  ],
});
