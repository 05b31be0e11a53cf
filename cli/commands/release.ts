import { accessSync, constants, createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Check } from 'typebox/schema';
import { PLATFORMS, type Platform, Release } from '../../protocol/releases.ts';
import { Signed } from '../../protocol/signed.ts';
import { askServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS, sendFile } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { makeReleaseKey, signRelease } from '../sign-release.ts';
import { words } from '../words/index.ts';

/** Versions of the agent: signed away from the server, added to it, rolled out. */
export const command: Command = {
  summary: {
    en: 'signs versions of the agent and rolls them out in waves',
    fr: 'signe les versions de l’agent et les déploie par vagues',
  },
  operands: 'keygen | sign FILE | add FILE | start VERSION | status | pause | resume | abort',
  options: {
    ...SERVER_CALL_OPTIONS,
    key: { type: 'string' },
    canary: { type: 'string' },
    share: { type: 'string' },
    'soak-minutes': { type: 'string' },
    'also-open': { type: 'boolean' },
    downgrade: { type: 'boolean' },
  },
  help: {
    ...SERVER_CALL_HELP,
    key: {
      en: 'keygen, sign: file of the release key (release.key); VIGIE_RELEASE_PASSPHRASE locks and opens it',
      fr: 'keygen, sign\u202f: fichier de la clé de version (release.key)\u202f; VIGIE_RELEASE_PASSPHRASE la verrouille et l’ouvre',
    },
    canary: {
      en: 'start: stores that go first, chain/store, with commas between them',
      fr: 'start\u202f: magasins pilotes, enseigne/magasin, séparés par des virgules',
    },
    share: {
      en: 'start: percent of all devices that go second (5)',
      fr: 'start\u202f: pourcentage d’équipements de la deuxième vague (5)',
    },
    'soak-minutes': {
      en: 'start: minutes a wave is watched before the next (720)',
      fr: 'start\u202f: minutes d’observation avant la vague suivante (720)',
    },
    'also-open': {
      en: 'start: also while stores are open',
      fr: 'start\u202f: même pendant l’ouverture des magasins',
    },
    downgrade: {
      en: 'sign: this version may go where a newer one runs',
      fr: 'sign\u202f: cette version peut remplacer une plus récente',
    },
  },
  async run(invocation) {
    const [what, operand] = invocation.operands;
    const act = what !== undefined && Object.hasOwn(ACTIONS, what) ? ACTIONS[what as keyof typeof ACTIONS] : undefined;
    if (!act) throw new Fault(words(invocation.locale).badArguments(what ?? command.operands));
    await act(invocation, operand);
    return 0;
  },
};

const ACTIONS = { keygen, sign, add, start, status, pause, resume, abort };

function keygen({ flags, env, say }: Invocation): void {
  const file = keyFile(flags);
  const { secretKey, publicKey } = makeReleaseKey(env.VIGIE_RELEASE_PASSPHRASE || undefined);
  // Never over another key: what it signed could not be replaced any more.
  writeFileSync(file, secretKey, { mode: 0o600, flag: 'wx' });
  writeFileSync(publicFile(file), publicKey, { flag: 'wx' });
  say(file);
  say(publicFile(file));
}

function sign({ flags, env, locale, say }: Invocation, operand: string | undefined): void {
  const file = named(operand, locale);
  const written: unknown = JSON.parse(readText(file, locale));
  const release: unknown = Check(Signed, written) ? JSON.parse(written.body) : written;
  if (!Check(Release, release)) throw new Fault(words(locale).release.malformed(file));
  const signer = signRelease(readText(keyFile(flags), locale), env.VIGIE_RELEASE_PASSPHRASE || undefined);
  const { downgrade: _before, ...rest } = release;
  const signed = signer.sign({ ...rest, ...(flags.downgrade === true && { downgrade: true as const }) });
  writeFileSync(file, JSON.stringify(signed));
  say(words(locale).release.signed(release.version, file));
}

async function add(invocation: Invocation, operand: string | undefined): Promise<void> {
  const { locale, say } = invocation;
  const file = named(operand, locale);
  const signed: unknown = JSON.parse(readText(file, locale));
  if (!Check(Signed, signed)) throw new Fault(words(locale).release.unsigned(file));
  const release: unknown = JSON.parse(signed.body);
  if (!Check(Release, release)) throw new Fault(words(locale).release.malformed(file));
  const { releases } = (await askServer(invocation, '/api/v1/releases')) as { releases: { version: string }[] };
  // Again after an upload that broke off: the files are what is missing.
  if (!releases.some(({ version }) => version === release.version)) {
    await askServer(invocation, '/api/v1/releases', signed);
  }
  for (const { platform, packed } of release.files) {
    const path = join(dirname(file), packedName(release.version, platform));
    readable(path, locale);
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    await sendFile(invocation, `/api/v1/releases/${release.version}/${platform}`, body, packed);
    say(words(locale).release.uploaded(release.version, platform));
  }
}

async function start(invocation: Invocation, version: string | undefined): Promise<void> {
  const { flags, locale } = invocation;
  const canary = String(flags.canary ?? '')
    .split(',')
    .filter(Boolean);
  if (canary.length === 0) throw new Fault(words(locale).release.noCanary);
  await askServer(invocation, '/api/v1/rollout', {
    version: named(version, locale),
    canary,
    ...(flags.share !== undefined && { sharePercent: number('--share', flags.share, locale) }),
    ...(flags['soak-minutes'] !== undefined && {
      soakMinutes: number('--soak-minutes', flags['soak-minutes'], locale),
    }),
    ...(flags['also-open'] === true && { whileOpen: true }),
  });
  await status(invocation);
}

async function status(invocation: Invocation): Promise<void> {
  const { locale, say } = invocation;
  const text = words(locale).release;
  const { releases, rollout } = (await askServer(invocation, '/api/v1/releases')) as Answer;
  for (const { version, files } of releases) {
    say(
      text.entry(
        version,
        PLATFORMS.filter((each) => files.some(({ platform, isHere }) => platform === each && isHere)),
      ),
    );
  }
  if (!rollout) return;
  say(text.rollout(rollout.version, text.state[rollout.state], text.wave[rollout.wave]));
  for (const [standing, count] of Object.entries(rollout.counts))
    say(`  ${count} ${text.standing[standing as Standing]}`);
  for (const { device, standing } of rollout.attention) say(`  ${device}: ${text.standing[standing]}`);
}

function pause(invocation: Invocation): Promise<void> {
  return change(invocation, 'paused');
}

function resume(invocation: Invocation): Promise<void> {
  return change(invocation, 'running');
}

function abort(invocation: Invocation): Promise<void> {
  return change(invocation, 'aborted');
}

async function change(invocation: Invocation, state: 'running' | 'paused' | 'aborted'): Promise<void> {
  await askServer(invocation, '/api/v1/rollout/state', { state });
  await status(invocation);
}

type Text = ReturnType<typeof words>['release'];
type Standing = keyof Text['standing'];
interface Answer {
  releases: { version: string; files: { platform: Platform; isHere: boolean }[] }[];
  rollout?: {
    version: string;
    state: keyof Text['state'];
    wave: keyof Text['wave'];
    counts: Partial<Record<Standing, number>>;
    attention: { device: string; standing: Standing }[];
  };
}

const keyFile = (flags: Invocation['flags']): string => String(flags.key ?? 'release.key');
const publicFile = (file: string): string => `${file.replace(/\.key$/, '')}.pub`;
const packedName = (version: string, platform: Platform): string =>
  `vigie-agent-${version}-${platform === 'win32-x64' ? 'win-x64' : platform}.zst`;

function named(operand: string | undefined, locale: Invocation['locale']): string {
  if (operand === undefined) throw new Fault(words(locale).badArguments(command.operands));
  return operand;
}

function number(flag: string, value: unknown, locale: Invocation['locale']): number {
  const given = Number(value);
  if (!Number.isFinite(given) || value === '') throw new Fault(words(locale).badNumber(flag, String(value)));
  return given;
}

function readText(file: string, locale: Invocation['locale']): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
}

function readable(file: string, locale: Invocation['locale']): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
}
