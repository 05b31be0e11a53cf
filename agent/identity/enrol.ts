import { createHash, X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EnrolAnswer, type NotAdmitted, parseToken, proofText } from '../../protocol/enrolment.ts';
import { ask, readTold } from './ask.ts';
import { filesOf, type Identity, keepCertificate, writeSafely } from './folder.ts';
import { askingKey } from './key.ts';

export interface EnrolOptions {
  /** `https://host:port` of the agents' door. */
  server: string;
  token: string;
  device: string;
  dataDir: string;
  facts: Record<string, string>;
  locale: 'fr' | 'en';
  /** How long to wait for a person who must admit this machine. */
  waitMs: number;
  /** Between two questions meanwhile; five seconds by default. */
  againMs?: number;
  onWaiting: (refusal: NotAdmitted) => void;
  stop: AbortSignal;
}

/** Why a device was not enrolled. `cause`: what the server, the network or the disk said. */
export class EnrolError extends Error {
  readonly kind: 'token' | 'unreachable' | 'stranger' | 'name' | 'refused';
  constructor(kind: EnrolError['kind'], message: string) {
    super(message);
    this.name = 'EnrolError';
    this.kind = kind;
  }
}

const ASK_AGAIN_MS = 5_000;

/**
 * Makes a key here, which never leaves the device, and has it certified for a token. The server is proven before the token
 * leaves: the authority it names must be the one whose fingerprint the token carries.
 * @throws EnrolError
 */
export async function enrol(options: EnrolOptions): Promise<Identity> {
  const { server, token, device, dataDir, stop } = options;
  const parsed = parseToken(token);
  if (!parsed) throw new EnrolError('token', 'not an enrolment token');
  const ca = await findAuthority(server, parsed.fingerprint);
  const files = filesOf(dataDir);
  const key = askingKey(files);
  const hash = createHash('sha256').update(token).digest('hex');
  const asked = key.asked((publicKey) => proofText('enrol', hash, publicKey));
  const body = { token, device, ...asked, facts: bounded(options.facts) };

  const until = Date.now() + options.waitMs;
  for (let isTold = false; ; isTold = true) {
    const told = await ask({ server, path: '/v1/enroll', ca, body, locale: options.locale }).catch((error: Error) => {
      throw unreachable(error);
    });
    const { answer, refusal } = readTold(EnrolAnswer, told) as { answer?: EnrolAnswer; refusal?: NotAdmitted };
    if (answer) {
      // It is to report to the host it called just now: to a server that has another name it could not.
      if (answer.through === undefined) {
        await ask({ server, path: '/v1/ca', ca, isByName: true }).catch((error: Error) => {
          throw unreachable(error);
        });
      }
      return keep(answer);
    }
    if (!refusal?.waits || Date.now() >= until) throw new EnrolError('refused', refusal?.message ?? '');
    if (!isTold) options.onWaiting(refusal);
    await pause(options.againMs ?? ASK_AGAIN_MS, undefined, { signal: stop }).catch(() => {
      throw new EnrolError('refused', refusal.message);
    });
  }

  function keep({ certificate, authority, signing, ...who }: EnrolAnswer): Identity {
    if (!key.fits(certificate, ca)) {
      throw new EnrolError('stranger', 'the certificate is not for this device’s key');
    }
    const identity: Identity = { v: 1, ...who, https: server };
    writeSafely(files.authority, authority);
    writeSafely(files.signing, signing);
    keepCertificate(files, certificate);
    // Last: with it the folder holds an identity.
    writeSafely(files.identity, `${JSON.stringify(identity, undefined, 2)}\n`);
    return identity;
  }
}

/** What the server says its authority is, if the token says so too. Nothing of ours is told meanwhile. */
async function findAuthority(server: string, fingerprint: string): Promise<string> {
  const { status, body } = await ask({ server, path: '/v1/ca', ca: undefined }).catch((error: Error) => {
    throw unreachable(error);
  });
  if (status !== 200) throw new EnrolError('unreachable', `HTTP ${status}`);
  const pem = body.toString();
  let found: string | undefined;
  try {
    const key = new X509Certificate(pem).publicKey.export({ format: 'der', type: 'spki' });
    found = createHash('sha256').update(key).digest('base64url');
  } catch {
    // Whatever answers there, it is not Vigie.
  }
  if (found !== fingerprint) throw new EnrolError('stranger', 'its authority is not the one the token names');
  return pem;
}

function unreachable(error: NodeJS.ErrnoException): EnrolError {
  const { code, message } = error;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return new EnrolError('name', message);
  // Who answered `/v1/ca` with the right authority, yet shows another's certificate.
  if (code !== undefined && /CERT|SIGNED|ISSUER/.test(code)) return new EnrolError('stranger', message);
  return new EnrolError('unreachable', message);
}

/** As much of the facts as a request may carry. */
const bounded = (facts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(facts)
      .slice(0, 32)
      .map(([name, value]) => [name.slice(0, 32), value.slice(0, 256)]),
  );
