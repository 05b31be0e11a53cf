import { defineProfile } from '../profile.ts';

/** The network card's own version stands in its interface's name. */
const INTERFACE_DESCR = '1.3.6.1.2.1.2.2.1.2';

export const profile = defineProfile({
  name: 'epson',
  title: 'Epson',
  match: [{ sysObjectID: '1.3.6.1.4.1.1248' }, { sysDescr: '^EPSON' }],
  identity: {
    kind: 'printer',
    vendor: 'Epson',
    version: [{ from: INTERFACE_DESCR, match: 'Firm Ver\\.?\\s*([\\w.]+)' }],
  },
});
