import { HOST_NETWORK, HOST_VARS, LINUX_HOST, type Profile, variable, WINDOWS_HOST } from './profile.ts';
import { TILL_CHECKS, TILL_VARS } from './till-parts.ts';

/** A self-checkout, on Linux or Windows: a till with a screen for customers and a scale that must be there. */
export const profile: Profile = {
  title: { fr: 'Caisse libre-service', en: 'Self-checkout' },
  vars: {
    ...HOST_VARS,
    ...TILL_VARS,
    screenProgram: {
      about: { fr: 'programme de l’écran client', en: 'program of the customer’s screen' },
      example: 'scoui',
    },
  },
  checks: [
    ...(process.platform === 'win32' ? WINDOWS_HOST : LINUX_HOST),
    ...HOST_NETWORK,
    ...TILL_CHECKS,
    { type: 'process', name: 'screen', program: variable('screenProgram'), everyS: 30, timeoutMs: 20_000 },
  ],
};
