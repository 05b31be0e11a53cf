/** What somebody said of an incident. */
export interface Comment {
  /** Milliseconds since 1970. */
  at: number;
  by: string;
  text: string;
  /** The desk it was said at; absent where it was said here. */
  desk?: string;
  /** What that desk tells it from its others by. */
  id?: string;
}

/** An incident keeps the last few; its timeline has them all. */
const KEPT = 5;

export const withComment = (comments: readonly Comment[] | undefined, comment: Comment): Comment[] =>
  [...(comments ?? []), comment].slice(-KEPT);
