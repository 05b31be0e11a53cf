import type { SnmpValue } from '../value.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './connection.ts';
import { SnmpFault } from './fault.ts';
import { type Manners, makeSure } from './manners.ts';
import { grown, shrunk } from './request-size.ts';

/**
 * The values of these OIDs; what the device does not have is left out. Where one OID fails a whole request, as version 1
 * has it, the request is halved until that OID is found: at most two requests for each OID. Rejects with an `SnmpFault`
 * when the device does not answer, answers something else, or refuses every one of them.
 */
export async function getValues(
  ask: Ask,
  manners: Manners,
  oids: readonly string[],
  device: string,
  signal?: AbortSignal,
): Promise<Map<string, SnmpValue>> {
  const values = new Map<string, SnmpValue>();
  const chunks: string[][] = [[...new Set(oids)]];
  let refusal: SnmpFault | undefined;
  for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
    const most = manners.isAwake ? manners.get.size : 1;
    if (chunk.length > most) chunks.push(chunk.slice(most));
    const asked = chunk.slice(0, most);
    if (asked.length === 0) continue;
    try {
      const answers = (await ask({ kind: 'get', oids: asked }, signal)).flat();
      manners.isAwake = true;
      manners.get = grown(manners.get, asked.length);
      keep(asked, answers, values, device);
    } catch (error) {
      if (!(error instanceof SnmpFault)) throw error;
      if (error.kind === 'timeout') await makeSure(ask, manners, error, signal);
      else if (!MENDABLE.has(error.kind)) throw error;
      manners.isAwake = true;
      if (asked.length === 1) {
        if (error.kind !== 'no-such-name') refusal = new SnmpFault(error.kind, device, { oid: asked[0] as string });
        continue;
      }
      if (error.kind !== 'no-such-name') manners.get = shrunk(manners.get, asked.length);
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
