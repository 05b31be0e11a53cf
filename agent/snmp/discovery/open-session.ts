import type { Clock } from '../../clock.ts';
import { openSnmpSession, type SnmpSession } from '../client/session.ts';
import type { SnmpTransport } from '../client/transport.ts';
import { readSecrets, type SnmpCredentials } from '../credentials.ts';
import type { SweepTarget } from './sweep.ts';

/** Opens what a sweep asks, with credentials by their names. */
export function opener(io: {
  credentials: SnmpCredentials;
  env: Readonly<Record<string, string | undefined>>;
  transport: SnmpTransport;
  clock: Clock;
}): (target: SweepTarget) => SnmpSession {
  return ({ address, port, credential: name, timeoutMs, retries }) => {
    const credential = io.credentials[name];
    // The configuration was checked: only credentials that there are stand in it.
    if (!credential) throw new Error(`no credential is called ${name}`);
    const { version } = credential;
    const credentials = () => readSecrets(name, credential, io.env);
    return openSnmpSession({ host: address, port, version, credentials, timeoutMs, retries }, io);
  };
}
