/** From the chattiest to the gravest. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes one line. `fields` never hold a secret. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** One JSON object per line, on standard error by default. Lines below `least` are left out. */
export function createLog(
  least: LogLevel = 'info',
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => number = Date.now,
): Log {
  const floor = LOG_LEVELS.indexOf(least);
  return (level, message, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < floor) return;
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, msg: message, ...fields })}\n`);
  };
}
