import { defineProfile } from '../profile.ts';

/** ZEBRA-MIB, and the settings of Link-OS below it (ZEBRA-QL-MIB). */
const ZEBRA = '1.3.6.1.4.1.10642';
const SETTINGS = `${ZEBRA}.200`;
/** ESI-MIB: the print server in it. */
const PRINT_SERVER = '1.3.6.1.4.1.683.1';

export const profile = defineProfile({
  name: 'zebra',
  title: 'Zebra',
  match: [
    { sysObjectID: ZEBRA },
    { sysDescr: 'zebra' },
    { sysObjectID: '1.3.6.1.4.1.683', has: { oid: `${ZEBRA}.1.1.0` } },
  ],
  identity: {
    kind: 'printer',
    vendor: 'Zebra',
    // What it is called, and the number it is ordered by.
    model: [
      `{${ZEBRA}.1.1.0} ({${PRINT_SERVER}.4.0})`,
      `{${SETTINGS}.19.7.0} ({${PRINT_SERVER}.4.0})`,
      `{${ZEBRA}.1.1.0}`,
      `{${SETTINGS}.19.7.0}`,
      `{${PRINT_SERVER}.4.0}`,
    ],
    version: [`{${PRINT_SERVER}.9.0}`, `{${ZEBRA}.1.2.0}`, `{${SETTINGS}.18.2.0}`],
    // The printer's own; the print server's where it does not tell.
    serial: [`{${SETTINGS}.19.5.0}`, `{${PRINT_SERVER}.5.0}`],
  },
  sensors: [
    // zql-odometer-total-print-length: `1920 INCHES, 4876 CENTIMETERS`.
    { kind: 'count', name: 'Printed Length (life, INCHES)', value: `${SETTINGS}.17.3.0` },
  ],
});
