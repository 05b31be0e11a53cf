import { defineProfile } from '../profile.ts';

/** RIELLOUPS-MIB of NetMan cards, which answer UPS-MIB as well: what that one lacks. */
const RUPS = '1.3.6.1.4.1.5491.10.1';
const UPS_IDENT = '1.3.6.1.2.1.33.1.1';

export const profile = defineProfile({
  name: 'riello',
  title: 'Riello UPS',
  match: [{ sysObjectID: '1.3.6.1.4.1.5491' }],
  identity: {
    kind: 'ups',
    vendor: 'Riello',
    // The card, and the UPS it is in.
    model: [`{sysDescr} {${UPS_IDENT}.2.0}`, `{sysDescr} {${RUPS}.1.2.0}`, '{sysDescr}'],
    version: [`{${UPS_IDENT}.3.0}`, `{${RUPS}.1.3.0}`],
  },
  sensors: [
    { kind: 'temperature', name: 'Charger', value: { oid: `${RUPS}.10.5.0`, skip: [-1, 65535] } },
    { kind: 'temperature', name: 'Battery, external', value: { oid: `${RUPS}.10.8.0`, skip: [-1, 65535] } },
  ],
});
