import { computed } from '@preact/signals';
import { formatOf, wordsOf } from '../../../protocol/words/index.ts';
import { locale } from '../state/prefs.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** The web app's own words, in the reader's language. */
export const ui = computed(() => (locale.value === 'fr' ? fr : en));

/** The words all of Vigie shares, in the reader's language. */
export const shared = computed(() => wordsOf(locale.value));

/** How the reader's language writes figures. */
export const format = computed(() => formatOf(locale.value));
