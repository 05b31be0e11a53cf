import { systemClock } from '../../agent/clock.ts';
import { SnmpFault } from '../../agent/snmp/client/fault.ts';
import { openSnmpSession } from '../../agent/snmp/client/session.ts';
import { createTransport } from '../../agent/snmp/client/transport.ts';
import { profiles } from '../../agent/snmp/profiles/registry.gen.ts';
import { type DeviceLook, readDevice } from '../../agent/snmp/read/read-device.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import { UNKNOWN } from './exit-code.ts';
import { showReading } from './show-reading.ts';
import { addressOf, secretsOf } from './snmp-target.ts';

const TIMEOUT_S = 2;
const RETRIES = 1;
const BOUNDS = { rowsPerColumn: 5000, values: 100_000, durationMs: 45_000 };

/** Asks one device all there is to know about it, and says it. @throws Fault when it does not answer. */
export async function probeSnmp(invocation: Invocation, given: string): Promise<number> {
  const { flags, locale, say } = invocation;
  const { host, port } = addressOf(given, locale);
  const timeoutMs = timeoutOf(invocation);
  const terminal = process.stdin.isTTY ? { input: process.stdin, output: process.stderr } : undefined;
  const secrets = await secretsOf(invocation, terminal);
  const target = { host, port, version: secrets.version, credentials: () => secrets, timeoutMs, retries: RETRIES };
  const { reading, faults } = await look(target, invocation);
  if (flags.json === true) {
    const told = faults.map(({ part, fault }) => ({ part, why: fault.words[locale] }));
    say(JSON.stringify({ ...reading, ...(told.length > 0 && { faults: told }) }, null, 2));
  } else {
    for (const line of showReading(reading, locale)) say(line);
    for (const { part, fault } of faults) say(words(locale).probe.part(part, fault.words[locale]));
  }
  return 0;
}

async function look(target: Parameters<typeof openSnmpSession>[0], { locale, stop }: Invocation): Promise<DeviceLook> {
  const transport = createTransport();
  const session = openSnmpSession(target, { transport, clock: systemClock });
  try {
    return await readDevice(session, { profiles, bounds: BOUNDS, now: systemClock.monotonicMs, signal: stop });
  } catch (error) {
    if (!(error instanceof SnmpFault)) throw error;
    throw new Fault(`${error.device}: ${error.words[locale]}`, UNKNOWN);
  } finally {
    session.close();
    transport.close();
  }
}

/** Of one question, in milliseconds. */
function timeoutOf({ flags, locale }: Invocation): number {
  const given = flags.timeout ?? TIMEOUT_S;
  const seconds = Number(given);
  if (!(seconds >= 0.1 && seconds <= 60)) throw new Fault(words(locale).probe.badTimeout(String(given)), UNKNOWN);
  return seconds * 1000;
}
