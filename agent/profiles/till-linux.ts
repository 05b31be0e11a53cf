import { HOST_NETWORK, HOST_VARS, LINUX_EXTRA, LINUX_EXTRA_VARS, LINUX_HOST, type Profile } from './profile.ts';
import { TILL_CHECKS, TILL_VARS } from './till-parts.ts';

/** A till on Linux. Nothing here starts a program more than once in six hours, unless a variable asks for it. */
export const profile: Profile = {
  title: { fr: 'Caisse sous Linux', en: 'Till on Linux' },
  vars: { ...HOST_VARS, ...LINUX_EXTRA_VARS, ...TILL_VARS },
  checks: [...LINUX_HOST, ...HOST_NETWORK, ...LINUX_EXTRA, ...TILL_CHECKS],
};
