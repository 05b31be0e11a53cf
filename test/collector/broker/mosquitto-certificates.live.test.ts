import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Authority, newServerKey, openAuthority } from '../../../collector/admission/authority.ts';
import { toPem } from '../../../collector/admission/x509.ts';
import { deployedRules } from '../../support/deployed-mosquitto.ts';
import { freePort } from '../../support/free-port.ts';
import { type Mosquitto, startMosquitto } from '../../support/mosquitto.ts';

const SNIPPET = new URL('../../../deploy/mosquitto/agents-by-certificate.conf', import.meta.url);
const keep = async (certificate: string) => certificate;

let authority: Authority;
let mosquitto: Mosquitto;
let agentsPort: number;
const clients: MqttClient[] = [];

beforeEach(async () => {
  authority = await openAuthority(randomBytes(32), keep, Date.now());
  agentsPort = await freePort();
  mosquitto = await startMosquitto((folder, port) => {
    const { publicKey, pem } = newServerKey();
    const server = authority.issueServer({ publicKey, names: ['127.0.0.1'], now: Date.now(), days: 9 });
    writeFileSync(join(folder, 'ca.pem'), authority.certificate);
    writeFileSync(join(folder, 'server.crt'), server.pem + authority.certificate);
    writeFileSync(join(folder, 'server.key'), pem);
    writeFileSync(join(folder, 'agents.acl'), deployedRules('agents.acl'));
    publish(folder, []);
    const agents = readFileSync(SNIPPET, 'utf8')
      .replaceAll('/etc/mosquitto/vigie/', `${folder}/`)
      .replace('listener 8883', `listener ${agentsPort} 127.0.0.1`);
    return `per_listener_settings true\n${agents}\nlistener ${port} 127.0.0.1\nallow_anonymous true\n`;
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  await mosquitto.remove();
});

function publish(folder: string, serials: string[]): void {
  const at = Date.now();
  const list = authority.revocationList(
    serials.map((serial) => ({ serial, at })),
    at,
  );
  writeFileSync(join(folder, 'crl.pem'), toPem('X509 CRL', list));
}

function issue(by: Authority, device: string) {
  const { publicKey, pem: key } = newServerKey();
  const { pem: cert, serial } = by.issueAgent({
    commonName: device,
    publicKey,
    now: Date.now(),
    days: 9,
    answers: false,
  });
  return { key, cert, serial };
}

/** A client at the agents' door; undefined when it is not let in. */
async function knock(tls: object, clientId: string): Promise<MqttClient | undefined> {
  const options = { ca: authority.certificate, clientId, protocolVersion: 4 as const, reconnectPeriod: 0 };
  const client = mqtt.connect(`mqtts://127.0.0.1:${agentsPort}`, { ...options, ...tls });
  clients.push(client);
  return new Promise((resolve) => {
    client.once('connect', () => resolve(client));
    client.once('error', () => resolve(undefined));
    client.once('close', () => resolve(undefined));
  });
}

test('the sample door lets enrolled agents in, each for itself, and nobody else', async () => {
  const collector = await mqtt.connectAsync(mosquitto.url, { protocolVersion: 4 });
  clients.push(collector);
  const heard: string[] = [];
  collector.on('message', (topic) => heard.push(topic));
  await collector.subscribeAsync('vigie/v1/+/+/+/report', { qos: 1 });
  const till = await knock(issue(authority, 'acme/s1/till-1'), 'vigie:acme/s1/till-1');
  await till?.publishAsync('vigie/v1/acme/s1/till-2/report', 'forged', { qos: 1 });
  const arrived = new Promise((resolve) => collector.once('message', resolve));
  await till?.publishAsync('vigie/v1/acme/s1/till-1/report', 'own', { qos: 1 });
  await arrived;
  expect(heard).toEqual(['vigie/v1/acme/s1/till-1/report']);
  expect(await knock({}, 'vigie:acme/s1/till-1')).toBeUndefined();
  const forgers = await openAuthority(randomBytes(32), keep, Date.now());
  expect(await knock(issue(forgers, 'acme/s1/till-1'), 'vigie:acme/s1/till-1')).toBeUndefined();
});

test('a revoked certificate does not come in once the list is read again', async () => {
  const [stolen, good] = [issue(authority, 'acme/s1/till-1'), issue(authority, 'acme/s1/till-2')];
  expect(await knock(stolen, 'vigie:acme/s1/till-1')).toBeDefined();
  publish(mosquitto.folder, [stolen.serial]);
  process.kill(mosquitto.pid as number, 'SIGHUP');
  // The signal is taken at the broker's next turn.
  for (let refused = false; !refused; ) refused = (await knock(stolen, 'vigie:acme/s1/till-1')) === undefined;
  expect(await knock(good, 'vigie:acme/s1/till-2')).toBeDefined();
});
