import type { Locale } from '../../protocol/inventory.ts';
import { en, type Words } from './en.ts';
import { fr } from './fr.ts';

const catalogues: Record<Locale, Words> = { en, fr };

export const words = (locale: Locale): Words => catalogues[locale];
