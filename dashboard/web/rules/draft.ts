import { signal } from '@preact/signals';
import type { Detail } from '../api.ts';

/** The rules somebody is writing: kept while they look elsewhere, and replayed as they stand. */
export const draft = signal('');

/** What the server found wrong with the draft, and of which text that was. */
export const draftFaults = signal<{ text: string; faults: readonly Detail[] } | undefined>(undefined);

/** Bytes the server takes. */
const MOST_BYTES = 1024 * 1024;

export const isTooLong = (text: string): boolean => new TextEncoder().encode(text).length > MOST_BYTES;
