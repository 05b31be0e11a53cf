import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { startAgent } from '../../agent/agent.ts';
import { type AgentConfig, validateAgentConfig } from '../../agent/config.ts';
import { ConfigError } from '../../agent/config-faults.ts';
import { configFromIdentity } from '../../agent/identity/folder.ts';
import { createLog, LOG_LEVELS } from '../../agent/log.ts';
import { abortWithParent } from '../child.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import { packaged } from '../packaged.ts';
import { stopped } from '../stopped.ts';
import { version } from '../version.ts';
import { words } from '../words/index.ts';

/** An agent: watches the machine it runs on. */
export const command: Command = {
  summary: { en: 'runs an agent that watches this machine', fr: 'lance un agent qui surveille cette machine' },
  operands: '[enroll | config | check-config FILE]',
  options: {
    config: { type: 'string' },
    server: { type: 'string' },
    chain: { type: 'string' },
    store: { type: 'string' },
    device: { type: 'string' },
    'data-dir': { type: 'string' },
    user: { type: 'string' },
    'password-file': { type: 'string' },
    'ca-file': { type: 'string' },
    token: { type: 'string' },
    wait: { type: 'string' },
    force: { type: 'boolean' },
    explain: { type: 'boolean' },
  },
  help: {
    config: {
      en: 'Configuration file (YAML); the flags below go before it',
      fr: 'Fichier de configuration (YAML)\u202f; les options ci-dessous passent avant',
    },
    server: {
      en: 'Where to report: mqtt://host:port, or mqtts:// over TLS',
      fr: 'À qui rapporter\u202f: mqtt://hôte:port, ou mqtts:// en TLS',
    },
    chain: { en: 'The chain, as the inventory names it', fr: 'L’enseigne, telle que l’inventaire la nomme' },
    store: { en: 'The store', fr: 'Le magasin' },
    device: { en: 'This device', fr: 'Cet équipement' },
    'data-dir': {
      en: 'Folder for reports that wait (./data/agent)',
      fr: 'Dossier des rapports en attente (./data/agent)',
    },
    user: {
      en: 'Account on the broker (chain/store/device, with a password)',
      fr: 'Compte sur le broker (enseigne/magasin/équipement, avec un mot de passe)',
    },
    'password-file': { en: 'File that holds the password to it', fr: 'Fichier qui contient son mot de passe' },
    'ca-file': {
      en: 'Authority of the broker’s certificate, PEM (the system’s)',
      fr: 'Autorité du certificat du broker, PEM (celles du système)',
    },
    token: {
      en: 'enroll: the enrolment token (VIGIE_ENROL_TOKEN); --server is then https://host:8443',
      fr: 'enroll\u202f: le jeton d’enrôlement (VIGIE_ENROL_TOKEN)\u202f; --server est alors https://hôte:8443',
    },
    wait: {
      en: 'enroll: minutes to wait for a person who must admit this machine (10)',
      fr: 'enroll\u202f: minutes à attendre qu’une personne admette cette machine (10)',
    },
    force: {
      en: 'enroll: also a device that is enrolled already',
      fr: 'enroll\u202f: même un équipement déjà enrôlé',
    },
    explain: {
      en: 'config, check-config: says where each value comes from',
      fr: 'config, check-config\u202f: dit d’où vient chaque valeur',
    },
  },
  async run(invocation) {
    const [operand, file] = invocation.operands;
    if (operand === 'enroll') return (await import('../enrol.ts')).enrolThisDevice(invocation);
    if (operand === 'config' || operand === 'check-config') {
      const { showConfig } = await import('../agent/show-config.ts');
      const flags = file === undefined ? invocation.flags : { ...invocation.flags, config: file };
      return showConfig(operand, await readConfig({ ...invocation, flags }), invocation);
    }
    if (operand !== undefined) throw new Fault(words(invocation.locale).badArguments(operand));
    const config = await readConfig(invocation);
    const lock = hold(config.dataDir, invocation);
    const stop = abortWithParent(invocation.stop);
    try {
      const log = createLog(LOG_LEVELS.find((level) => level === invocation.env.VIGIE_LOG) ?? 'info');
      const agent = await startAgent(config, { version: version(), log, ...packaged(invocation, config) });
      await stopped(stop);
      await agent.stop();
    } finally {
      lock.release();
    }
    return 0;
  },
};

/** The configuration of `--config`, with the flags and the identity of this device. @throws Fault when it is not right. */
export async function readConfig({ flags, locale }: Pick<Invocation, 'flags' | 'locale'>): Promise<AgentConfig> {
  const path = typeof flags.config === 'string' ? flags.config : undefined;
  let written: unknown = {};
  try {
    if (path !== undefined) written = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path ?? '', (error as Error).message));
  }
  const { 'data-dir': dataDir, 'password-file': passwordFile, 'ca-file': caFile, ...same } = flags;
  const { server, chain, store, device, user } = same;
  const named = { server, chain, store, device, dataDir, user, passwordFile, caFile };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  const merged = withIdentity(
    { dataDir: resolve('data/agent'), locale, ...(written as object), ...Object.fromEntries(given) },
    locale,
  );
  try {
    return await validateAgentConfig(merged, path ?? 'agent');
  } catch (error) {
    if (error instanceof ConfigError) throw new Fault(error.message);
    throw error;
  }
}

/** What an enrolled device need not be told: who it is, where its server is, and what it shows it. */
function withIdentity(written: Record<string, unknown>, locale: Invocation['locale']): Record<string, unknown> {
  const text = words(locale);
  let identity: ReturnType<typeof configFromIdentity>;
  try {
    identity = configFromIdentity(String(written.dataDir));
  } catch (error) {
    throw new Fault((error as Error).message);
  }
  // In the clear on this very machine no certificate is shown.
  if (!identity || String(written.server ?? 'mqtts://').startsWith('mqtt://')) return written;
  const { through, ...rest } = identity;
  // Who must answer is said of that one address.
  const isOurs = written.server === undefined || written.server === identity.server;
  const merged: Record<string, unknown> = { ...rest, ...(isOurs && through !== undefined && { through }), ...written };
  const nameOf = ({ chain, store, device }: Record<string, unknown>) => `${chain}/${store}/${device}`;
  if (merged.certFile === identity.certFile && nameOf(merged) !== nameOf(identity)) {
    throw new Fault(text.enrol.otherIdentity(nameOf(merged), nameOf(identity)));
  }
  return merged;
}

/** One agent per outbox: two would each send the other's reports. */
function hold(dataDir: string, { locale }: Invocation): { release(): void } {
  let lock: ReturnType<typeof takeLock>;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = takeLock(join(dataDir, 'lock'));
  } catch (error) {
    throw new Fault(words(locale).folderRefused(dataDir, (error as Error).message));
  }
  if (typeof lock === 'number') throw new Fault(words(locale).folderHeld(dataDir, lock));
  return lock;
}
