import { defineProfile } from '../profile.ts';

/** Canon's product information. */
const CANON = '1.3.6.1.4.1.1602';
const PRODUCT = `${CANON}.1.1.1`;

export const profile = defineProfile({
  name: 'canon',
  title: 'Canon',
  match: [{ sysObjectID: CANON }, { sysDescr: '^Canon' }],
  identity: {
    kind: 'printer',
    vendor: 'Canon',
    model: [{ from: `${PRODUCT}.1.0`, match: '^(?:Canon )?(.+)$' }],
    version: [`{${PRODUCT}.4.0}`],
  },
});
