import { defineProfile } from '../profile.ts';

const UPS = '1.3.6.1.2.1.33.1';
const HUAWEI = '1.3.6.1.4.1.2011.6.174';
const NET_SNMP = '1.3.6.1.4.1.8072.3.2.10';
/** hwUpsDevice… of HUAWEI-UPS-MIB, which the card of either sysObjectID answers. */
const DEVICE = `${HUAWEI}.1.2.100.1.2`;

/** Huawei's cards tell UPS-MIB's frequencies in hundredths, but those of the UPS2000. */
const HUNDREDTH = 0.01;

export const profile = defineProfile({
  name: 'huawei-ups',
  title: 'Huawei UPS',
  match: [
    { sysObjectID: HUAWEI, has: { oid: `${UPS}.1.2.0`, is: '^(?!UPS2000)' } },
    { sysObjectID: NET_SNMP, has: { oid: `${UPS}.1.1.0`, is: 'huawei' } },
    { sysObjectID: NET_SNMP, has: { oid: DEVICE } },
  ],
  rank: 20,
  identity: { kind: 'ups', vendor: 'Huawei', model: [`{${UPS}.1.2.0}`, `{${DEVICE}.1}`], version: [`{${UPS}.1.3.0}`] },
  sensors: [
    { kind: 'frequency', name: 'Input {index.1}', value: { oid: `${UPS}.3.3.1.2`, scale: HUNDREDTH } },
    { kind: 'frequency', name: 'Output', value: { oid: `${UPS}.4.2.0`, scale: HUNDREDTH } },
    { kind: 'frequency', name: 'Bypass', value: { oid: `${UPS}.5.1.0`, scale: HUNDREDTH } },
  ],
});
