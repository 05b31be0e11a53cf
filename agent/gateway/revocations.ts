import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RevokedAnswer } from '../../protocol/enrolment.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import { ask } from '../identity/ask.ts';
import { filesOf, readIdentity } from '../identity/folder.ts';
import type { Log } from '../log.ts';
import { readMessage } from '../read-message.ts';

const LOOK_EVERY_MS = 600_000;
const AGAIN_MS = 60_000;
/** However often there is a reason to look. */
const AT_MOST_EVERY_MS = 15_000;

export interface RevocationsOptions {
  /** Where the gateway's own identity is. */
  dataDir: string;
  /** Where the list is kept: it holds while the line is cut, and over a restart. */
  folder: string;
  clock: Clock;
  log: Log;
  /** There is another list. */
  onChange(): void;
  /** Asks the server; the real one by default. */
  ask?: typeof ask;
}

/** Certificates of this store that are good no more, as the centre said last. */
export interface Revocations {
  has(serial: string): boolean;
  /** There is a reason to ask the centre sooner than in its turn. */
  look(): void;
  stop(): void;
}

/** Keeps asking the centre, over the agents' door, what it has revoked in this store. */
export function followRevocations(options: RevocationsOptions): Revocations {
  const { dataDir, folder, clock, log } = options;
  const file = join(folder, 'revoked.json');
  let revoked: ReadonlySet<string> = new Set(readKept()?.revoked);
  let isLooking = false;
  let isStopped = false;
  let hasFailed = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};

  function readKept(): RevokedAnswer | undefined {
    try {
      return readMessage(RevokedAnswer, readFileSync(file));
    } catch {
      // There is none before the first answer.
      return undefined;
    }
  }

  function plan(afterMs: number): void {
    cancel();
    if (!isStopped) cancel = clock.after(afterMs, () => void look());
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    lookedAt = clock.monotonicMs();
    try {
      take(await fetchList());
      hasFailed = false;
      plan(LOOK_EVERY_MS);
    } catch (error) {
      // While the line is cut it is said once.
      log(hasFailed ? 'debug' : 'warn', 'what is revoked in this store cannot be asked', {
        error: describeError(error),
      });
      hasFailed = true;
      plan(AGAIN_MS);
    } finally {
      isLooking = false;
    }
  }

  async function fetchList(): Promise<RevokedAnswer> {
    const identity = readIdentity(dataDir);
    if (!identity) throw new Error('the identity is gone');
    const { authority, certificate, key } = filesOf(dataDir);
    const read = (path: string) => readFileSync(path, 'utf8');
    const { status, body } = await (options.ask ?? ask)({
      server: identity.https,
      path: '/v1/revoked',
      ca: read(authority),
      own: { cert: read(certificate), key: read(key) },
    });
    const answer = status === 200 ? readMessage(RevokedAnswer, body) : undefined;
    if (!answer) throw new Error(`HTTP ${status}`);
    return answer;
  }

  function take(answer: RevokedAnswer): void {
    const isSame = answer.revoked.length === revoked.size && answer.revoked.every((serial) => revoked.has(serial));
    if (isStopped || isSame) return;
    revoked = new Set(answer.revoked);
    options.onChange();
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(answer));
      renameSync(`${file}.new`, file);
    } catch (error) {
      log('warn', 'what is revoked in this store cannot be kept', { file, error: describeError(error) });
    }
  }

  return {
    has: (serial) => revoked.has(serial),
    look() {
      plan(Math.max(0, lookedAt + AT_MOST_EVERY_MS - clock.monotonicMs()));
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
