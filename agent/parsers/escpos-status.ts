/**
 * What a receipt printer says of itself in answer to `DLE EOT n`, ESC/POS's real-time status, which it gives also while it
 * is offline or busy. Each answer is one byte in which bits 0, 1, 4 and 7 are fixed (0, 1, 1, 0).
 */
const DLE = 0x10;
const EOT = 0x04;

/** Printer, cause of being offline, cause of an error, paper. In this order answers come. */
const QUESTIONS = [1, 2, 3, 4] as const;

export const STATUS_QUESTION = Uint8Array.from(QUESTIONS.flatMap((n) => [DLE, EOT, n]));

export const PRINTER_FLAGS = [
  'offline',
  'drawer_pin_high',
  'waiting_online_recovery',
  'feed_pressed',
  'cover_open',
  'feeding',
  'paper_stop',
  'error',
  'recoverable_error',
  'cutter_error',
  'unrecoverable_error',
  'auto_recoverable_error',
  'paper_near_end',
  'paper_end',
] as const;
export type PrinterFlag = (typeof PRINTER_FLAGS)[number];
export type PrinterStatus = Record<PrinterFlag, boolean>;

const isStatusByte = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010;

/** The answers among what came: a printer may also send bytes of other kinds, such as its automatic status. */
const statusBytesOf = (received: Uint8Array): number[] => [...received].filter(isStatusByte);

/** All four answers are there. */
export const isWholeStatus = (received: Uint8Array): boolean => statusBytesOf(received).length >= QUESTIONS.length;

/** Reads four answers bit by bit; undefined while they are not all there. */
export function decodeStatus(received: Uint8Array): PrinterStatus | undefined {
  const [printer, offline, error, paper] = statusBytesOf(received);
  if (printer === undefined || offline === undefined || error === undefined || paper === undefined) return undefined;
  const has = (byte: number, bit: number): boolean => (byte & (1 << bit)) !== 0;
  return {
    drawer_pin_high: has(printer, 2),
    offline: has(printer, 3),
    waiting_online_recovery: has(printer, 5),
    feed_pressed: has(printer, 6),
    cover_open: has(offline, 2),
    feeding: has(offline, 3),
    paper_stop: has(offline, 5),
    error: has(offline, 6),
    recoverable_error: has(error, 2),
    cutter_error: has(error, 3),
    unrecoverable_error: has(error, 5),
    auto_recoverable_error: has(error, 6),
    // Each sensor sets two bits together; one alone is noise of a clone, and counts as paper there.
    paper_near_end: has(paper, 2) && has(paper, 3),
    paper_end: has(paper, 5) && has(paper, 6),
  };
}
