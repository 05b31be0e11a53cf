import { defineProfile } from '../profile.ts';

/** Generex' CS121 and CS141, in the UPSes of many makers (AEG, Borri, Online, Effekta …): they answer UPS-MIB. */
const IDENT = '1.3.6.1.2.1.33.1.1';

export const profile = defineProfile({
  name: 'generex',
  title: 'Generex CS121 / CS141',
  match: [{ sysObjectID: '1.3.6.1.4.1.1356' }, { sysDescr: '^CS1[24]1\\b' }],
  identity: {
    kind: 'ups',
    model: [`{${IDENT}.1.0} {${IDENT}.2.0}`, { from: 'sysDescr', match: '^(\\w+) v ' }],
    version: [`{${IDENT}.4.0}`, { from: 'sysDescr', match: '^\\w+ v ([\\d.]+)' }],
  },
});
