import { type Static, Type } from 'typebox';
import { listFaults } from '../config-faults.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { readPassword, warnOfReaders } from '../server-files.ts';

const File = (what: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 4096, description: `File that holds ${what}, on one line.` }));
const Env = (what: string) =>
  Type.Optional(
    Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$', description: `Environment variable that holds ${what}.` }),
  );

export const CommunityCredential = Type.Object(
  {
    version: Type.Union([Type.Literal(1), Type.Literal('2c')]),
    communityFile: File('the community'),
    communityEnv: Env('the community'),
  },
  { additionalProperties: false },
);

const password = { passwordFile: File('the password'), passwordEnv: Env('the password') };

export const UserCredential = Type.Object(
  {
    version: Type.Literal(3),
    user: Type.String({ minLength: 1, maxLength: 32, description: 'Name of the user on the device.' }),
    auth: Type.Optional(
      Type.Object(
        {
          protocol: Type.Union(
            [
              Type.Literal('md5'),
              Type.Literal('sha1'),
              Type.Literal('sha224'),
              Type.Literal('sha256'),
              Type.Literal('sha384'),
              Type.Literal('sha512'),
            ],
            { description: 'How messages are signed.' },
          ),
          ...password,
        },
        { additionalProperties: false },
      ),
    ),
    priv: Type.Optional(
      Type.Object(
        {
          protocol: Type.Union(
            [Type.Literal('des'), Type.Literal('aes128'), Type.Literal('aes256'), Type.Literal('aes256-cisco')],
            { description: 'How messages are encrypted; aes256-cisco makes its key as Cisco does (Reeder).' },
          ),
          ...password,
        },
        { additionalProperties: false },
      ),
    ),
    contextName: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  },
  { additionalProperties: false },
);

/** How devices are asked, by reference: where a secret stands, never the secret. */
export type SnmpCredential = Static<typeof CommunityCredential> | Static<typeof UserCredential>;
export type SnmpCredentials = Readonly<Record<string, SnmpCredential>>;
type UserCredential = Static<typeof UserCredential>;
type AuthProtocol = NonNullable<UserCredential['auth']>['protocol'];
type PrivProtocol = NonNullable<UserCredential['priv']>['protocol'];

/** What is needed for one session; kept no longer. */
export type Secrets =
  | { version: 1 | '2c'; community: string }
  | {
      version: 3;
      user: string;
      auth?: { protocol: AuthProtocol; password: string };
      priv?: { protocol: PrivProtocol; password: string };
      contextName?: string;
    };

const NAME = /^[a-z][A-Za-z0-9-]{0,63}$/;

/** Checks named credentials as they are written, and says what is wrong with them; `loaded` only when nothing is. */
export function loadCredentials(value: unknown, at: string): { faults: string[]; loaded?: SnmpCredentials } {
  if (!isObject(value)) return { faults: [`${at}: must be credentials by their names`] };
  const faults = Object.entries(value).flatMap(([name, written]) =>
    NAME.test(name)
      ? faultsIn(written, `${at}.${name}`)
      : [`${at}: a name is a small letter and up to 63 letters, digits and hyphens`],
  );
  return faults.length > 0 ? { faults } : { faults, loaded: value as SnmpCredentials };
}

function faultsIn(written: unknown, at: string): string[] {
  if (!isObject(written)) return [`${at}: must have a version (1, "2c" or 3)`];
  const inline = inlineSecrets(written, at);
  if (inline.length > 0) return inline;
  switch (written.version) {
    case 3: {
      const faults = listFaults(UserCredential, written, at);
      return faults.length > 0 ? faults : faultsOfUser(written as UserCredential, at);
    }
    case 1:
    case '2c': {
      const faults = listFaults(CommunityCredential, written, at);
      return faults.length > 0 ? faults : oneSource(written, 'community', at);
    }
    default:
      return [`${at}.version: must be one of 1, "2c", 3`];
  }
}

/** A secret that stands in the file itself is refused, and not repeated. */
function inlineSecrets(written: Record<string, unknown>, at: string): string[] {
  const holders: [Record<string, unknown>, string][] = [[written, at]];
  for (const key of ['auth', 'priv']) {
    const part = written[key];
    if (isObject(part)) holders.push([part, `${at}.${key}`]);
  }
  return holders.flatMap(([holder, path]) =>
    ['community', 'password'].flatMap((key) =>
      key in holder
        ? [
            `${path}.${key}: a secret does not stand in this file: put it on the one line of another that only the agent reads, and write ${key}File: /path/to/it, or ${key}Env: NAME_OF_A_VARIABLE`,
          ]
        : [],
    ),
  );
}

function faultsOfUser({ auth, priv }: UserCredential, at: string): string[] {
  return [
    ...(auth ? oneSource(auth, 'password', `${at}.auth`) : []),
    ...(priv ? oneSource(priv, 'password', `${at}.priv`) : []),
    ...(priv && !auth ? [`${at}.auth: is missing; SNMP does not encrypt without it`] : []),
  ];
}

function oneSource(holder: object, key: 'community' | 'password', at: string): string[] {
  const given = [`${key}File`, `${key}Env`].filter((source) => source in holder);
  return given.length === 1 ? [] : [`${at}: needs one of ${key}File and ${key}Env`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Environment = Readonly<Record<string, string | undefined>>;

/** RFC 3414: what is shorter is no password for a key. */
const PASSWORD_LENGTH_MIN = 8;

/** Reads what a credential refers to. @throws when it cannot; the error names the credential and the file or variable. */
export function readSecrets(name: string, credential: SnmpCredential, env: Environment): Secrets {
  try {
    if (credential.version !== 3) {
      const { version, communityFile, communityEnv } = credential;
      return { version, community: readSource(communityFile, communityEnv, env) };
    }
    const { version, user, auth, priv, contextName } = credential;
    return {
      version,
      user,
      ...(auth && { auth: { protocol: auth.protocol, password: readKeyPassword(auth, env) } }),
      ...(priv && { priv: { protocol: priv.protocol, password: readKeyPassword(priv, env) } }),
      ...(contextName !== undefined && { contextName }),
    };
  } catch (error) {
    throw new Error(`credential ${name}: ${describeError(error)}`);
  }
}

function readKeyPassword(
  { passwordFile, passwordEnv }: NonNullable<UserCredential['auth' | 'priv']>,
  env: Environment,
): string {
  const text = readSource(passwordFile, passwordEnv, env);
  if (text.length >= PASSWORD_LENGTH_MIN) return text;
  throw new Error(`${passwordFile ?? passwordEnv} holds fewer than ${PASSWORD_LENGTH_MIN} characters`);
}

function readSource(file: string | undefined, variable: string | undefined, env: Environment): string {
  if (file !== undefined) return readPassword(file);
  const text = env[variable ?? ''];
  if (text) return text;
  throw new Error(`the environment variable ${variable} is not set`);
}

/** Says which credentials protect little: files that others read, and ciphers that are no longer held for safe. */
export function warnOfCredentials(credentials: SnmpCredentials, log: Log): void {
  for (const [name, credential] of Object.entries(credentials)) {
    for (const file of filesOf(credential)) warnOfReaders(file, log);
    if (credential.version !== 3) continue;
    const { auth, priv } = credential;
    if (auth?.protocol === 'md5') {
      log('warn', 'messages of SNMP are signed with MD5', {
        credential: name,
        advice: 'sha256 where the device has it',
      });
    }
    if (priv?.protocol === 'des') {
      log('warn', 'SNMP is encrypted with DES', {
        credential: name,
        advice: 'aes128 or aes256 where the device has it',
      });
    }
  }
}

function filesOf(credential: SnmpCredential): string[] {
  const files =
    credential.version === 3
      ? [credential.auth?.passwordFile, credential.priv?.passwordFile]
      : [credential.communityFile];
  return files.filter((file) => file !== undefined);
}
