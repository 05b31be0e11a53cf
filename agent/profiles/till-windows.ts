import { HOST_NETWORK, HOST_VARS, type Profile, WINDOWS_HOST } from './profile.ts';
import { TILL_CHECKS, TILL_VARS } from './till-parts.ts';

/** A till on Windows. */
export const profile: Profile = {
  title: { fr: 'Caisse sous Windows', en: 'Till on Windows' },
  vars: { ...HOST_VARS, ...TILL_VARS },
  checks: [...WINDOWS_HOST, ...HOST_NETWORK, ...TILL_CHECKS],
};
