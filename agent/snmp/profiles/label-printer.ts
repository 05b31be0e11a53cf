import { defineProfile } from '../profile.ts';

const MAKERS =
  'SATO|Intermec|Honeywell P[CMXD]|Datamax|TSC|TSC Auto|Citizen|Star Micronics|BIXOLON|Godex|CAB |Argox|Postek';

/** Label and receipt printers whose makers have no MIB of their own: what they are; the rest is Printer-MIB's. */
export const profile = defineProfile({
  name: 'label-printer',
  title: 'SATO, Honeywell, TSC, Citizen, Star, Bixolon',
  rank: 5,
  match: [{ sysDescr: `^(?:${MAKERS})` }, { sysObjectID: '1.3.6.1.4.1.1963', sysDescr: 'print' }],
  identity: {
    kind: 'printer',
    model: [
      {
        from: 'sysDescr',
        match: '^(?:SATO|Intermec|Honeywell|Datamax-O.Neil|TSC|Citizen|BIXOLON) ([A-Z]+[-\\w]*\\d\\w*)',
      },
    ],
  },
});
