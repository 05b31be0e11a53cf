import type { SnmpValue } from '../value.ts';
import { BadMessage, integerOf, ipOf, readBer, readValue, TAG } from './ber.ts';
import { PDU, type Pdu } from './message.ts';

export interface Variable {
  oid: string;
  /** Undefined: nothing is told. */
  value?: SnmpValue;
}

/** A notification of a device, the same of every version. */
export interface Trap {
  source: 'trap' | 'inform';
  /** snmpTrapOID; of version 1 as RFC 3584 translates it. */
  oid: string;
  /** Without those that name and date the trap itself. */
  variables: readonly Variable[];
  /** Who it is of, as it says itself: what passed a relay has another's source address. */
  address?: string;
  /** The request's id, which a repetition of an inform has again. */
  id?: number;
}

const SYS_UP_TIME = '1.3.6.1.2.1.1.3';
const SNMP_TRAPS = '1.3.6.1.6.3.1.1.5';
const TRAP_OID = '1.3.6.1.6.3.1.1.4.1';
const TRAP_ENTERPRISE = '1.3.6.1.6.3.1.1.4.3';
const TRAP_ADDRESS = '1.3.6.1.6.3.18.1.3';
/** A secret: it is shown nowhere. */
const TRAP_COMMUNITY = '1.3.6.1.6.3.18.1.4';
const OWN = [SYS_UP_TIME, TRAP_OID, TRAP_ENTERPRISE, TRAP_ADDRESS, TRAP_COMMUNITY];

const ENTERPRISE_SPECIFIC = 6;
const VARIABLES_MAX = 64;
/** Of the code of an event. */
const NAME_MAX = 256;
const NO_ADDRESS = '0.0.0.0';

/** @throws BadMessage where it is no notification. */
export function readTrap({ tag, body }: Pdu): Trap {
  if (tag === PDU.trapV1) return readV1(body);
  if (tag !== PDU.trapV2 && tag !== PDU.inform) throw new BadMessage('no notification');
  const pdu = readBer(body);
  const id = pdu.integer();
  pdu.integer();
  pdu.integer();
  const variables = readVariables(pdu.body(TAG.sequence));
  const named = find(variables, TRAP_OID)?.value;
  if (named?.type !== 'oid') throw new BadMessage('a notification without a name');
  return { source: tag === PDU.inform ? 'inform' : 'trap', oid: bounded(named.value), id, ...told(variables) };
}

/** RFC 3584, section 3.1. */
function readV1(body: Buffer): Trap {
  const pdu = readBer(body);
  const enterprise = pdu.oid();
  const address = ipOf(pdu.body(TAG.ip));
  const [generic, specific] = [pdu.integer(), pdu.integer()];
  integerOf(pdu.body(TAG.ticks));
  if (generic < 0 || generic > ENTERPRISE_SPECIFIC || specific < 0)
    throw new BadMessage('a notification without a name');
  const oid = generic === ENTERPRISE_SPECIFIC ? `${enterprise}.0.${specific}` : `${SNMP_TRAPS}.${generic + 1}`;
  const inside = told(readVariables(pdu.body(TAG.sequence)));
  return { source: 'trap', oid: bounded(oid), ...(address !== NO_ADDRESS && { address }), ...inside };
}

function bounded(name: string): string {
  if (name.length > NAME_MAX) throw new BadMessage('a notification with an endless name');
  return name;
}

function told(variables: readonly Variable[]): Pick<Trap, 'variables' | 'address'> {
  const address = find(variables, TRAP_ADDRESS)?.value;
  return {
    variables: variables.filter(({ oid }) => !OWN.some((own) => isOf(oid, own))),
    ...(address?.type === 'ip' && address.value !== NO_ADDRESS && { address: address.value }),
  };
}

function readVariables(body: Buffer): Variable[] {
  const list = readBer(body);
  const variables: Variable[] = [];
  while (list.tag !== undefined && variables.length < VARIABLES_MAX) {
    const variable = list.inside(TAG.sequence);
    const oid = variable.oid();
    const value = readValue(variable.any());
    variables.push({ oid, ...(value && { value }) });
  }
  return variables;
}

const find = (variables: readonly Variable[], oid: string) => variables.find((variable) => isOf(variable.oid, oid));

/** True of the object itself and its instances. */
export const isOf = (oid: string, object: string): boolean => oid === object || oid.startsWith(`${object}.`);
