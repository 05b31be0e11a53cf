import { readFileSync } from 'node:fs';
import { proofText, RenewAnswer } from '../../protocol/enrolment.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { ask, readTold, type Told } from './ask.ts';
import { filesOf, type IdentityFiles, keepCertificate, readIdentity, validityOf, writeSafely } from './folder.ts';
import { askingKey } from './key.ts';

export interface RenewalOptions {
  dataDir: string;
  clock: Clock;
  /** A number from 0 to 1. */
  chance: () => number;
  log: Log;
  /** Asks the server; the real one by default. */
  ask?: typeof ask;
}

export interface Renewal {
  /** What the agent says of its certificate: seconds until it ends, negative once it has, and how much of its life is over. */
  fields(): { certificate_expiry: number; certificate_used_percent: number };
  stop(): void;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Timers hold no longer than 24 days, and the host's clock may be set: look now and then. */
const LOOK_EVERY_MS = HOUR_MS;
const LONGEST_PAUSE_MS = 6 * HOUR_MS;
/** Tills that were enrolled in one morning do not all come back in one morning. */
const JITTER = 0.05;

/**
 * Has the certificate renewed when two thirds of its life are over, with a new key. What fails is tried again with growing
 * pauses; the last third of its life is there for that.
 */
export function startRenewal(options: RenewalOptions): Renewal {
  const { dataDir, clock, chance, log } = options;
  const files = filesOf(dataDir);
  let validity = validityOf(files);
  let due = dueAt();
  let failures = 0;
  let cancel = () => {};
  let isStopped = false;
  look();

  function dueAt(): number {
    const { from, to } = validity;
    return from + (to - from) * (2 / 3 + JITTER * chance());
  }

  function look(): void {
    const left = due - clock.now();
    cancel = clock.after(Math.min(Math.max(left, 0), LOOK_EVERY_MS), () => {
      if (clock.now() < due) look();
      else void renew();
    });
  }

  async function renew(): Promise<void> {
    try {
      const fault = await renewOnce(options, files, validity.serial);
      if (isStopped) return;
      if (fault !== undefined) throw new Error(fault);
      validity = validityOf(files);
      due = dueAt();
      failures = 0;
      log('info', 'certificate renewed', { serial: validity.serial, validUntil: new Date(validity.to).toISOString() });
      look();
    } catch (error) {
      if (isStopped) return;
      failures += 1;
      const pauseMs = Math.min(MINUTE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) * (0.5 + chance() / 2);
      const isOver = validity.to <= clock.now();
      log(isOver ? 'error' : 'warn', isOver ? 'the certificate has expired' : 'certificate not renewed', {
        error: describeError(error),
        validUntil: new Date(validity.to).toISOString(),
        ...(isOver && { advice: 'enrol the device again: vigie agent enroll' }),
        retryMs: Math.round(pauseMs),
      });
      cancel = clock.after(pauseMs, () => void renew());
    }
  }

  return {
    fields() {
      const { from, to } = validity;
      const now = clock.now();
      return {
        certificate_expiry: Math.round((to - now) / 1000),
        certificate_used_percent: Math.round(((now - from) / (to - from)) * 1000) / 10,
      };
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** Why there is no new certificate, or undefined when it is in place. Rejects when nobody answers. */
async function renewOnce(options: RenewalOptions, files: IdentityFiles, serial: string): Promise<string | undefined> {
  const identity = readIdentity(options.dataDir);
  if (!identity) return `${files.identity} is gone`;
  const key = askingKey(files);
  const ca = readFileSync(files.authority, 'utf8');
  const told: Told = await (options.ask ?? ask)({
    server: identity.https,
    path: '/v1/renew',
    ca,
    own: { cert: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') },
    body: key.asked((publicKey) => proofText('renew', serial, publicKey)),
  });
  const { answer, refusal } = readTold(RenewAnswer, told) as { answer?: RenewAnswer; refusal?: { message: string } };
  if (!answer) return refusal?.message ?? '';
  if (!key.fits(answer.certificate, ca)) return 'the new certificate is not for this device’s key';
  keepCertificate(files, answer.certificate);
  const { certificate: _, ...road } = answer;
  if (road.mqtt !== identity.mqtt || road.through !== identity.through) {
    const { through: __, ...same } = identity;
    writeSafely(files.identity, `${JSON.stringify({ ...same, ...road }, undefined, 2)}\n`);
    options.log('warn', 'from its next start on the agent reports elsewhere', { ...road });
  }
  return undefined;
}
