import type { SnmpValue } from '../value.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './connection.ts';
import { SnmpFault } from './fault.ts';
import { type Manners, makeSure, patienceWith } from './manners.ts';
import { grown, shrunk } from './request-size.ts';

/**
 * The values of these OIDs; what the device does not have is left out. Where one OID fails a whole request, as version 1
 * has it, the request is halved until that OID is found: at most two requests for each OID. Where the device is silent
 * they are asked one by one, since then only the silent ones cost a timeout; those are left alone for a while. Rejects
 * with an `SnmpFault` when the device does not answer, answers something else, or refuses every one of them.
 */
export async function getValues(
  ask: Ask,
  manners: Manners,
  oids: readonly string[],
  device: string,
  signal?: AbortSignal,
): Promise<Map<string, SnmpValue>> {
  const values = new Map<string, SnmpValue>();
  const { silentGets: silences } = manners;
  let refusal: SnmpFault | undefined;
  const refuse = (kind: SnmpFault['kind'], oid: string) => {
    if (kind !== 'no-such-name') refusal = new SnmpFault(kind, device, { oid });
  };

  /** What a smaller request may mend comes back. */
  async function attempt(asked: readonly string[], patienceMs?: number): Promise<SnmpFault | undefined> {
    try {
      const patience = patienceMs === undefined ? {} : { patienceMs };
      const answers = (await ask({ kind: 'get', oids: asked, ...patience }, signal)).flat();
      keep(asked, answers, values, device);
    } catch (error) {
      if (!(error instanceof SnmpFault)) throw error;
      if (error.kind === 'timeout') await makeSure(ask, manners, error, signal);
      else if (!MENDABLE.has(error.kind)) throw error;
      manners.isAwake = true;
      return error;
    }
    manners.isAwake = true;
    manners.get = grown(manners.get, asked.length);
    return undefined;
  }

  /** True when it is the OID itself. */
  async function isRefused(oid: string, patienceMs?: number): Promise<boolean> {
    const fault = await attempt([oid], patienceMs);
    if (fault) refuse(fault.kind, oid);
    if (fault?.kind === 'timeout') silences.note(oid);
    else silences.heard(oid);
    return fault !== undefined;
  }

  const all = [...new Set(oids)];
  for (const oid of all) if (silences.isQuiet(oid)) refuse('timeout', oid);
  const chunks = [all.filter((oid) => !silences.isQuiet(oid))];
  for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
    const most = manners.isAwake ? manners.get.size : 1;
    if (chunk.length > most) chunks.push(chunk.slice(most));
    const asked = chunk.slice(0, most);
    const [first] = asked;
    if (first === undefined) continue;
    if (asked.length === 1) {
      await isRefused(first);
      continue;
    }
    const fault = await attempt(asked);
    if (fault?.kind === 'timeout') {
      let refused = 0;
      for (const oid of asked) if (await isRefused(oid, patienceWith(manners))) refused++;
      if (refused === 0) manners.get = shrunk(manners.get, asked.length);
    } else if (fault) {
      if (fault.kind !== 'no-such-name') manners.get = shrunk(manners.get, asked.length);
      const middle = Math.ceil(asked.length / 2);
      chunks.push(asked.slice(middle), asked.slice(0, middle));
    }
  }
  if (values.size === 0 && refusal) throw refusal;
  return values;
}

/** A smaller request may do. */
const MENDABLE: ReadonlySet<SnmpFault['kind']> = new Set(['no-such-name', 'too-big', 'device-error']);

function keep(asked: readonly string[], answers: readonly Answer[], values: Map<string, SnmpValue>, device: string) {
  const other = asked.find((oid, at) => answers[at]?.oid !== oid);
  if (other !== undefined) throw new SnmpFault('wrong-answer', device, { oid: other });
  for (const { oid, value } of answers) if (value) values.set(oid, value);
}
