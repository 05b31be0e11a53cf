import { computed } from '@preact/signals';
import type { DeviceConfig } from '../../ports.ts';
import { locale } from '../state/prefs.ts';

type Refusal = NonNullable<DeviceConfig['refused']>['reason'];

const fr = {
  refusals: {
    signature: 'signature refusée\u202f: non signée par ce serveur, ou pour un autre équipement',
    schema: 'une clé, un contrôle ou une variable que son agent ne connaît pas',
    link: 'avec elle, aucun collecteur n’était joignable',
    check: 'avec elle, un contrôle s’est tu',
    outdated: 'plus ancienne que celle qu’il a',
  } as Record<Refusal, string>,
  version: (n: number) => `v${n}`,
  runs: (applied: number) => (applied === 0 ? 'son propre fichier' : `v${applied}`),
  insteadOf: (runs: string, wanted: string) => `${runs}, ${wanted} voulue`,
  desired: 'Voulue',
  applied: 'En vigueur',
  refused: 'Refusée',
  since: (when: string) => `depuis ${when}`,
  ownFile: 'son propre fichier seul',
  unknown: 'pas encore dite par l’agent',
  settings: 'Réglages voulus par le centre',
  noSettings: 'Le centre ne demande rien à cet équipement\u202f: il suit son propre fichier.',
  taken: 'retiré',
  scopes: {
    chain: (chain: string) => `enseigne ${chain}`,
    kindInChain: (kind: string, chain: string) => `${kind}, enseigne ${chain}`,
    store: (store: string) => `magasin ${store}`,
    kindInStore: (kind: string, store: string) => `${kind}, magasin ${store}`,
    device: 'cet équipement',
  },
  keys: {
    intervalS: 'Intervalle de mesure (s)',
    keepaliveS: 'Signe de vie (s)',
    server: 'Serveur',
    locale: 'Langue',
    profile: 'Profil',
  } as Record<string, string>,
  vars: (name: string) => `Variable ${name}`,
  checks: (name: string) => `Contrôle ${name}`,
  removeChecks: (name: string) => `Contrôle ${name}`,
  retry: 'Réessayer',
  retried: 'Les réglages lui sont renvoyés',
  signInForSettings: 'Les réglages se montrent aux opérateurs.',
};

const en: typeof fr = {
  refusals: {
    signature: 'bad signature: not signed by this server, or for another device',
    schema: 'a key, a check or a variable its agent does not know',
    link: 'under it no collector could be reached',
    check: 'under it a check fell silent',
    outdated: 'older than the one it has',
  },
  version: (n) => `v${n}`,
  runs: (applied) => (applied === 0 ? 'its own file' : `v${applied}`),
  insteadOf: (runs, wanted) => `${runs}, ${wanted} wanted`,
  desired: 'Wanted',
  applied: 'In force',
  refused: 'Refused',
  since: (when) => `since ${when}`,
  ownFile: 'its own file alone',
  unknown: 'not said by its agent yet',
  settings: 'Settings wanted by the centre',
  noSettings: 'The centre wants nothing of this device: it follows its own file.',
  taken: 'taken away',
  scopes: {
    chain: (chain) => `chain ${chain}`,
    kindInChain: (kind, chain) => `${kind}, chain ${chain}`,
    store: (store) => `store ${store}`,
    kindInStore: (kind, store) => `${kind}, store ${store}`,
    device: 'this device',
  },
  keys: {
    intervalS: 'Interval (s)',
    keepaliveS: 'Keepalive (s)',
    server: 'Server',
    locale: 'Language',
    profile: 'Profile',
  },
  vars: (name) => `Variable ${name}`,
  checks: (name) => `Check ${name}`,
  removeChecks: (name) => `Check ${name}`,
  retry: 'Try again',
  retried: 'Its settings are sent to it again',
  signInForSettings: 'Settings are shown to operators.',
};

/** Words of what agents are to run. */
export const configWords = computed(() => (locale.value === 'fr' ? fr : en));
