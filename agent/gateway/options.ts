import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { listFaults } from '../config-faults.ts';
import { faultsInFiles } from '../server-files.ts';

const Port = (description: string, standard: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, default: standard, description }));
const Host = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 253, default: '0.0.0.0', description }));
const File = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 4096, description }));

const GatewayFile = Type.Object(
  {
    host: Host('Address it listens on in the store; every one when left out.'),
    port: Port('Port of it.', 8883),
    certFile: File('File of its certificate (PEM); <dataDir>/identity/agent.crt when left out.'),
    keyFile: File('File of the key to it (PEM); <dataDir>/identity/agent.key when left out.'),
    caFile: File(
      'File of the authority that signed the devices’ certificates (PEM); <dataDir>/identity/ca.pem when left out.',
    ),
    maxDevices: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 64, description: 'Devices it carries, at most.' }),
    ),
    maxBytes: Type.Optional(
      Type.Integer({
        minimum: 67_108_864,
        maximum: 1_099_511_627_776,
        default: 4_294_967_296,
        description: 'Bytes that the reports of all of them may take on disk; each device has an equal part of it.',
      }),
    ),
    relay: Type.Optional(
      Type.Object(
        {
          to: Type.String({
            pattern: '^([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}$',
            maxLength: 300,
            description: 'The server’s HTTPS door, host:port: the one place it passes connections on to.',
          }),
          host: Host('Address it listens on in the store; every one when left out.'),
          port: Port('Port of it.', 8443),
        },
        {
          additionalProperties: false,
          description: 'Passes HTTPS on, unopened, for devices that have no way out: enrolment, renewal, new versions.',
        },
      ),
    ),
  },
  { additionalProperties: false, description: 'Carries the other devices of the store.' },
);
type GatewayFile = Static<typeof GatewayFile>;

export interface GatewayOptions {
  host: string;
  port: number;
  /** Absent: in the clear, on this machine only. */
  tls?: { certFile: string; keyFile: string; caFile: string };
  maxDevices: number;
  maxBytes: number;
  relay?: { host: string; port: number; to: { host: string; port: number } };
}

/** Checks what stands under `gateway`, and says what is wrong with it; `loaded` only when nothing is. */
export function loadGateway(value: unknown, dataDir: string): { faults: string[]; loaded?: GatewayOptions } {
  const faults = listFaults(GatewayFile, value, 'gateway');
  if (faults.length > 0) return { faults };
  const written = value as GatewayFile;
  const host = written.host ?? '0.0.0.0';
  const files = {
    certFile: written.certFile ?? join(dataDir, 'identity', 'agent.crt'),
    keyFile: written.keyFile ?? join(dataDir, 'identity', 'agent.key'),
    caFile: written.caFile ?? join(dataDir, 'identity', 'ca.pem'),
  };
  const isPlain = isLoopback(host) && written.certFile === undefined && !existsSync(files.certFile);
  if (!isPlain) faults.push(...faultsInFiles(files).map((fault) => `gateway.${fault}`));
  const to = written.relay && parseTarget(written.relay.to);
  if (to && (to.port < 1 || to.port > 65_535)) faults.push('gateway.relay.to: the port must be from 1 to 65535');
  if (faults.length > 0) return { faults };
  return {
    faults,
    loaded: {
      host,
      port: written.port ?? 8883,
      ...(!isPlain && { tls: files }),
      maxDevices: written.maxDevices ?? 64,
      maxBytes: written.maxBytes ?? 4_294_967_296,
      ...(to && { relay: { host: written.relay?.host ?? '0.0.0.0', port: written.relay?.port ?? 8443, to } }),
    },
  };
}

function parseTarget(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
