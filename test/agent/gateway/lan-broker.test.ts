import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { startLanBroker } from '../../../agent/gateway/lan-broker.ts';

test('what cannot be taken ends one connection, unacknowledged, and no other', async () => {
  const lines: string[] = [];
  const broker = await startLanBroker({
    host: '127.0.0.1',
    port: 0,
    chain: 'c',
    store: 's',
    log: (_, message) => lines.push(message),
    admits: () => true,
    joined: () => {},
    left: () => {},
    said(device) {
      if (device === 'till-1') throw new RangeError('too long');
      return true;
    },
  });
  const connect = (name: string) =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { clientId: `vigie:c/s/${name}`, reconnectPeriod: 0 });
  const [bad, good] = await Promise.all([connect('till-1'), connect('till-2')]);
  const closed = new Promise<void>((resolve) => bad.once('close', resolve));
  bad.publish('vigie/v1/c/s/till-1/report', '{}', { qos: 1 });
  await closed;
  await good.publishAsync('vigie/v1/c/s/till-2/report', '{}', { qos: 1 });
  expect(lines).toContain('what a device of the store says cannot be taken');
  bad.end(true);
  good.end(true);
  await broker.close();
});
