import type { StoreAvailability, StoreSegment } from '../../protocol/views.ts';

const HOUR_MS = 3_600_000;

/** Three days of a store: open hours that sold, nights, a cut that late reports proved, and one nobody explained. */
export function makeAvailability(now: number): StoreAvailability {
  const start = now - 72 * HOUR_MS;
  const piece = (fromH: number, toH: number, state: StoreSegment['state'], proven = false): StoreSegment => ({
    from: start + fromH * HOUR_MS,
    to: start + toH * HOUR_MS,
    state,
    reason: proven ? { code: 'store.proven' } : { code: state === 'closed' ? 'store.closed' : 'store.up' },
    ...(proven && { proven }),
  });
  const segments = [
    piece(0, 9.5, 'up'),
    piece(9.5, 22, 'closed'),
    piece(22, 27, 'up'),
    piece(27, 30.5, 'up', true),
    piece(30.5, 33.5, 'up'),
    piece(33.5, 46, 'closed'),
    piece(46, 48, 'up'),
    piece(48, 48.6, 'down'),
    piece(48.6, 52, 'degraded'),
    piece(52, 53.2, 'blind'),
    piece(53.2, 57.5, 'up'),
    piece(57.5, 70, 'closed'),
    piece(70, 72, 'up'),
  ];
  return { segments, totals: { up: 30 * HOUR_MS }, percent: 98.061, knownPercent: 96.44 };
}
