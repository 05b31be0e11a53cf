import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigState, DesiredConfig } from '../../protocol/agent-config.ts';
import { deviceKey } from '../../protocol/names.ts';
import type { Signed } from '../../protocol/signed.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Clock } from '../clock.ts';
import { type AgentConfig, validateAgentConfig } from '../config.ts';
import { ConfigError } from '../config-faults.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { readSigned } from '../read-signed.ts';
import { guardPrograms } from './guard-programs.ts';
import { type KeptConfig, readKept, writeKept } from './kept-config.ts';
import { type Failing, startTrial, type Trial } from './trial.ts';

/** Where nobody listens nothing is tried. */
const OFF = { trialS: 0, programs: [] };
const LONGEST_TEXT = 512;
/** Messages that may wait while one is looked at; more is not the server's doing. */
const WAITING_MOST = 8;

type Refused = NonNullable<ConfigState['refused']>;

export interface CentralOptions {
  /** The device's own file, as it is found right. */
  local: AgentConfig;
  clock: Clock;
  log: Log;
  /** Nothing is written: somebody only wants to see, beside a running agent perhaps. */
  isLooking?: boolean;
}

/** What the centre may do to a running agent. */
export interface Governed {
  /** Runs this from now on, without a goodbye. */
  apply(config: AgentConfig): void;
  /** What the birth says of it has changed. */
  announce(): void;
}

/** The centre's voice in one agent. */
export interface Central {
  /** What is to run at the start. */
  readonly config: AgentConfig;
  /** For the birth. */
  state(): ConfigState;
  /** From now on what is heard takes effect. */
  govern(agent: Governed): void;
  hear(payload: Uint8Array): void;
  /** A collector is there behind the connection, or is not any more. */
  link(isUp: boolean): void;
  /** What checks said in a tick that began at `at`. */
  checked(at: number, statuses: readonly CheckStatus[]): void;
  /** A clean end: what is on trial is tried again by the next run. */
  stop(): void;
}

/**
 * Takes up what was kept. A configuration that was on trial when an earlier run was killed is not tried a second time:
 * it may be what killed it.
 */
export async function openCentral(options: CentralOptions): Promise<Central> {
  const { local, clock, log, isLooking = false } = options;
  const { trialS, programs } = local.central === false ? OFF : local.central;
  const me = deviceKey(local.chain, local.store, local.device);
  const folder = join(local.dataDir, 'config');
  const heard: Uint8Array[] = [];
  const statuses = new Map<string, CheckStatus['status']>();
  const own = new Set(local.checks.map(({ entry }) => entry));
  let agent: Governed | undefined;
  let isBusy = false;
  let isStopped = false;
  let isLinkUp = false;
  let trial: (Trial & { config: AgentConfig; version: number }) | undefined;
  let kept: KeptConfig = { server: '', newest: 0 };
  /** What was last proven good, and its version; the local file alone is version 0. */
  let good = { config: local, version: 0 };
  await restore();

  function keep(change: Partial<KeptConfig>, without: ('trial' | 'refused')[] = []): void {
    kept = { ...kept, ...change };
    for (const key of without) delete kept[key];
    if (!isLooking) writeKept(folder, kept, log);
  }

  async function restore(): Promise<void> {
    const before = readKept(folder, log);
    if (!before) return;
    const key = publicKeyOf(local);
    // Another server counts its versions anew.
    if (key instanceof Error || before.server !== hashOf(key)) return;
    kept = before;
    if (kept.trial && !isLooking) {
      const { version = kept.newest } = read(kept.trial, key) ?? {};
      const refused: Refused = { version, reason: 'check', text: 'the agent was killed while it was on trial' };
      keep({ refused, newest: Math.max(kept.newest, version) }, ['trial']);
      log('error', 'the configuration on trial is not taken up again', { ...refused });
    }
    const desired = kept.good && read(kept.good, key);
    if (!desired) return;
    try {
      good = { config: await prepare(desired), version: desired.version };
    } catch (error) {
      const refused: Refused = { version: desired.version, reason: 'schema', text: textOf(error) };
      kept = { ...kept, refused };
      log('error', 'the last good configuration does not go with the local file any more', { ...refused });
    }
  }

  /** @throws ConfigError */
  async function prepare({ version, settings }: DesiredConfig): Promise<AgentConfig> {
    const config = await validateAgentConfig(local.written, local.source, { version, settings });
    return {
      ...config,
      checks: config.checks.map((check) =>
        own.has(check.entry) ? check : { ...check, run: guardPrograms(check, programs) },
      ),
    };
  }

  async function listen(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let payload = heard.shift(); payload && !isStopped; payload = heard.shift()) await take(payload);
    isBusy = false;
  }

  async function take(payload: Uint8Array): Promise<void> {
    const key = publicKeyOf(local);
    if (key instanceof Error) return refuse({ reason: 'signature', text: `no key to prove it with: ${key.message}` });
    const proven = readSigned(payload, { purpose: 'config', schema: DesiredConfig, publicKey: key });
    if ('fault' in proven) {
      if (proven.fault === 'malformed')
        return refuse({ reason: 'schema', text: 'it is no configuration this agent knows' });
      return refuse({ reason: 'signature', text: 'it is not signed by the server this device was enrolled with' });
    }
    const { body } = proven;
    const { version } = body;
    if (body.to !== me) return refuse({ version, reason: 'signature', text: `it is signed for ${body.to}` });
    if (kept.server !== hashOf(key)) kept = { server: hashOf(key), newest: 0 };
    if (version <= kept.newest) {
      // Retained: it is told again on every connection.
      if (version === kept.newest || version === good.version) return;
      return refuse({ version, reason: 'outdated', text: `version ${kept.newest} was here before` });
    }
    let config: AgentConfig;
    try {
      config = await prepare(body);
    } catch (error) {
      keep({ newest: version });
      return refuse({ version, reason: 'schema', text: textOf(error) });
    }
    if (!isStopped) tryOut(config, version, readText(payload));
  }

  function tryOut(config: AgentConfig, version: number, signed: Signed): void {
    const from = trial?.config ?? good.config;
    const before = trial?.before ?? new Map(statuses);
    trial?.cancel();
    keep({ newest: version, trial: signed });
    log('info', 'a central configuration is tried', { version });
    const onEnd = (failing?: Failing) => (failing ? putBack(version, failing) : settle({ config, version }, signed));
    trial = {
      ...startTrial({ from, good: good.config, to: config, before, isLinkUp, clock, trialMs: trialS * 1000, onEnd }),
      config,
      version,
    };
    agent?.apply(config);
  }

  function settle(proven: typeof good, signed: Signed): void {
    trial = undefined;
    good = proven;
    keep({ good: signed }, ['trial', 'refused']);
    log('info', 'a central configuration is applied', { version: proven.version });
    agent?.announce();
  }

  function putBack(version: number, { reason, text }: Failing): void {
    trial = undefined;
    const refused: Refused = { version, reason, text: text.slice(0, LONGEST_TEXT) };
    keep({ refused }, ['trial']);
    log('error', 'a central configuration did not prove good; the last good one is back', {
      ...refused,
      good: good.version,
    });
    agent?.apply(good.config);
    agent?.announce();
  }

  function refuse({ text, ...refusal }: Refused): void {
    const refused: Refused = { ...refusal, ...(text !== undefined && { text: text.slice(0, LONGEST_TEXT) }) };
    log('error', 'a central configuration is refused', { ...refused });
    // What is known of a newer one says more than what somebody sends beside it.
    const isLesser = (kept.refused?.version ?? 0) > (refused.version ?? 0);
    if (isLesser || JSON.stringify(refused) === JSON.stringify(kept.refused)) return;
    keep({ refused });
    agent?.announce();
  }

  return {
    get config() {
      return good.config;
    },
    state: () => ({ applied: good.version, ...(kept.refused && { refused: kept.refused }) }),
    govern(running) {
      agent = running;
    },
    hear(payload) {
      if (payload.byteLength === 0 || isStopped || heard.length >= WAITING_MOST) return;
      heard.push(payload);
      void listen();
    },
    link(isUp) {
      isLinkUp = isUp;
      trial?.link(isUp);
    },
    checked(at, said) {
      for (const { check, status } of said) statuses.set(check, status);
      trial?.checked(at, said);
    },
    stop() {
      isStopped = true;
      if (!trial) return;
      trial.cancel();
      keep({ newest: trial.version - 1 }, ['trial']);
    },
  };
}

/** Read anew each time: enrolment may come while the agent runs. */
function publicKeyOf({ dataDir, central }: AgentConfig): string | Error {
  const file = (central !== false && central.publicKeyFile) || join(dataDir, 'identity', 'signing.pub');
  try {
    const text = readFileSync(file, 'utf8');
    createPublicKey(text);
    return text;
  } catch (error) {
    return new Error(describeError(error));
  }
}

const hashOf = (publicKey: string): string => createHash('sha256').update(publicKey.trim()).digest('hex');

/** What was kept, if it is still proven. */
function read(signed: Signed, publicKey: string): DesiredConfig | undefined {
  const payload = Buffer.from(JSON.stringify(signed));
  const proven = readSigned(payload, { purpose: 'config', schema: DesiredConfig, publicKey });
  return 'body' in proven ? proven.body : undefined;
}

/** It was proven to be one. */
const readText = (payload: Uint8Array): Signed => JSON.parse(Buffer.from(payload).toString('utf8')) as Signed;

const textOf = (error: unknown): string =>
  (error instanceof ConfigError ? error.faults.join('; ') : describeError(error)).slice(0, LONGEST_TEXT);
