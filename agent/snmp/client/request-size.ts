/** How many values a device is asked for at once: halved by what is too much for it, growing back slowly. */
export interface RequestSize {
  size: number;
  /** Full requests answered since it last changed. */
  answered: number;
  /** As many must be answered before it grows; doubled by each failure, since a try that fails costs a timeout. */
  patience: number;
}

const FIRST = 20;
const CEILING = 60;
const PATIENCE = 8;
const PATIENCE_MAX = 512;

export const firstSize = (): RequestSize => ({ size: FIRST, answered: 0, patience: PATIENCE });

/** `asked` values were answered. Columns rarely fit the size evenly: more than half of it proves it. */
export function grown(now: RequestSize, asked: number): RequestSize {
  if (asked * 2 <= now.size || now.size >= CEILING) return now;
  const answered = now.answered + 1;
  if (answered < now.patience) return { ...now, answered };
  return { ...now, size: Math.min(CEILING, now.size + Math.ceil(now.size / 4)), answered: 0 };
}

/** `asked` values were too many. */
export const shrunk = ({ patience }: RequestSize, asked: number): RequestSize => ({
  size: Math.max(1, Math.floor(asked / 2)),
  answered: 0,
  patience: Math.min(PATIENCE_MAX, patience * 2),
});
