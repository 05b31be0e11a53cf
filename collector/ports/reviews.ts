import type { ReviewNotes } from '../../protocol/reviews.ts';

/** What people write beside the facts of a major incident, by its number. */
export interface ReviewStore {
  notes(number: number): Promise<ReviewNotes | undefined>;
  /**
   * Writes over what `read` names (0: over nothing). Undefined, and nothing written, when somebody has written since.
   */
  write(number: number, notes: Omit<ReviewNotes, 'revision'>, read: number): Promise<ReviewNotes | undefined>;
}
