import pino, { type Logger } from 'pino';

/** The server's log: JSON lines on standard error, so that what is said to people stays apart. */
export function createServerLog(): Logger {
  return pino(
    {
      level: process.env.VIGIE_LOG ?? 'warn',
      redact: [
        'req.headers.authorization',
        'req.headers.cookie',
        'headers.authorization',
        'headers.cookie',
        '*.token',
        '*.secret',
      ],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
