import type { CommandView, EnrolTokenEntry } from '../../dashboard/ports.ts';
import { preferredLocale } from '../../dashboard/server/language.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { TimelineEntry } from '../../protocol/views.ts';
import type { Answer, Asked } from './fixture-asked.ts';
import { ALLOWED, makeCommands, outcomeOf, timelineOf } from './synthetic-actions.ts';
import {
  effectiveConfig,
  makeAgents,
  makeConfigs,
  makeQuarantine,
  makeReleases,
  makeTokens,
} from './synthetic-agents.ts';
import { columnsIn, findAssets, makeAssets, makeChanges, makeFacts } from './synthetic-assets.ts';
import type { SyntheticChain } from './synthetic-chain.ts';
import { createWindows } from './synthetic-maintenance.ts';
import { makeDiscovery, makeEvents } from './synthetic-network.ts';
import { createRulePages } from './synthetic-rule-pack.ts';
import { makeRules } from './synthetic-rules.ts';

const NOTHING = { status: 204 };
const missing = (code: string) => ({ status: 404, body: { error: { code, message: code } } });

/** The part of the API behind the agents' and the inventory's pages, over made-up data that may be changed. */
export function createManagement(
  { stores }: Pick<SyntheticChain, 'stores'>,
  now: number,
  toTimeline: (incident: number, entries: TimelineEntry[]) => void,
) {
  const agents = makeAgents(stores, now);
  const configs = makeConfigs(stores, now);
  const quarantine = makeQuarantine(stores, now);
  const tokens = makeTokens(stores, now);
  const { releases, rollout } = makeReleases(stores, now);
  const assets = makeAssets(stores, now);
  const discovery = makeDiscovery(assets[0]?.key as DeviceKey, now);
  const windows = createWindows(stores, now);
  const rulePages = createRulePages({ stores }, now);
  const commands = new Map<DeviceKey, CommandView[]>();
  /** What was asked to be changed, in order. */
  const calls: { path: string; body: unknown; by: string }[] = [];

  const commandsOf = (device: DeviceKey): CommandView[] => {
    const known = commands.get(device) ?? makeCommands(device, now);
    commands.set(device, known);
    return known;
  };

  function answerAgents({ method, parts: [, part, id, verb], query, body, by }: Asked): Answer {
    if (part === undefined) {
      const store = query.get('store');
      const after = query.get('after') ?? '';
      const listed = agents.filter(
        ({ device }) => device > after && (store === null || device.startsWith(`${store}/`)),
      );
      return { body: { agents: listed.slice(0, Number(query.get('limit') ?? 100)) } };
    }
    if (part === 'certificates') {
      const { reason } = body as { reason: string };
      const found = agents.find(({ certificate }) => certificate.serial === id)?.certificate;
      if (found === undefined) return missing('no-such-certificate');
      Object.assign(found, { state: 'revoked', revoked: { at: Date.now(), by, reason } });
      return NOTHING;
    }
    if (part === 'quarantine') {
      if (method === 'GET') return { body: { quarantine } };
      const waiting = quarantine.find((one) => one.id === Number(id));
      if (waiting === undefined) return missing('no-such-stranger');
      waiting.decision = { verdict: verb === 'admit' ? 'admitted' : 'refused', at: Date.now(), by };
      return NOTHING;
    }
    if (part !== 'tokens') return missing('not-found');
    if (method === 'GET') return { body: { tokens } };
    if (verb === 'revoke') {
      const token = tokens.find((one) => one.id === id);
      if (token !== undefined) Object.assign(token, { state: 'revoked', revoked: { at: Date.now(), by } });
      return NOTHING;
    }
    const { hours, ...wish } = body as Omit<EnrolTokenEntry, 'id'> & { hours: number };
    const at = Date.now();
    const entry: EnrolTokenEntry = {
      ...wish,
      id: `${tokens.length}c`,
      state: 'good',
      used: 0,
      at,
      by,
      expiresAt: at + hours * 3_600_000,
    };
    tokens.unshift(entry);
    const token = 'vigie-Qm9uIHZlbnQgZXQgYm9ubmUgbWVyLCBtYXRlbG90IQ1.x7Jq2LzP9fKd0aVbT4mWcY8sHnE5uR1o';
    return { status: 201, body: { token, server: 'https://vigie.example:8443', entry } };
  }

  function answerConfigs({ method, parts: [, , ...key], query }: Asked): Answer {
    if (key.length === 0) {
      const after = query.get('after') ?? '';
      const listed = configs.filter(({ device }) => device > after).slice(0, Number(query.get('limit') ?? 1000));
      return { body: { devices: listed, counts: {} } };
    }
    const config = configs.find(({ device }) => device === key.slice(0, 3).join('/'));
    if (config === undefined) return missing('no-such-device');
    return method === 'POST' ? NOTHING : { body: effectiveConfig(config) };
  }

  function answerAssets({ parts: [, part], query, language }: Asked): Answer {
    const locale = preferredLocale(language);
    if (part === 'changes') {
      const path = query.get('path')?.replace('*', '') ?? '';
      return { body: { changes: makeChanges(assets, now, locale).filter((change) => change.path.startsWith(path)) } };
    }
    const q = query.get('q') ?? '';
    if (/(^|\s)\w*:(\s|$)/.test(q)) {
      const message = locale === 'fr' ? 'n’est pas une colonne' : 'is not a column';
      return {
        status: 400,
        body: { error: { code: 'invalid', message, details: [{ path: `query.q ${q}`, message }] } },
      };
    }
    const found = findAssets(assets, query);
    if (part === 'export') {
      const lines = found.map(({ values }) => [values.key, values.kind, values.model].join(';'));
      return query.get('format') === 'json'
        ? { body: found.map(({ values }) => values) }
        : { text: ['key;kind;model', ...lines].join('\r\n'), type: 'text/csv; charset=utf-8' };
    }
    const from = Number(query.get('after') ?? 0);
    const next = from + 100 < found.length ? { next: String(from + 100) } : {};
    return {
      body: { total: found.length, columns: columnsIn(locale), assets: found.slice(from, from + 100), ...next },
    };
  }

  function answerDiscovery({ method, parts }: Asked): Answer {
    if (method === 'GET') return { body: discovery };
    if (parts[4] === 'accept') discovery.found.shift();
    return NOTHING;
  }

  function answerDevice({ method, parts, language, body, by }: Asked): Answer {
    const device = parts.slice(1, 4).join('/') as DeviceKey;
    const asset = assets.find(({ key }) => key === device);
    if (asset === undefined) return missing('no-such-device');
    const locale = preferredLocale(language);
    if (parts[4] === 'facts') {
      return parts[5] === 'history'
        ? { body: { changes: makeChanges(Array(12).fill(asset), now, locale) } }
        : { body: makeFacts(asset, now, locale) };
    }
    if (parts[4] === 'events') return { body: { events: makeEvents(now) } };
    if (parts[4] === 'rules') return { body: { rules: makeRules(device) } };
    const list = commandsOf(device);
    const allowed = asset.values.kind === 'till' ? ALLOWED : [];
    if (method === 'GET') return { body: { online: true, allowed, commands: allowed.length > 0 ? list : [] } };
    const wish = body as { action: string; args: Record<string, string>; why: string; incident?: number };
    const command: CommandView = {
      id: String(40 + list.length),
      device,
      asked: true,
      state: 'sent',
      at: Date.now(),
      by,
      ...wish,
    };
    list.unshift(command);
    const tell = (): void => {
      if (wish.incident !== undefined) toTimeline(wish.incident, timelineOf(list[0] as CommandView));
    };
    tell();
    setTimeout(() => {
      list[0] = outcomeOf(command);
      tell();
    }, 1_500).unref();
    return { status: 202, body: { command } };
  }

  return {
    calls,
    answer(asked: Asked): Answer {
      const [first, second] = asked.parts;
      if (asked.method !== 'GET') calls.push({ path: asked.parts.join('/'), body: asked.body, by: asked.by });
      if (first === 'agents') return answerAgents(asked);
      if (first === 'agent-configs' && second === 'devices') return answerConfigs(asked);
      if (first === 'assets') return answerAssets(asked);
      if (first === 'releases') return { body: { releases, rollout } };
      if (first === 'rollout') {
        if (second === 'state') rollout.state = (asked.body as { state: 'running' | 'paused' | 'aborted' }).state;
        return NOTHING;
      }
      if (first === 'maintenance') return windows.answer(asked);
      if (first === 'rules' || first === 'backtests') return rulePages.answer(asked);
      if (first === 'discovery') return answerDiscovery(asked);
      if (first === 'devices' && asked.parts.length > 4) return answerDevice(asked);
      return undefined;
    },
  };
}
