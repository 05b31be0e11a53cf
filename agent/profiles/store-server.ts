import {
  HOST_NETWORK,
  HOST_VARS,
  LINUX_EXTRA,
  LINUX_EXTRA_VARS,
  LINUX_HOST,
  type Profile,
  variable,
  WINDOWS_HOST,
} from './profile.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY_AND_TWO_HOURS = 93_600;

/** The server of a store, on Linux or Windows. */
export const profile: Profile = {
  title: { fr: 'Serveur de magasin', en: 'Store server' },
  vars: {
    ...HOST_VARS,
    ...LINUX_EXTRA_VARS,
    backup: {
      about: { fr: 'fichiers de sauvegarde, un par jour', en: 'backup files, one a day' },
      example: '/srv/backup/*.tar.gz',
    },
    prices: {
      about: { fr: 'fichier des prix, renouvelé chaque jour', en: 'price file, renewed each day' },
      example: '/srv/pos/prices.xml',
    },
    url: {
      about: { fr: 'adresse HTTP qui doit répondre', en: 'HTTP address that must answer' },
      example: 'http://127.0.0.1:8080/health',
    },
    tlsPort: {
      about: {
        fr: 'port TLS de ce serveur, pour suivre son certificat',
        en: 'TLS port here, to follow its certificate',
      },
      example: 443,
    },
    ups: { about: { fr: 'onduleur, tel que NUT le nomme', en: 'UPS, as NUT names it' }, example: 'ups' },
  },
  checks: [
    ...(process.platform === 'win32' ? WINDOWS_HOST : [...LINUX_HOST, ...LINUX_EXTRA]),
    ...HOST_NETWORK,
    { type: 'filestat', name: 'backup', path: variable('backup'), maxAgeS: DAY_AND_TWO_HOURS, everyS: 10 * MINUTE },
    { type: 'filestat', name: 'prices', path: variable('prices'), maxAgeS: DAY_AND_TWO_HOURS, everyS: 10 * MINUTE },
    { type: 'http_response', name: 'http', url: variable('url'), everyS: 30 },
    { type: 'x509_cert', name: 'certificate', server: '127.0.0.1', port: variable('tlsPort'), everyS: HOUR },
    { type: 'upsd', name: 'ups', upses: [variable('ups')], everyS: 30 },
  ],
};
