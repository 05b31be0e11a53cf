import { defineProfile } from '../profile.ts';
import { suppliesOf } from '../rules/printer-supplies.ts';

/** BROTHER-MIB. */
const BROTHER = '1.3.6.1.4.1.2435';
const NET_CARD = `${BROTHER}.2.3.9`;
/** brieee1284id: `MFG:…;MDL:…;`. */
const DEVICE_ID = `${NET_CARD}.1.1.7.0`;

/** Older machines have codes for levels: full, low, empty, nearly empty. */
const CODES = { 0: 100, 1: 5, 2: 0, 3: 1 };

export const profile = defineProfile({
  name: 'brother',
  title: 'Brother',
  match: [{ sysObjectID: BROTHER }, { sysDescr: 'Brother NC-' }],
  identity: {
    kind: 'printer',
    vendor: 'Brother',
    model: [
      // brmDNSPrinterName
      { from: `${BROTHER}.2.4.3.2435.5.13.3.0`, match: '^(?:Brother )?(.+?)(?: series)?$' },
      { from: DEVICE_ID, match: 'MDL:([^;]+)' },
    ],
    version: [
      // brpsFirmwareDescription
      { from: `${BROTHER}.2.4.3.1240.6.5.0`, match: 'Ver\\.?\\s*(\\S+)' },
      { from: 'sysDescr', match: 'Firmware Ver\\.?\\s*([^\\s,]+)' },
    ],
    // brInfoSerialNumber
    serial: [`{${NET_CARD}.4.2.1.5.5.1.0}`],
  },
  supplies: suppliesOf({}, CODES),
});
