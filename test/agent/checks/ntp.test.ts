import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/ntp.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const EPOCH_S = 2_208_988_800;

/** A server whose clock says `serverMs` at the middle of the exchange, and whose packet may be spoilt. */
const serving =
  (serverMs: number, spoil: (packet: Buffer) => void = () => {}) =>
  async (_server: string, _port: number, question: Uint8Array) => {
    const packet = Buffer.alloc(48);
    packet[0] = (4 << 3) | 4;
    packet[1] = 2;
    Buffer.from(question).copy(packet, 24, 40, 48);
    for (const at of [32, 40]) {
      packet.writeUInt32BE((Math.floor(serverMs / 1000) + EPOCH_S) % 2 ** 32, at);
      packet.writeUInt32BE(Math.round(((serverMs % 1000) / 1000) * 2 ** 32), at + 4);
    }
    spoil(packet);
    return packet;
  };

/** Each look at the clock finds it `ms` further: an exchange takes that long. */
const ticking = (ms: number) => {
  let now = 0;
  return () => {
    now += ms;
    return now;
  };
};
const ask = (exchangeDatagram: ReturnType<typeof serving>, now = NOW) =>
  plugin.create({ server: 'gw', samples: 1 })(
    createFakeContext({ exchangeDatagram, now: () => now, monotonicMs: ticking(20) }),
  );

test('offset, delay and stratum', async () => {
  const { points, statuses } = await ask(serving(NOW + 510));
  expect(points).toMatchObject([{ m: 'ntp', t: { server: 'gw' }, f: { delay: 20, stratum: 2 } }]);
  expect(points[0]?.f.offset).toBeCloseTo(500, 3);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('a clock that is ahead has a negative offset, and an absolute one', async () => {
  const { points } = await ask(serving(NOW - 2990));
  expect(points[0]?.f.offset).toBeCloseTo(-3000, 3);
  expect(points[0]?.f.offset_abs).toBeCloseTo(3000, 3);
});

test('past 2036, where its seconds begin again', async () => {
  const later = Date.UTC(2040, 0, 1);
  const { points } = await ask(serving(later + 10), later);
  expect(points[0]?.f.offset).toBeCloseTo(0, 3);
});

test('the fastest of several answers counts', async () => {
  const offsets = [NOW + 5000, NOW + 105];
  const exchangeDatagram = async (server: string, port: number, question: Uint8Array) =>
    serving(offsets.shift() ?? 0)(server, port, question);
  const clock = [0, 900, 1000, 1010];
  const ctx = createFakeContext({ exchangeDatagram, now: () => NOW, monotonicMs: () => clock.shift() ?? 0 });
  const { points } = await plugin.create({ server: 'gw', samples: 2 })(ctx);
  expect(points[0]?.f.delay).toBe(10);
  expect(points[0]?.f.offset).toBeCloseTo(100, 3);
});

test.each([
  [
    'is not synchronised',
    (packet: Buffer) => packet.writeUInt8((3 << 6) | (4 << 3) | 4, 0),
    'The time server gw is not synchronised itself.',
  ],
  [
    'has no stratum it could have',
    (packet: Buffer) => packet.writeUInt8(16, 1),
    'The time server gw is not synchronised itself.',
  ],
  ['has no stratum yet', (packet: Buffer) => packet.writeUInt8(0, 1), 'The time server gw is not synchronised itself.'],
  [
    'refuses',
    (packet: Buffer) => {
      packet[1] = 0;
      packet.write('RATE', 12, 'latin1');
    },
    'The time server gw refuses to answer (RATE).',
  ],
  [
    'answers another’s question',
    (packet: Buffer) => packet.fill(0, 24, 32),
    'gw does not answer as a time server does.',
  ],
])('a server that %s gives no offset and a warning', async (_, spoil, text) => {
  const { points, statuses } = await ask(serving(NOW, spoil));
  expect(points).toEqual([]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'warning', text }]);
});

test('half a packet, and none', async () => {
  const half = await ask(async () => Buffer.alloc(20));
  expect(half.statuses[0]?.text).toBe('gw does not answer as a time server does.');
  const none = await ask(async () => {
    throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  });
  expect(none.statuses[0]?.text).toBe('The time server gw does not answer (ECONNREFUSED).');
});
