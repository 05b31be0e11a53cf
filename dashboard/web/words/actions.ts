import { computed } from '@preact/signals';
import { locale } from '../state/prefs.ts';

const fr = {
  actions: 'Actions',
  none: 'Sa configuration ne permet aucune action.',
  offline: 'Cet équipement n’est pas joignable\u202f: rien ne peut lui être demandé.',
  past: 'Déjà demandées',
  why: 'Pourquoi',
  whyHint: 'Figure au journal d’audit et dans l’incident',
  incident: 'Pour l’incident',
  noIncident: 'Aucun',
  on: (device: string) => `Sur ${device}.`,
  takes: (duration: string) =>
    `Au plus ${duration}. L’équipement décide\u202f: il peut refuser, par exemple pendant une vente.`,
  ask: 'Demander',
  asked: 'Demandé à l’équipement',
  unasked: 'Non demandée par ce serveur',
  unaskedMore: 'Quelqu’un d’autre a adressé une commande à cet équipement, qui l’a refusée.',
  refusedAgain: (when: string) => `Une copie de cette commande a été refusée, ${when}.`,
  byFor: (who: string, why: string) => (why === '' ? who : `${who}\u202f: «\u202f${why}\u202f»`),
  before: 'Avant',
  after: 'Après',
  output: 'Sortie du programme',
  lasted: (duration: string) => `en ${duration}`,
  forIncident: (n: number) => `incident ${n}`,
  showAll: (n: string) => `Tout montrer (${n})`,
  faults: 'Non envoyée',
  args: {
    service: 'Service',
    queue: 'File d’impression',
    file: 'Fichier',
    machine: 'Machine',
  } as Record<string, string>,
  forThis: 'Actions pour cet incident',
};

const en: typeof fr = {
  actions: 'Actions',
  none: 'Its configuration allows no action.',
  offline: 'This device is not there: nothing can be asked of it.',
  past: 'Asked before',
  why: 'Why',
  whyHint: 'Stands in the audit and in the incident',
  incident: 'For incident',
  noIncident: 'None',
  on: (device) => `On ${device}.`,
  takes: (duration) => `At most ${duration}. The device decides: it may refuse, for instance while a sale is open.`,
  ask: 'Ask',
  asked: 'Asked of the device',
  unasked: 'Not asked by this server',
  unaskedMore: 'Somebody else sent this device a command, and it refused.',
  refusedAgain: (when) => `A copy of this command was refused, ${when}.`,
  byFor: (who, why) => (why === '' ? who : `${who}: “${why}”`),
  before: 'Before',
  after: 'After',
  output: 'What the program printed',
  lasted: (duration) => `in ${duration}`,
  forIncident: (n) => `incident ${n}`,
  showAll: (n) => `Show all (${n})`,
  faults: 'Not sent',
  args: { service: 'Service', queue: 'Print queue', file: 'File', machine: 'Machine' },
  forThis: 'Actions for this incident',
};

/** Words of what devices are told to do. */
export const actionWords = computed(() => (locale.value === 'fr' ? fr : en));
