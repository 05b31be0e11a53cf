import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { compareOids } from '../../../../agent/snmp/client/oid.ts';

/** What a fake device was asked, and all it needs to answer. */
export interface Asked {
  bytes: Buffer;
  version: number;
  community: Buffer;
  id: number;
  /** 0xa0 get, 0xa1 next, 0xa5 bulk. */
  pdu: number;
  repetitions: number;
  oids: string[];
}

export interface FakeDevice {
  port: number;
  asked: Asked[];
  close(): void;
}

export type Reply = (asked: Asked, to: { send(bytes: Buffer): void; from: RemoteInfo }) => void;

/** A UDP port of the loopback that answers as it is told to. */
export async function startFakeDevice(reply: Reply): Promise<FakeDevice> {
  const socket = createSocket('udp4');
  const asked: Asked[] = [];
  socket.on('message', (bytes, from) => {
    const request = readRequest(bytes);
    asked.push(request);
    reply(request, { send: (answer) => socket.send(answer, from.port, from.address), from });
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: (socket.address() as AddressInfo).port, asked, close: () => socket.close() };
}

export type Told = { oid: string; value: Buffer };

/** A device that answers as it should from these integers by OID; `change` spoils what it would say. */
export function mib(
  values: Record<string, number>,
  change: (asked: Asked, told: Told[]) => Told[] | { error: number; index: number } = (_, told) => told,
): Reply {
  const sorted = Object.keys(values).sort(compareOids);
  const next = (oid: string): Told => {
    const found = sorted.find((one) => compareOids(one, oid) > 0);
    return found === undefined ? { oid, value: END } : { oid: found, value: integer(values[found] as number) };
  };
  const answer = (asked: Asked): Told[] => {
    const { oids, pdu, repetitions } = asked;
    if (pdu === 0xa0) {
      return oids.map((oid) => ({ oid, value: values[oid] === undefined ? NONE : integer(values[oid]) }));
    }
    if (pdu === 0xa1) return oids.map(next);
    const told: Told[] = [];
    let at = oids;
    for (let row = 0; row < repetitions; row++) {
      const line = at.map(next);
      told.push(...line);
      at = line.map(({ oid }) => oid);
    }
    return told;
  };
  return (asked, { send }) => {
    const told = answer(asked);
    const gone = asked.version === 0 ? told.findIndex(({ value }) => value === NONE || value === END) : -1;
    if (gone >= 0) return send(response(asked, [], { error: 2, index: gone + 1 }));
    const said = change(asked, told);
    send(Array.isArray(said) ? response(asked, said) : response(asked, [], said));
  };
}

const NONE = Buffer.from([0x81, 0]);
export const END = Buffer.from([0x82, 0]);

/** An answer of any making; for an error without values the request's own come back, as the standard has it. */
export function response(
  { version, community, id, oids }: Pick<Asked, 'version' | 'community' | 'id' | 'oids'>,
  told: readonly Told[],
  { error = 0, index = 0, pdu = 0xa2 } = {},
): Buffer {
  const list = told.length === 0 && error !== 0 ? oids.map((oid) => ({ oid, value: NULL })) : told;
  const varbinds = list.map(({ oid, value }) => tlv(0x30, Buffer.concat([oidBytes(oid), value])));
  const body = [integer(id), integer(error), integer(index), tlv(0x30, Buffer.concat(varbinds))];
  return tlv(0x30, Buffer.concat([integer(version), tlv(0x04, community), tlv(pdu, Buffer.concat(body))]));
}

const NULL = Buffer.from([5, 0]);

export function tlv(tag: number, body: Buffer): Buffer {
  const { length } = body;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), body]);
}

export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return tlv(2, bytes);
}

function oidBytes(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const bytes = [first * 40 + second].concat(
    ...rest.map((number) => {
      const groups = [number & 127];
      for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
        groups.unshift((left & 127) | 128);
      return groups;
    }),
  );
  return tlv(6, Buffer.from(bytes));
}

function readRequest(bytes: Buffer): Asked {
  const [version, community, pdu] = parts(parts(bytes)[0]?.body as Buffer) as [Part, Part, Part];
  const [id, , repetitions, list] = parts(pdu.body) as [Part, Part, Part, Part];
  const oids = parts(list.body).map(({ body }) => readOid((parts(body)[0] as Part).body));
  return {
    bytes,
    version: numberIn(version),
    community: community.body,
    id: numberIn(id),
    pdu: pdu.tag,
    repetitions: numberIn(repetitions),
    oids,
  };
}

interface Part {
  tag: number;
  body: Buffer;
}
const numberIn = ({ body }: Part) => body.readIntBE(0, body.length);

function parts(bytes: Buffer): Part[] {
  const all: Part[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] as number;
    const more = first & 0x80 ? first & 0x7f : 0;
    const length = more ? bytes.readUIntBE(at + 2, more) : first;
    const start = at + 2 + more;
    all.push({ tag: bytes[at] as number, body: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return all;
}

function readOid(body: Buffer): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of body) {
    number = number * 128 + (byte & 127);
    if (byte & 128) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  return [Math.floor(first / 40), first % 40, ...rest].join('.');
}
