import { element, integer, oid, TAG } from '../../../../agent/snmp/traps/ber.ts';
import { PDU, type Pdu } from '../../../../agent/snmp/traps/message.ts';

type Value = number | string | { oid: string } | { ip: string };

const TRAP_OID = '1.3.6.1.6.3.1.1.4.1.0';
export const TRAP_ADDRESS = '1.3.6.1.6.3.18.1.3.0';

function encode(value: Value): Buffer {
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return element(TAG.octets, Buffer.from(value));
  return 'oid' in value ? oid(value.oid) : element(TAG.ip, Buffer.from(value.ip.split('.').map(Number)));
}

const variables = (values: Readonly<Record<string, Value>>): Buffer =>
  element(TAG.sequence, ...Object.entries(values).map(([at, value]) => element(TAG.sequence, oid(at), encode(value))));

export function notification(name: string, values: Readonly<Record<string, Value>> = {}, id?: number): Pdu {
  const told = variables({ '1.3.6.1.2.1.1.3.0': 4711, [TRAP_OID]: { oid: name }, ...values });
  const body = Buffer.concat([integer(id ?? 1), integer(0), integer(0), told]);
  return { tag: id === undefined ? PDU.trapV2 : PDU.inform, body };
}

export function notificationV1(
  enterprise: string,
  [generic, specific]: readonly [number, number],
  values: Readonly<Record<string, Value>> = {},
  address = '0.0.0.0',
): Pdu {
  const body = Buffer.concat([
    oid(enterprise),
    encode({ ip: address }),
    integer(generic),
    integer(specific),
    element(TAG.ticks, Buffer.from([1])),
    variables(values),
  ]);
  return { tag: PDU.trapV1, body };
}

export const datagram = (community: string, { tag, body }: Pdu, version = tag === PDU.trapV1 ? 0 : 1): Buffer =>
  element(TAG.sequence, integer(version), element(TAG.octets, Buffer.from(community)), element(tag, body));
