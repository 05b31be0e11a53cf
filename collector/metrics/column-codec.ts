import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { joinPlanes, newWords, planesUsed, splitPlanes, type Words } from './byte-planes.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { fromDecimals, toDecimals, unzigzag, zigzag } from './decimal-column.ts';

const CONSTANT = 0;
const DECIMAL = 1;
const BITS = 2;
/** Added to the kind when the planes are deflated. */
const DEFLATED = 16;

const DEFLATE = { level: 6, memLevel: 8, strategy: constants.Z_DEFAULT_STRATEGY };

/** Finite numbers, at least one, to bytes and back bit by bit. `packed`: smaller, for some more time. */
export function encodeColumn(values: Float64Array, packed: boolean): Uint8Array {
  const writer = new ByteWriter();
  const [first] = values;
  if (values.every((value) => value === first)) {
    writer.byte(CONSTANT);
    writer.float(first as number);
    return writer.done();
  }
  const decimals = toDecimals(values);
  const words = decimals?.rest ?? toBits(values);
  const mask = planesUsed(words);
  const planes = splitPlanes(words, mask);
  const deflated = packed && planes.byteLength > 0 ? deflateRawSync(planes, DEFLATE) : planes;
  const smaller = deflated.byteLength < planes.byteLength;
  writer.byte((decimals ? DECIMAL : BITS) + (smaller ? DEFLATED : 0));
  if (decimals) {
    writer.byte(decimals.places);
    writer.byte(decimals.order);
    for (const value of decimals.first) writer.varint(zigzag(value));
  }
  writer.byte(mask);
  writer.bytes(smaller ? deflated : planes);
  return writer.done();
}

/** Throws when the bytes are not a column of `rows` values. */
export function decodeColumn(bytes: Uint8Array, rows: number): Float64Array {
  const reader = new ByteReader(bytes);
  const head = reader.byte();
  const kind = head % DEFLATED;
  if (kind === CONSTANT) return new Float64Array(rows).fill(reader.float());
  if (kind !== DECIMAL && kind !== BITS) throw new RangeError('a column is of an unknown kind');
  const places = kind === DECIMAL ? reader.byte() : 0;
  const order = kind === DECIMAL ? reader.byte() : 0;
  const first = Array.from({ length: order }, () => unzigzag(reader.varint()));
  const mask = reader.byte();
  const planes = head >= DEFLATED ? inflateRawSync(reader.rest()) : reader.rest();
  const rest = joinPlanes(planes, mask, rows - order);
  return kind === DECIMAL ? fromDecimals({ places, order, first, rest }) : fromBits(rest);
}

/** Each value's 64 bits, exclusive-or the bits of the one before. */
function toBits(values: Float64Array): Words {
  const words = newWords(values.length);
  const halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i++) {
    words.low[i] = (halves[i * 2] as number) ^ (i === 0 ? 0 : (halves[i * 2 - 2] as number));
    words.high[i] = (halves[i * 2 + 1] as number) ^ (i === 0 ? 0 : (halves[i * 2 - 1] as number));
  }
  return words;
}

function fromBits({ low, high }: Words): Float64Array {
  const values = new Float64Array(low.length);
  const halves = new Uint32Array(values.buffer);
  let lowBefore = 0;
  let highBefore = 0;
  for (let i = 0; i < low.length; i++) {
    lowBefore ^= low[i] as number;
    highBefore ^= high[i] as number;
    halves[i * 2] = lowBefore;
    halves[i * 2 + 1] = highBefore;
  }
  return values;
}
