import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { afterEach, expect, test, vi } from 'vitest';
import { MqttRoad } from './mqtt-road.ts';

const V4 = { protocolVersion: 4 } as const;

afterEach(() => {
  vi.useRealTimers();
});

/** One connection over a road, with both ends in hand. */
function connection(road: MqttRoad, clientId = 'till') {
  const atServer: IPublishPacket[] = [];
  const atClient: number[] = [];
  const [server, client] = [parser(V4), parser(V4)];
  server.on('packet', (packet: Packet) => {
    if (packet.cmd === 'publish') atServer.push(packet);
  });
  client.on('packet', (packet: Packet) => {
    if (packet.cmd === 'puback') atClient.push(packet.messageId as number);
  });
  const stage = road.stage({
    toServer: (bytes) => void server.parse(Buffer.from(bytes)),
    toClient: (bytes) => void client.parse(Buffer.from(bytes)),
  });
  stage.fromClient(generate({ cmd: 'connect', clientId, protocolId: 'MQTT', protocolVersion: 4, clean: true }, V4));
  return {
    atServer,
    atClient,
    stage,
    bodies: () => atServer.map(({ payload }) => payload.toString()),
    send: (messageId: number, payload: string, topic = 'vigie/v1/c/s/d/report') =>
      stage.fromClient(generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false }, V4)),
    acknowledge: (i: number) =>
      stage.fromServer(generate({ cmd: 'puback', messageId: atServer[i]?.messageId as number }, V4)),
  };
}

test('left alone, reports pass and their acknowledgements find back', () => {
  const one = connection(new MqttRoad(() => 0));
  one.send(700, 'a');
  one.send(9, 'b');
  expect(one.bodies()).toEqual(['a', 'b']);
  one.acknowledge(1);
  one.acknowledge(0);
  expect(one.atClient).toEqual([9, 700]);
});

test('a report changes places with the next, or goes on by itself when none comes', () => {
  vi.useFakeTimers();
  const road = new MqttRoad(() => 0);
  const one = connection(road);
  road.mischief.swapOneIn = 1;
  one.send(1, 'a');
  expect(one.bodies()).toEqual([]);
  one.send(2, 'b');
  expect(one.bodies()).toEqual(['b', 'a']);
  expect(road.counts.swapped).toBe(1);
  one.send(3, 'c');
  vi.advanceTimersByTime(1_000);
  expect(one.bodies()).toEqual(['b', 'a', 'c']);
  one.acknowledge(1);
  expect(one.atClient).toEqual([1]);
});

test('a report delivered twice is acknowledged to its sender once, by its own acknowledgement', () => {
  const road = new MqttRoad(() => 0);
  const one = connection(road);
  road.mischief.twiceOneIn = 1;
  one.send(5, 'a');
  expect(one.atServer.map(({ payload, dup }) => [payload.toString(), dup])).toEqual([
    ['a', false],
    ['a', true],
  ]);
  one.acknowledge(1);
  expect(one.atClient).toEqual([]);
  one.acknowledge(0);
  expect(one.atClient).toEqual([5]);
});

test('a late report waits without an acknowledgement, and comes over the connection its sender then has', () => {
  vi.useFakeTimers();
  const road = new MqttRoad(() => 0);
  const first = connection(road);
  road.mischief.lateOneIn = 1;
  road.mischief.lateMs = 60_000;
  first.send(1, 'a');
  first.send(2, 'b');
  road.mischief.lateOneIn = 0;
  expect([first.bodies(), road.waiting]).toEqual([[], 2]);
  first.stage.closed();
  const second = connection(road);
  second.send(1, 'a');
  vi.advanceTimersByTime(60_000);
  expect(second.bodies()).toEqual(['a', 'a', 'b']);
  second.acknowledge(1);
  second.acknowledge(2);
  expect(second.atClient).toEqual([]);
  second.acknowledge(0);
  expect(second.atClient).toEqual([1]);
  expect(road.counts).toMatchObject({ late: 2, lateElsewhere: 2 });
  expect(road.waiting).toBe(0);
});

test('births and statuses are never maltreated', () => {
  const road = new MqttRoad(() => 0);
  const one = connection(road);
  road.mischief.twiceOneIn = 1;
  one.send(1, 'born', 'vigie/v1/c/s/d/birth');
  expect(one.bodies()).toEqual(['born']);
});
