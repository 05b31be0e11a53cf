import { compareOids } from '../../../../agent/snmp/client/oid.ts';
import { element, integer, oid, readBer, TAG } from '../../../../agent/snmp/traps/ber.ts';
import type { SimulatedDevice, SimulatedValue } from './device.ts';

const [GET, NEXT, RESPONSE, BULK] = [0xa0, 0xa1, 0xa2, 0xa5];
const [NO_SUCH_OBJECT, END_OF_VIEW] = [Buffer.from([0x80, 0]), Buffer.from([0x82, 0])];
const TAGS = { counter32: 0x41, gauge: 0x42, timeticks: 0x43, counter64: 0x46 } as const;
const VERSION_2C = 1;
const WRAP = { counter32: 2 ** 32, timeticks: 2 ** 32 } as const;

/** Answers a datagram `seconds` after its start; undefined where it is no question of version 2c. */
export type Responder = (question: Buffer, seconds: number) => Buffer | undefined;

interface Place {
  oid: string;
  written: Buffer;
  /** What it says, in bytes, where it never moves. */
  fixed: Buffer | undefined;
  value: SimulatedValue;
}

/** A device that answers version 2c, whatever the community, at little cost: hundreds of them fit in one process. */
export function lightDevice(device: SimulatedDevice): Responder {
  const places = [...device]
    .sort(([a], [b]) => compareOids(a, b))
    .map(([at, value]): Place => {
      const moves = 'perSecond' in value && Boolean(value.perSecond);
      return { oid: at, written: oid(at), fixed: moves ? undefined : encode(value, 0), value };
    });
  const index = new Map(places.map(({ written }, at) => [keyOf(written), at]));
  /** Beginnings of columns, and ends of all there is: asked again and again. */
  const after = new Map<string, number>();

  function nextOf(written: Buffer): number {
    const key = keyOf(written);
    const there = index.get(key);
    if (there !== undefined) return there + 1;
    const known = after.get(key);
    if (known !== undefined) return known;
    const asked = readBer(written).oid();
    const found = places.findIndex((place) => compareOids(place.oid, asked) > 0);
    const at = found < 0 ? places.length : found;
    after.set(key, at);
    return at;
  }

  const told = ({ written, fixed, value }: Place, seconds: number) =>
    element(TAG.sequence, written, fixed ?? encode(value, seconds));

  function answer(kind: number, asked: readonly Buffer[], repetitions: number, seconds: number): Buffer[] {
    if (kind === GET) {
      return asked.map((written) => {
        const place = places[index.get(keyOf(written)) ?? -1];
        return place ? told(place, seconds) : element(TAG.sequence, written, NO_SUCH_OBJECT);
      });
    }
    const bindings: Buffer[] = [];
    const at = asked.map(nextOf);
    for (let round = 0; round < repetitions; round++) {
      for (const [column, from] of at.entries()) {
        const place = places[from + round];
        bindings.push(place ? told(place, seconds) : element(TAG.sequence, asked[column] as Buffer, END_OF_VIEW));
      }
    }
    return bindings;
  }

  return (question, seconds) => {
    const message = readBer(question).inside(TAG.sequence);
    const version = message.integer();
    const community = message.body(TAG.octets);
    const { tag: kind, body } = message.any();
    if (version !== VERSION_2C || ![GET, NEXT, BULK].includes(kind)) return undefined;
    const pdu = readBer(body);
    const id = pdu.body(TAG.integer);
    // Of a bulk question: how many OIDs are asked once, of which ours asks none, and how often the others.
    const [, repetitions] = [pdu.integer(), pdu.integer()];
    const asked: Buffer[] = [];
    for (const list = pdu.inside(TAG.sequence); list.tag !== undefined; ) {
      asked.push(element(TAG.oid, list.inside(TAG.sequence).body(TAG.oid)));
    }
    const bindings = answer(kind, asked, kind === BULK ? repetitions : 1, seconds);
    const none = integer(0);
    return element(
      TAG.sequence,
      integer(version),
      element(TAG.octets, community),
      element(RESPONSE, element(TAG.integer, id), none, none, element(TAG.sequence, ...bindings)),
    );
  };
}

const keyOf = (written: Buffer) => written.toString('latin1');

function encode(value: SimulatedValue, seconds: number): Buffer {
  if (value.type === 'octets') return element(TAG.octets, value.value);
  if (value.type === 'oid') return oid(value.value);
  const now = Math.floor(value.value + (value.perSecond ?? 0) * seconds);
  if (value.type === 'integer') return integer(now);
  const whole = value.type === 'gauge' || value.type === 'counter64' ? now : now % WRAP[value.type];
  return element(TAGS[value.type], unsigned(whole));
}

/** In as few octets as it needs, the first of them below 128. */
function unsigned(value: number): Buffer {
  const octets = [value % 256];
  for (let left = Math.floor(value / 256); left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Buffer.from((octets[0] as number) >= 128 ? [0, ...octets] : octets);
}
