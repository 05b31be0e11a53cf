import { computed } from '@preact/signals';
import { locale } from '../state/prefs.ts';

const fr = {
  title: 'Astreintes',
  none: 'Aucun calendrier d’astreinte n’est importé. Une route peut en nommer un\u202f: le ticket dit alors qui appeler.',
  nobody: 'personne n’est d’astreinte',
  until: (when: string) => `jusqu’au ${when}`,
  next: (who: string, when: string) => `puis ${who}, à partir du ${when}`,
  import: 'Importer un calendrier…',
  importTitle: 'Importer un calendrier d’astreinte',
  importMore: 'Un fichier iCalendar dont chaque événement est une astreinte, nommée d’après la personne.',
  importYes: 'Importer',
  name: 'Nom, tel que les routes l’écrivent',
  file: 'Fichier (.ics)',
  imported: 'Le calendrier est importé.',
  remove: 'Retirer',
  removed: 'Le calendrier est retiré.',
  unreadable: 'Ce fichier ne peut pas être lu.',
  cancel: 'Annuler',
};

const en: typeof fr = {
  title: 'On call',
  none: 'No calendar of duties is imported. A route may name one: the ticket then says whom to call.',
  nobody: 'nobody is on call',
  until: (when) => `until ${when}`,
  next: (who, when) => `then ${who}, from ${when}`,
  import: 'Import a calendar…',
  importTitle: 'Import a calendar of duties',
  importMore: 'An iCalendar file in which each event is a duty, named after the person.',
  importYes: 'Import',
  name: 'Name, as routes write it',
  file: 'File (.ics)',
  imported: 'The calendar is imported.',
  remove: 'Remove',
  removed: 'The calendar is removed.',
  unreadable: 'This file cannot be read.',
  cancel: 'Cancel',
};

export const onCallWords = computed(() => (locale.value === 'fr' ? fr : en));
