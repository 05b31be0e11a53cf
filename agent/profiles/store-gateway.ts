import {
  HOST_NETWORK,
  HOST_VARS,
  LINUX_EXTRA,
  LINUX_EXTRA_VARS,
  LINUX_HOST,
  type Profile,
  variable,
} from './profile.ts';

const MINUTE = 60;

/** The machine that carries a store’s messages and sees its network from inside. */
export const profile: Profile = {
  title: { fr: 'Passerelle de magasin', en: 'Store gateway' },
  vars: {
    ...HOST_VARS,
    ...LINUX_EXTRA_VARS,
    outside: {
      about: { fr: 'hôte au-delà du magasin, à interroger par ping', en: 'host beyond the store, to be pinged' },
      example: 'pos.example.net',
    },
    domain: {
      about: { fr: 'nom que le DNS doit connaître', en: 'name the DNS must know' },
      example: 'pos.example.net',
    },
    ups: { about: { fr: 'onduleur, tel que NUT le nomme', en: 'UPS, as NUT names it' }, example: 'ups' },
  },
  checks: [
    ...LINUX_HOST,
    ...HOST_NETWORK,
    ...LINUX_EXTRA,
    { type: 'wan_path', everyS: 30, timeoutMs: 20_000 },
    { type: 'ping', name: 'outside', hosts: [variable('outside')], everyS: 30 },
    { type: 'dns_query', name: 'dns', domain: variable('domain'), everyS: MINUTE },
    { type: 'upsd', name: 'ups', upses: [variable('ups')], everyS: 30 },
  ],
};
