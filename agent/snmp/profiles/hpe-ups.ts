import { defineProfile } from '../profile.ts';
import { xupsSensors } from '../rules/xups.ts';

/** CPQPOWER-MIB: HP's and HPE's UPSes. */
const POWER = '1.3.6.1.4.1.232.165';
/** deviceIdent of the card, upsIdent. */
const DEVICE = `${POWER}.1.2`;
const UPS = `${POWER}.3`;

export const profile = defineProfile({
  name: 'hpe-ups',
  title: 'HPE UPS',
  // Above what is said of all that HPE makes.
  rank: 12,
  match: [{ sysObjectID: UPS }],
  identity: {
    kind: 'ups',
    vendor: 'HPE',
    model: [`{${UPS}.1.2.0}`, `{${DEVICE}.2.0}`, '{1.3.6.1.2.1.33.1.1.2.0}'],
    version: [`{${UPS}.1.3.0}`, `{${DEVICE}.3.0}`],
    serial: [`{${DEVICE}.7.0}`],
  },
  sensors: [...xupsSensors(UPS), { kind: 'temperature', name: 'Ambient', value: { oid: `${UPS}.6.1.0`, skip: [-1] } }],
});
