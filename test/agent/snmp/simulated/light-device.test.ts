import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import { openSnmpSession } from '../../../../agent/snmp/client/session.ts';
import { createTransport } from '../../../../agent/snmp/client/transport.ts';
import { numberOf } from '../../../../agent/snmp/value.ts';
import { lightDevice } from './light-device.ts';
import { portsOf, simulatedSwitch } from './switch.ts';

const UPTIME = '1.3.6.1.2.1.1.3.0';
const OCTETS = '1.3.6.1.2.1.31.1.1.1.6';
const SECONDS = 100_000;

test('a client of ours reads a simulated switch: scalars, what is not there, columns to their ends, counters that moved', async () => {
  const answer = lightDevice(simulatedSwitch('sw', 48));
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (question, from) => {
    const told = answer(question, SECONDS);
    if (told) socket.send(told, from.port, from.address);
  });
  const transport = createTransport();
  const target = {
    ...{ host: '127.0.0.1', port: socket.address().port, version: '2c' as const, timeoutMs: 2000, retries: 0 },
    credentials: () => ({ version: '2c' as const, community: 'any' }),
  };
  const session = openSnmpSession(target, { transport, clock: systemClock });
  try {
    const scalars = await session.get([UPTIME, '1.3.6.1.2.1.99.9.0']);
    expect([...scalars]).toEqual([[UPTIME, { type: 'timeticks', value: SECONDS * 100 }]]);
    const bounds = { rowsPerColumn: 1000, values: 10_000, durationMs: 10_000 };
    const { values, faults } = await session.walk([OCTETS, '1.3.6.1.2.1.99.1.1.1.4', '1.3.6.1.9'], bounds);
    expect(faults).toEqual([]);
    expect(values.size).toBe(48 + 5);
    for (const [at, port] of portsOf(48).entries()) {
      const told = values.get(`${OCTETS}.${at + 1}`);
      expect(told && numberOf(told)).toBe(port.in * SECONDS);
    }
  } finally {
    session.close();
    transport.close();
    socket.close();
  }
});
