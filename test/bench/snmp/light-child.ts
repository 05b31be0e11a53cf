import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { lightDevice } from '../../agent/snmp/simulated/light-device.ts';
import { simulatedPrinter } from '../../agent/snmp/simulated/printer.ts';
import { simulatedAccessPoint, simulatedHost } from '../../agent/snmp/simulated/small.ts';
import { simulatedSwitch } from '../../agent/snmp/simulated/switch.ts';
import { simulatedUps } from '../../agent/snmp/simulated/ups.ts';
import type { KIND_COUNTS } from './many.ts';

/** The devices of a large site, each on a loopback port of its own; says which, as JSON, and answers until it is ended. */
const make: Record<keyof typeof KIND_COUNTS, (name: string) => ReturnType<typeof simulatedUps>> = {
  switch48: (name) => simulatedSwitch(name, 48),
  switch24: (name) => simulatedSwitch(name, 24),
  ap: simulatedAccessPoint,
  printer: simulatedPrinter,
  ups: simulatedUps,
  box: simulatedHost,
};

const ports: Record<string, number> = {};
const counts = JSON.parse(process.argv[2] as string) as typeof KIND_COUNTS;
for (const [kind, count] of Object.entries(counts) as [keyof typeof KIND_COUNTS, number][]) {
  for (let number = 1; number <= count; number++) {
    const name = `${kind}-${number}`;
    const answer = lightDevice(make[kind](name));
    const from = performance.now();
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.on('message', (question, asker) => {
      const told = answer(question, (performance.now() - from) / 1000);
      if (told) socket.send(told, asker.port, asker.address);
    });
    ports[name] = socket.address().port;
  }
}
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.resume().once('end', () => process.exit());
