import { defineProfile } from '../profile.ts';

/** Built by Fuji Xerox, by Dell itself, by Lexmark: each has its device id, `MFG:…;MDL:…;`, in its own place. */
const DEVICE_IDS = [
  '1.3.6.1.4.1.253.8.51.10.2.1.7.2.28110202',
  '1.3.6.1.4.1.674.10898.100.2.1.2.1.3',
  '1.3.6.1.4.1.641.2.1.2.1.3',
];

export const profile = defineProfile({
  name: 'dell-printer',
  title: 'Dell printers',
  match: [
    { sysObjectID: '1.3.6.1.4.1.674.10898' },
    { sysDescr: '^Dell .*(?:Laser|Printer|MFP|Engine|Multifunction)' },
    {
      sysDescr: '^Dell',
      sysObjectID: ['1.3.6.1.4.1.253', '1.3.6.1.4.1.297', '1.3.6.1.4.1.641', '1.3.6.1.4.1.236.11.5'],
    },
  ],
  identity: {
    kind: 'printer',
    vendor: 'Dell',
    model: [
      ...DEVICE_IDS.map((from) => ({ from, match: '(?:MDL|MODEL):\\s*([^;]+)' })),
      { from: 'sysDescr', match: '^Dell ([^;,]+?)(?: version|;|,|$)' },
    ],
    version: [
      '{1.3.6.1.4.1.674.10898.100.1.1.1.0}',
      '{1.3.6.1.4.1.641.1.1.1.0}',
      { from: 'sysDescr', match: '(?:version|Engine) ([^\\s,;]+)' },
    ],
  },
});
