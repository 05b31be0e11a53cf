import { defineProfile } from '../profile.ts';

/** HP-LASERJET-COMMON-MIB; its identification, media, and page counts. */
const HP = '1.3.6.1.4.1.11.2.3.9';
const LASERJET = `${HP}.4.2.1`;
const ABOUT = `${LASERJET}.1.1.3`;
const SCANNER = `${LASERJET}.2.2.1`;
const MEDIA_SIZE = `${LASERJET}.3.3.1.13`;
const COUNTS = `${LASERJET}.4.1.2`;
/** gdStatusId: `MFG:…;MDL:…;`. */
const DEVICE_ID = `${HP}.1.1.7.0`;

export const profile = defineProfile({
  name: 'hp-printer',
  title: 'HP JetDirect, LaserJet, OfficeJet',
  match: [
    { sysObjectID: HP, notSysDescr: 'OKI |Zebra|AXIS|Lexmark|Canon|Ricoh|Kyocera|Brother|Epson' },
    { sysDescr: '^HP ETHERNET MULTI-ENVIRONMENT.*PID:HP' },
    // Lasers that Samsung built for HP.
    { sysObjectID: '1.3.6.1.4.1.236.11.5', sysDescr: '^HP ' },
  ],
  identity: {
    kind: 'printer',
    vendor: 'HP',
    model: [
      {
        from: DEVICE_ID,
        match: '(?:MDL|MODEL|DES|DESCRIPTION):\\s*(?:HP |Hewlett-Packard )*([^;]+?)(?: Series)?\\s*(?:;|$)',
      },
      `{${ABOUT}.2.0}`,
      { from: 'sysDescr', match: 'PID:(?:HP )?([^,]+)' },
    ],
    version: [`{${ABOUT}.6.0}`, `{${ABOUT}.5.0}`],
    serial: ['{1.3.6.1.2.1.43.5.1.1.17}', `{${ABOUT}.3.0}`, { from: 'sysDescr', match: '\\bSN:([^,]+)' }],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Default Paper {index}',
      value: MEDIA_SIZE,
      skip: [{ not: [1, 2, 3, 25, 26, 27] }],
      states: {
        1: ['US Executive', 'ok'],
        2: ['US Letter', 'ok'],
        3: ['US Legal', 'ok'],
        25: ['ISO A5', 'ok'],
        26: ['ISO A4', 'ok'],
        27: ['ISO A3', 'ok'],
      },
    },
    { kind: 'count', name: 'Lifetime scanned', value: `${SCANNER}.74.0` },
    { kind: 'count', name: 'Total page cnt', value: `${COUNTS}.5.0` },
    { kind: 'count', name: 'Total Mono cnt', value: `${COUNTS}.6.0` },
    { kind: 'count', name: 'Total Color cnt', value: `${COUNTS}.7.0` },
    { kind: 'count', name: 'Total Duplex cnt', value: `${COUNTS}.22.0` },
    { kind: 'count', name: 'Total Jam cnt', value: `${COUNTS}.34.0` },
  ],
});
