import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, errorCode } from '../../describe-error.ts';
import type { Log } from '../../log.ts';

/** Who we are to those that send informs: they make their keys for it. */
export interface Engine {
  id: Buffer;
  /** How often we have started, and for how many seconds we run. */
  boots: number;
  timeS(): number;
}

/** RFC 3411: octets of one's own choice, of no maker's number. */
const FORMAT = Buffer.from('8000000005', 'hex');
const RANDOM_BYTES = 12;
const BOOTS_MAX = 0x7fff_fffe;

/**
 * The engine kept in the folder, started once more. Where it cannot be kept it is another at every start: those that send
 * informs find out by themselves.
 */
export function openEngine(folder: string, monotonicMs: () => number, log: Log): Engine {
  const file = join(folder, 'snmp-engine.json');
  const kept = read(file, log);
  const id = kept?.id ?? Buffer.concat([FORMAT, randomBytes(RANDOM_BYTES)]);
  const boots = Math.min(BOOTS_MAX, (kept?.boots ?? 0) + 1);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify({ engineId: id.toString('hex'), boots }), { flush: true });
    renameSync(`${file}.new`, file);
  } catch (error) {
    log('warn', 'the SNMP engine of the traps cannot be kept', { file, error: describeError(error) });
  }
  const startMs = monotonicMs();
  return { id, boots, timeS: () => Math.floor((monotonicMs() - startMs) / 1000) };
}

function read(file: string, log: Log): { id: Buffer; boots: number } | undefined {
  try {
    const { engineId, boots }: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8')) ?? {};
    if (typeof engineId === 'string' && /^([0-9a-f]{2}){5,32}$/.test(engineId) && Number.isSafeInteger(boots)) {
      return { id: Buffer.from(engineId, 'hex'), boots: Math.max(0, boots as number) };
    }
    log('warn', 'the SNMP engine that was kept is unreadable; a new one takes its place', { file });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      log('warn', 'the SNMP engine that was kept is unreadable; a new one takes its place', {
        file,
        error: describeError(error),
      });
    }
  }
  return undefined;
}
