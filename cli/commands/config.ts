import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { ConfigVersion, DeviceConfig, EffectiveConfig } from '../../dashboard/ports.ts';
import { askServer, type Refusal, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const API = '/api/v1/agent-configs';

/** What agents are to run, on a running server: looked at, set, and put back. */
export const command: Command = {
  summary: {
    en: 'shows and sets what agents are to run, by chain, store, kind or device',
    fr: 'montre et règle ce que les agents doivent exécuter, par enseigne, magasin, type ou équipement',
  },
  operands: 'get|set|history|revert|devices|retry [SCOPE] [FILE|VERSION]',
  options: {
    ...SERVER_CALL_OPTIONS,
    comment: { type: 'string' },
    check: { type: 'boolean' },
    explain: { type: 'boolean' },
    standing: { type: 'string' },
    store: { type: 'string' },
  },
  help: {
    ...SERVER_CALL_HELP,
    comment: { en: 'set, revert: why, for the history', fr: 'set, revert\u202f: pourquoi, pour l’historique' },
    check: {
      en: 'set: only check, and count the devices it would change',
      fr: 'set\u202f: vérifier seulement, et compter les équipements concernés',
    },
    explain: {
      en: 'get of a device: what it is to run in all, and where each value comes from',
      fr: 'get d’un équipement\u202f: tout ce qu’il doit exécuter, et d’où vient chaque valeur',
    },
    standing: {
      en: 'devices: only those applied, behind, refused, deaf, unheard or none',
      fr: 'devices\u202f: seulement applied, behind, refused, deaf, unheard ou none',
    },
    store: { en: 'devices: of this store only', fr: 'devices\u202f: de ce magasin seulement' },
  },
  async run(invocation) {
    const [word = '', scope = '', last = ''] = invocation.operands;
    const { usage } = words(invocation.locale).config;
    const act = Object.hasOwn(ACTS, word) ? ACTS[word as keyof typeof ACTS] : undefined;
    if (!act || (word !== 'devices' && scope === '') || ((word === 'set' || word === 'revert') && last === '')) {
      throw new Fault(usage);
    }
    await act(invocation, scope, last);
    return 0;
  },
};

const ACTS = { get, set, history, revert, devices, retry };

async function get(invocation: Invocation, scope: string): Promise<void> {
  const { flags, say, locale } = invocation;
  const text = words(locale).config;
  if (flags.explain === true) {
    const { settings, from, ...device } = (await askServer(invocation, `${API}/devices/${scope}`)) as EffectiveConfig;
    for (const line of linesOf(device, invocation)) say(line);
    if (Object.keys(settings).length > 0) say(stringify(settings).trimEnd());
    for (const [key, said] of Object.entries(from)) say(`# ${key}: ${text.from(said.scope, said.version)}`);
    return;
  }
  const newest = await newestOf(invocation, scope);
  if (!newest || Object.keys(newest.settings).length === 0) say(text.noSettings(scope));
  else tell(newest, invocation);
}

async function set(invocation: Invocation, scope: string, file: string): Promise<void> {
  const { flags, say, locale } = invocation;
  const text = words(locale).config;
  const settings = readSettings(file, invocation);
  if (flags.check === true) {
    const body = { scope, settings };
    const { devices } = (await askServer(invocation, `${API}/preview`, body, faultsIn(locale))) as { devices: number };
    return void say(text.weighed(scope, devices));
  }
  const basedOn = (await newestOf(invocation, scope))?.version ?? 0;
  await change(invocation, 'scope', { scope, settings, basedOn, comment: String(flags.comment ?? '') });
}

async function revert(invocation: Invocation, scope: string, version: string): Promise<void> {
  const { flags, locale } = invocation;
  if (!/^\d{1,9}$/.test(version)) throw new Fault(words(locale).badNumber('VERSION', version));
  const basedOn = (await newestOf(invocation, scope))?.version ?? 0;
  await change(invocation, 'revert', { scope, to: Number(version), basedOn, comment: String(flags.comment ?? '') });
}

async function history(invocation: Invocation, scope: string): Promise<void> {
  const versions = await versionsOf(invocation, scope, 100);
  if (versions.length === 0) invocation.say(words(invocation.locale).config.noSettings(scope));
  for (const version of versions) tell(version, invocation);
}

async function devices(invocation: Invocation): Promise<void> {
  const { flags, say, locale } = invocation;
  const query = new URLSearchParams({ limit: '10000' });
  for (const key of ['standing', 'store'] as const) if (flags[key] !== undefined) query.set(key, String(flags[key]));
  const found = (await askServer(invocation, `${API}/devices?${query}`)) as { devices: DeviceConfig[] };
  if (found.devices.length === 0) say(words(locale).config.noDevices);
  for (const device of found.devices) for (const line of linesOf(device, invocation)) say(line);
}

async function retry(invocation: Invocation, device: string): Promise<void> {
  await askServer(invocation, `${API}/devices/${device}/retry`, {});
  invocation.say(words(invocation.locale).config.retried(device));
}

async function change(invocation: Invocation, path: string, body: object): Promise<void> {
  const { locale, say } = invocation;
  const done = (await askServer(invocation, `${API}/${path}`, body, faultsIn(locale))) as {
    saved: ConfigVersion;
    devices: number;
  };
  say(words(locale).config.saved(done.saved.scope, done.saved.version, done.devices));
}

async function versionsOf(invocation: Invocation, scope: string, limit: number): Promise<ConfigVersion[]> {
  const query = new URLSearchParams({ scope, limit: String(limit) });
  return ((await askServer(invocation, `${API}/history?${query}`)) as { versions: ConfigVersion[] }).versions;
}

const newestOf = async (invocation: Invocation, scope: string): Promise<ConfigVersion | undefined> =>
  (await versionsOf(invocation, scope, 1))[0];

/** A scope's settings as YAML that `set` takes again. */
function tell({ scope, version, settings, by, at, comment }: ConfigVersion, { say, locale }: Invocation): void {
  say(words(locale).config.scope(scope, version, by, new Date(at).toISOString(), comment));
  say(stringify(settings).trimEnd());
}

function linesOf({ device, standing, desired, applied, refused }: DeviceConfig, { locale }: Invocation): string[] {
  const versions = desired === undefined ? '' : ` (${applied ?? '–'} / ${desired.version})`;
  const lines = [`${device}: ${words(locale).config.standing[standing]}${versions}`];
  if (refused) lines.push(`  ${[refused.version, refused.reason, refused.text].filter(Boolean).join(' · ')}`);
  return lines;
}

function readSettings(file: string, { locale }: Invocation): Record<string, unknown> {
  try {
    const settings: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (typeof settings === 'object' && !Array.isArray(settings)) return settings as Record<string, unknown>;
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
  throw new Fault(words(locale).fileUnreadable(file, 'YAML?'));
}

const faultsIn =
  (locale: Invocation['locale']) =>
  ({ status, details }: Refusal): Fault | undefined => {
    if (status !== 422) return undefined;
    const lines = details.map(({ path, message }) => `  ${path}: ${message}`);
    return new Fault([words(locale).config.faults(lines.length), ...lines].join('\n'));
  };
