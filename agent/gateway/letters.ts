import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Link } from '../passenger.ts';
import { readMessage } from '../read-message.ts';

const MAX_BYTES = 4 * 1024 * 1024;
/** Each makes one reply or list of facts: far fewer than this wait, ever. */
const MAX_LETTERS = 1000;
/** Of one letter as it is kept: any message a collector takes fits, but for one of control characters. */
const LETTER_MAX_BYTES = 1024 * 1024 + 64 * 1024;
const MAX_AGE_MS = 7 * 86_400_000;
const RETRY_MS = 5000;

const Letter = Type.Object({ topic: Type.String(), text: Type.String() }, { additionalProperties: false });
type Letter = Static<typeof Letter>;

/** What an agent says once, and must not get lost: replies to commands, what a device is made of. */
export interface Letters {
  /** True: it is on disk, or too long to be kept by anybody. False: its sender must keep it. */
  post(topic: string, payload: Uint8Array): boolean;
  /** One after the other, oldest first; each leaves when the broker has it. */
  open(link: Link): void;
  /** The connection is gone: what was on its way waits again. */
  reset(): void;
  close(): void;
}

/** Keeps the letters of one device on disk until they are taken. */
export function openLetters(folder: string, name: string, { clock, log }: { clock: Clock; log: Log }): Letters {
  const kept = openOutbox({
    folder: join(folder, name),
    maxBytes: MAX_BYTES,
    maxReports: MAX_LETTERS,
    maxAgeMs: MAX_AGE_MS,
    now: clock.now,
    log,
  });
  let link: Link | undefined;
  let onTheWay: number | undefined;
  let cancelRetry = () => {};

  function pump(): void {
    const [id] = kept.waiting();
    if (!link || onTheWay !== undefined || id === undefined) return;
    const letter = readMessage(Letter, kept.read(id)?.body ?? new Uint8Array());
    if (!letter) {
      kept.acknowledge(id);
      pump();
      return;
    }
    onTheWay = id;
    link.publish(letter.topic, letter.text, false, (error) => {
      if (onTheWay !== id) return;
      onTheWay = undefined;
      if (error) {
        cancelRetry = clock.after(RETRY_MS, pump);
        return;
      }
      kept.acknowledge(id);
      pump();
    });
  }

  function reset(): void {
    link = undefined;
    onTheWay = undefined;
    cancelRetry();
  }

  return {
    post(topic, payload) {
      const letter: Letter = { topic, text: Buffer.from(payload).toString('utf8') };
      const body = Buffer.from(JSON.stringify(letter));
      if (body.length > LETTER_MAX_BYTES) {
        log('warn', 'a message from the store is too long and was dropped', { topic, bytes: payload.length });
        return true;
      }
      const id = kept.append(body, clock.now());
      pump();
      return kept.isOnDisk(id);
    },
    open(next) {
      link = next;
      pump();
    },
    reset,
    close() {
      reset();
      kept.close();
    },
  };
}
