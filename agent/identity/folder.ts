import { X509Certificate } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { DeviceKind } from '../../protocol/inventory.ts';
import { NAME_PATTERN, Name } from '../../protocol/names.ts';
import { readMessage } from '../read-message.ts';

/** What `identity.json` holds: who the device is, and where its server is. */
const Identity = Type.Object({
  v: Type.Literal(1),
  chain: Name,
  store: Name,
  device: Name,
  kind: DeviceKind,
  mqtt: Type.String({ pattern: '^mqtts://', maxLength: 300 }),
  https: Type.String({ pattern: '^https://', maxLength: 300 }),
  /** The gateway that must answer at `mqtt`. */
  through: Type.Optional(Type.String({ pattern: NAME_PATTERN })),
});
export type Identity = Static<typeof Identity>;

/** The files of an identity, in a folder that its agent's account alone may read. */
export function filesOf(dataDir: string) {
  const folder = join(dataDir, 'identity');
  return {
    folder,
    identity: join(folder, 'identity.json'),
    key: join(folder, 'agent.key'),
    certificate: join(folder, 'agent.crt'),
    authority: join(folder, 'ca.pem'),
    signing: join(folder, 'signing.pub'),
  };
}
export type IdentityFiles = ReturnType<typeof filesOf>;

/** A key and its certificate change together: both stand ready beside the old ones before either takes its place. */
const ready = (file: string) => `${file}.new`;

/** Whose identity this folder holds; undefined when it holds none. @throws when it cannot be read, or is not one. */
export function readIdentity(dataDir: string): Identity | undefined {
  const files = filesOf(dataDir);
  if (!existsSync(files.identity)) return undefined;
  settlePair(files);
  const identity = readMessage(Identity, readFileSync(files.identity));
  if (!identity) throw new Error(`${files.identity} is not an identity; enrol the device again`);
  return identity;
}

/** What an identity says in the place of a configuration: keys that are written go before it. */
export function configFromIdentity(dataDir: string) {
  const identity = readIdentity(dataDir);
  if (!identity) return undefined;
  const { chain, store, device, mqtt: server, through } = identity;
  const { authority: caFile, certificate: certFile, key: keyFile } = filesOf(dataDir);
  return { chain, store, device, server, ...(through !== undefined && { through }), caFile, certFile, keyFile };
}

/** The key a device asks with: the one it asked with before, when the answer did not arrive. */
export function keepKey(files: IdentityFiles, make: () => string): string {
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const file = ready(files.key);
  if (!existsSync(file)) writeSafely(file, make());
  return readFileSync(file, 'utf8');
}

/** Takes the certificate of the key that was kept. It holds from the next connection on. */
export function keepCertificate(files: IdentityFiles, pem: string): void {
  writeSafely(ready(files.certificate), pem);
  settlePair(files);
}

/** On disk when it returns, whole or as before. */
export function writeSafely(file: string, text: string): void {
  const beside = `${file}.tmp`;
  rmSync(beside, { force: true });
  const handle = openSync(beside, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}

/** Ends a change that a power cut broke off: once its certificate stands ready, the pair is as good as in place. */
function settlePair(files: IdentityFiles): void {
  if (!existsSync(ready(files.certificate))) return;
  if (existsSync(ready(files.key))) renameSync(ready(files.key), files.key);
  renameSync(ready(files.certificate), files.certificate);
}

/** From when to when the certificate is good, milliseconds since 1970, and its serial number. */
export function validityOf({ certificate }: IdentityFiles): { serial: string; from: number; to: number } {
  const { serialNumber, validFrom, validTo } = new X509Certificate(readFileSync(certificate));
  return { serial: serialNumber.toLowerCase(), from: Date.parse(validFrom), to: Date.parse(validTo) };
}
