import type { ReviewNotes } from '../../protocol/reviews.ts';

/** What people write in the reviews of major incidents. Whether there is such an incident is not its business. */
export interface ReviewPort {
  notes(number: number): Promise<ReviewNotes | undefined>;
  /** Over those of revision `read` (0: over none). Undefined: somebody has written since. */
  write(number: number, text: string, read: number, by: string): Promise<ReviewNotes | undefined>;
}
