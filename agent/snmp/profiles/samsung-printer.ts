import { defineProfile } from '../profile.ts';

/** SAMSUNG-PRINTER-MIB. */
const SAMSUNG = '1.3.6.1.4.1.236.11.5';
const ABOUT = `${SAMSUNG}.1.1.1`;
/** `Samsung CLX-3170 Series;V1.00.01.64 Sep-27-2010;Engine …;NIC …;S/N …`. */
const DESCRIBED = 'Samsung (.*?)(?: Series)?; ?(?:OS )?V?([\\d.]+)';

export const profile = defineProfile({
  name: 'samsung-printer',
  title: 'Samsung printers',
  match: [{ sysObjectID: SAMSUNG, notSysDescr: '^HP |Xerox|Dell' }, { sysDescr: '^Samsung .*S/N' }],
  identity: {
    kind: 'printer',
    vendor: 'Samsung',
    model: [{ from: 'sysDescr', match: DESCRIBED }, `{${ABOUT}.1.0}`],
    version: [{ from: 'sysDescr', match: DESCRIBED, as: '$2' }, `{${ABOUT}.2.0}`],
    serial: [{ from: 'sysDescr', match: 'S/N\\s*([^\\s;]+)' }],
  },
});
