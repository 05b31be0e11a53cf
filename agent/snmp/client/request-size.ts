/** How many values a device is asked for at once: halved by what is too much for it, growing back slowly. */
export interface RequestSize {
  size: number;
  /** Full requests answered since it last changed. */
  answered: number;
  /** As many must be answered before it grows; doubled by each failure, since a try that fails costs a timeout. */
  patience: number;
}

const FIRST = 20;
/** About what fits a datagram on Ethernet. */
const CEILING = 60;
/** Until it fails for the first time, it grows by half after so few. */
const UNSPOILT = 2;
const PATIENCE = 16;
const PATIENCE_MAX = 512;

export const firstSize = (): RequestSize => ({ size: FIRST, answered: 0, patience: UNSPOILT });

/** `asked` values were answered. Columns rarely fit the size evenly: more than half of it proves it. */
export function grown(now: RequestSize, asked: number): RequestSize {
  if (asked * 2 <= now.size || now.size >= CEILING) return now;
  const answered = now.answered + 1;
  if (answered < now.patience) return { ...now, answered };
  const step = now.patience === UNSPOILT ? 2 : 4;
  return { ...now, size: Math.min(CEILING, now.size + Math.ceil(now.size / step)), answered: 0 };
}

/** `asked` values were too many. */
export const shrunk = ({ patience }: RequestSize, asked: number): RequestSize => ({
  size: Math.max(1, Math.floor(asked / 2)),
  answered: 0,
  patience: Math.min(PATIENCE_MAX, Math.max(PATIENCE, patience * 2)),
});
