import { computed } from '@preact/signals';
import { REVIEW_WORDS } from '../../../protocol/words/reviews.ts';
import { locale } from '../state/prefs.ts';

const fr = {
  write: 'Enregistrer les notes',
  written: 'Notes enregistrées',
  hint: 'Ce qui a été compris, décidé, et qui s’en charge…',
  download: 'Télécharger (Markdown)',
  print: 'Imprimer',
};
const en: typeof fr = {
  write: 'Save the notes',
  written: 'Notes saved',
  hint: 'What was understood, what was decided, and who sees to it…',
  download: 'Download (Markdown)',
  print: 'Print',
};

/** The words of the review’s page: those of the document, and of what can be done with it. */
export const reviewWords = computed(() =>
  locale.value === 'fr' ? { ...REVIEW_WORDS.fr, page: fr } : { ...REVIEW_WORDS.en, page: en },
);
