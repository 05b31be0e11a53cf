import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { startAgent } from '../../agent/agent.ts';
import { type AgentConfig, validateAgentConfig } from '../../agent/config.ts';
import { ConfigError } from '../../agent/config-faults.ts';
import { createLog, LOG_LEVELS } from '../../agent/log.ts';
import { abortWithParent } from '../child.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import { stopped } from '../stopped.ts';
import { version } from '../version.ts';
import { words } from '../words/index.ts';

/** An agent: watches the machine it runs on. */
export const command: Command = {
  summary: { en: 'runs an agent that watches this machine', fr: 'lance un agent qui surveille cette machine' },
  operands: '',
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
  },
  async run(invocation) {
    const config = await readConfig(invocation);
    const lock = hold(config.dataDir, invocation);
    const stop = abortWithParent(invocation.stop);
    try {
      const log = createLog(LOG_LEVELS.find((level) => level === invocation.env.VIGIE_LOG) ?? 'info');
      const agent = await startAgent(config, { version: version(), log });
      await stopped(stop);
      await agent.stop();
    } finally {
      lock.release();
    }
    return 0;
  },
};

async function readConfig({ flags, locale }: Invocation): Promise<AgentConfig> {
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
  const merged = { dataDir: resolve('data/agent'), locale, ...(written as object), ...Object.fromEntries(given) };
  try {
    return await validateAgentConfig(merged, path ?? 'agent');
  } catch (error) {
    if (error instanceof ConfigError) throw new Fault(error.message);
    throw error;
  }
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
