import { defineProfile } from '../profile.ts';

/** e-STUDIO copiers, some of them built by Lexmark, and the label printers of Toshiba TEC. */
export const profile = defineProfile({
  name: 'toshiba-printer',
  title: 'Toshiba e-STUDIO, Toshiba TEC',
  match: [{ sysObjectID: '1.3.6.1.4.1.1129' }, { sysDescr: 'TOSHIBA (?:e-STUDIO|TEC)' }],
  identity: {
    kind: 'printer',
    vendor: 'Toshiba',
    model: [
      { from: 'sysDescr', match: '(e-STUDIO ?\\S+)' },
      { from: 'sysDescr', match: '(?:TOSHIBA )?TEC (\\S+)' },
    ],
    version: [{ from: 'sysDescr', match: '\\bversion (\\S+)' }],
  },
});
