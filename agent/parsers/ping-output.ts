/** What one run of a system's `ping` saw. */
export interface PingOutput {
  sent: number;
  /** Milliseconds of each echo, in the order they came; Windows tells less than one as zero. */
  roundTrips: number[];
  ttl?: number;
  /** True when the name has no address. */
  isUnknownHost: boolean;
}

/** In any language an echo tells its time right behind a sign: `time=0.871 ms`, `temps<1ms`, `Zeit=12ms`, `tiempo<1m`. */
const ECHO = /([=<])(\d+(?:[.,]\d+)?) ?ms?\b/;
const UNIX_SENT = /(\d+) packets transmitted/;
/** Windows counts what a router answers for a dead host as received: only the number it sent can be used. */
const WINDOWS_SENT = /=\s*(\d+),[^=\n]*=\s*\d+,[^=\n]*=\s*\d+\s*\(/;
/** iputils and musl, busybox, macOS, Windows in English, French (its code page may spoil accents), German and Spanish. */
const UNKNOWN_HOST =
  /not known|No address associated|failure in name resolution|bad address|cannot resolve|could not find host|pas pu trouver|konnte Host .* nicht finden|no pudo encontrar/i;

/** Reads what ping printed on Linux (iputils, busybox), macOS and Windows, the latter in any language. */
export function parsePing(text: string): PingOutput {
  const roundTrips: number[] = [];
  for (const line of text.split('\n')) {
    const [, sign, time = ''] = ECHO.exec(line) ?? [];
    // A second echo of one question proves nothing more.
    if (sign === undefined || line.includes('DUP!')) continue;
    roundTrips.push(sign === '<' ? 0 : Number(time.replace(',', '.')));
  }
  const ttl = /\bttl=(\d+)/i.exec(text)?.[1];
  return {
    sent: Number((UNIX_SENT.exec(text) ?? WINDOWS_SENT.exec(text))?.[1] ?? roundTrips.length),
    roundTrips,
    ...(ttl !== undefined && { ttl: Number(ttl) }),
    isUnknownHost: UNKNOWN_HOST.test(text),
  };
}
