import { isIPv6 } from 'node:net';
import { describeError } from '../../agent/describe-error.ts';
import { readPassword } from '../../agent/server-files.ts';
import type { Secrets } from '../../agent/snmp/credentials.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import { askSecret, type Terminal } from './ask-secret.ts';
import { UNKNOWN } from './exit-code.ts';

const SNMP_PORT = 161;
const PASSWORD_LENGTH_MIN = 8;
type User = Extract<Secrets, { version: 3 }>;
type AuthProtocol = NonNullable<User['auth']>['protocol'];
type PrivProtocol = NonNullable<User['priv']>['protocol'];

const AUTH: Readonly<Record<string, AuthProtocol>> = {
  md5: 'md5',
  sha: 'sha1',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
};
const PRIV: Readonly<Record<string, PrivProtocol>> = {
  des: 'des',
  aes: 'aes128',
  aes128: 'aes128',
  aes256: 'aes256',
  'aes256-cisco': 'aes256-cisco',
};

type Asking = Pick<Invocation, 'flags' | 'env' | 'locale'>;

/** `host`, `host:1161`, `[2001:db8::1]:1161`. @throws Fault */
export function addressOf(given: string, locale: Invocation['locale']): { host: string; port: number } {
  if (isIPv6(given)) return { host: given, port: SNMP_PORT };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(given) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? SNMP_PORT : Number(port);
  const isAddress = host !== undefined && (bracketed === undefined || isIPv6(bracketed));
  if (!isAddress || number < 1 || number > 65_535) throw new Fault(words(locale).probe.badHost(given), UNKNOWN);
  return { host, port: number };
}

/** By what the options, the environment and, at a terminal, the person say. @throws Fault */
export async function secretsOf(asking: Asking, terminal: Terminal | undefined): Promise<Secrets> {
  const { flags, locale } = asking;
  const text = words(locale).probe;
  const { user, v1, v2c } = flags;
  if ([v1, v2c, user !== undefined].filter(Boolean).length > 1) throw new Fault(text.oneVersion, UNKNOWN);
  if (typeof user === 'string') return userOf(user, asking, terminal);
  const version = v1 ? 1 : '2c';
  if (typeof flags.community === 'string') return { version, community: flags.community };
  return {
    version,
    community: await secret(asking, terminal, {
      what: text.community,
      flag: 'community-file',
      variable: 'VIGIE_SNMP_COMMUNITY',
    }),
  };
}

async function userOf(user: string, asking: Asking, terminal: Terminal | undefined): Promise<User> {
  const { flags, locale } = asking;
  const text = words(locale).probe;
  const [auth, priv] = [protocolOf('auth', AUTH, asking), protocolOf('priv', PRIV, asking)];
  if (priv && !auth) throw new Fault(text.privNeedsAuth, UNKNOWN);
  const password = async (part: 'auth' | 'priv') => {
    const what = part === 'auth' ? text.authPassword : text.privPassword;
    const variable = `VIGIE_SNMP_${part.toUpperCase()}_PASSWORD`;
    const given = await secret(asking, terminal, { what, flag: `${part}-password-file`, variable });
    if (given.length < PASSWORD_LENGTH_MIN) throw new Fault(text.shortPassword(what), UNKNOWN);
    return given;
  };
  return {
    version: 3,
    user,
    ...(auth && { auth: { protocol: auth, password: await password('auth') } }),
    ...(priv && { priv: { protocol: priv, password: await password('priv') } }),
    ...(typeof flags.context === 'string' && { contextName: flags.context }),
  };
}

function protocolOf<Protocol>(
  flag: 'auth' | 'priv',
  known: Readonly<Record<string, Protocol>>,
  { flags, locale }: Asking,
): Protocol | undefined {
  const given = flags[flag];
  if (typeof given !== 'string') return undefined;
  const name = given.toLowerCase();
  const protocol = Object.hasOwn(known, name) ? known[name] : undefined;
  if (protocol) return protocol;
  throw new Fault(words(locale).probe.badProtocol(`--${flag}`, given, Object.keys(known).join(', ')), UNKNOWN);
}

async function secret(
  { flags, env, locale }: Asking,
  terminal: Terminal | undefined,
  { what, flag, variable }: { what: string; flag: string; variable: string },
): Promise<string> {
  const file = flags[flag];
  if (typeof file === 'string') return readSecretFile(file, locale);
  if (env[variable]) return env[variable];
  const text = words(locale).probe;
  if (!terminal) throw new Fault(text.noSecret(what, variable, `--${flag}`), UNKNOWN);
  return askSecret(`${what}: `, text.interrupted, terminal);
}

function readSecretFile(file: string, locale: Invocation['locale']): string {
  try {
    return readPassword(file);
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, describeError(error)), UNKNOWN);
  }
}
