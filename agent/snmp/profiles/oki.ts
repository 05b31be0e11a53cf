import { defineProfile } from '../profile.ts';

/** `OKI OkiLAN … Attached to C3450 Rev.C2.04`. */
const ATTACHED = 'Attached to (\\S+) Rev\\.(\\S+)';

export const profile = defineProfile({
  name: 'oki',
  title: 'OKI',
  match: [{ sysObjectID: '1.3.6.1.4.1.2001' }, { sysDescr: '^OKI ' }],
  identity: {
    kind: 'printer',
    vendor: 'OKI',
    model: [
      { from: 'sysDescr', match: ATTACHED },
      // gdStatusId, as HP has it
      { from: '1.3.6.1.4.1.11.2.3.9.1.1.7.0', match: '(?:MDL|MODEL):\\s*(?:OKI )?([^;]+)' },
    ],
    version: [{ from: 'sysDescr', match: ATTACHED, as: '$2' }],
  },
});
