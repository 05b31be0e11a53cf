import type { Reason } from '../../protocol/reasons.ts';
import { applySample, findAlert, renameAlert, type Verdict } from './alerts.ts';
import { isInMaintenance } from './maintenance/suppress.ts';
import { isTakenByWork } from './maintenance/taken.ts';
import { evidenceOf } from './presence.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import type { CompositeRule, Rule } from './types.ts';

/*
 * Of a group of devices, or of the lanes they bear, the share that is at fault. Its alert stands on the store as a whole, and so
 * does its incident; what opened for single members is the same cause and goes into it. A store nothing is heard from is
 * another cause: its groups are not judged meanwhile.
 */

/** `blind`: no evidence either way. */
type Condition = 'bad' | 'good' | 'blind';

/** Judges every group of the store, as it stands now. */
export function judgeGroups(store: StoreEntry, turn: Turn): void {
  const { whole } = store;
  if (!whole || store.silentSince > 0) return;
  for (const rule of whole.judged.composites) {
    const conditions = conditionsOf(store, rule, turn);
    const bad = conditions.filter((condition) => condition === 'bad').length;
    const blind = conditions.filter((condition) => condition === 'blind').length;
    const verdict = verdictOf(rule, bad, blind, conditions.length);
    const reason = reasonOf(rule, verdict, bad, conditions.length);
    applySample(whole, rule, '', verdict, reason, turn);
    const alert = verdict === 'fault' ? findAlert(whole, rule, '') : undefined;
    if (alert && isWorse(alert, bad)) renameAlert(alert, reason, turn);
  }
}

/** When `judgeGroups` has to look again. Opening and closing wake the store by themselves. */
export function groupsDueAt(store: StoreEntry): number {
  let dueAt = Number.POSITIVE_INFINITY;
  if (!store.whole || store.silentSince > 0) return dueAt;
  for (const { view, rule, faultSince, clearSince } of store.whole.alerts?.values() ?? []) {
    // A store without a sale is judged with the reports of its tills.
    if (rule.type !== 'composite') continue;
    const mayFire = view.state === 'pending' && faultSince > 0 && (rule.hours === 'always' || store.open);
    if (mayFire) dueAt = Math.min(dueAt, faultSince + rule.forS * 1000);
    if (view.state === 'firing' && clearSince > 0) dueAt = Math.min(dueAt, clearSince + rule.clearForS * 1000);
  }
  return dueAt;
}

/** The open incident of a group that this alert is a part of. */
export function groupIncidentOf({ device, rule }: Alert): OpenIncident | undefined {
  for (const group of device.store.whole?.alerts?.values() ?? []) {
    if (group.incident && isPart(group.rule, device, rule.id, rule.type === 'silence')) return group.incident;
  }
  return undefined;
}

/** The group that counts the devices on which the rule of this alert fires; undefined where no rule sees one. */
export const countingGroupOf = ({ device, rule }: Alert): CompositeRule | undefined =>
  device.store.whole?.judged.composites.find(
    (group) => group.when === 'firing' && group.rule === rule.id && device.judged.rules.has(group),
  );

/** How many of a group are at fault now, whether or not they are enough to raise it. */
export function standingOf(store: StoreEntry, group: CompositeRule, turn: Turn): Reason {
  const conditions = conditionsOf(store, group, turn);
  const bad = conditions.filter((condition) => condition === 'bad').length;
  return reasonOf(group, 'fault', bad, conditions.length);
}

/** The incidents of single members that are the same cause as this group's. */
export function memberIncidents(store: StoreEntry, { rule }: Alert): OpenIncident[] {
  if (rule.type !== 'composite' && rule.type !== 'sales') return [];
  return store.devices.flatMap((device) => {
    const open = store.incidents.get(device.key);
    const isSilence = open?.incident.cause.rule === device.judged.silence?.id;
    return open && isPart(rule, device, open.incident.cause.rule, isSilence) ? [open] : [];
  });
}

/** Whether what a rule raised on a device is among what the group counts. */
function isPart(group: Rule, device: DeviceEntry, rule: string, isSilence: boolean): boolean {
  if (group.type !== 'composite') return rule === group.id && device.judged.sales?.id === group.id;
  if (!device.judged.rules.has(group)) return false;
  if (group.when === 'firing') return rule === group.rule;
  return group.when === 'degraded' || isSilence;
}

function verdictOf(rule: CompositeRule, bad: number, blind: number, total: number): Verdict {
  // One is no group: its own alert says all there is to say.
  if (bad >= 2 && bad * 100 >= rule.raise * total) return 'fault';
  return (bad + blind) * 100 <= rule.clear * total ? 'clear' : 'between';
}

function reasonOf(rule: CompositeRule, verdict: Verdict, bad: number, total: number): Reason {
  const { of, when, scope } = rule;
  const params = { of, bad, total, kinds: scope.kinds?.join(' ') ?? '' };
  if (verdict === 'clear') return { code: 'group.cleared', params: { ...params, limit: rule.clear } };
  return { code: `group.${when}`, params: { ...params, limit: rule.raise } };
}

/** More are at fault than ever told. Those that come back and go again are no news. */
const isWorse = ({ view: { state, reason } }: Alert, bad: number): boolean =>
  state === 'firing' && bad > Number(reason.params?.bad);

/** Of the members in service: a device never heard of is none. */
function conditionsOf(store: StoreEntry, rule: CompositeRule, turn: Turn): Condition[] {
  const isMember = (device: DeviceEntry) => device.judged.rules.has(rule) && device.presence !== 'unseen';
  if (rule.of === 'devices') return store.devices.filter(isMember).map((device) => conditionOf(device, rule, turn));
  return store.lanes.flatMap((lane) => {
    const conditions = lane.filter(isMember).map((device) => conditionOf(device, rule, turn));
    // A lane sells as long as one of its devices does.
    const best = (['good', 'blind', 'bad'] as const).find((condition) => conditions.includes(condition));
    return best ?? [];
  });
}

function conditionOf(device: DeviceEntry, rule: CompositeRule, { state, now }: Turn): Condition {
  // What planned work does to it tells nothing.
  if (isInMaintenance(device, now) || isTakenByWork(device, state.pack.settleS * 1000, now)) return 'blind';
  if (rule.when === 'firing' && isFiring(device, ({ rule: { id } }) => id === rule.rule)) return 'bad';
  switch (evidenceOf(device)) {
    case 'heard':
      if (device.unsure) return 'blind';
      return rule.when === 'degraded' && isFiring(device, ({ rule: { type } }) => type !== 'silence') ? 'bad' : 'good';
    case 'silent':
      return rule.when === 'firing' ? 'blind' : 'bad';
    case 'stopped':
      // Until its patience is over an update looks the same.
      return rule.when !== 'firing' && isFiring(device, ({ rule: { type } }) => type === 'silence') ? 'bad' : 'blind';
    default:
      return 'blind';
  }
}

function isFiring({ alerts }: DeviceEntry, takes: (alert: Alert) => boolean): boolean {
  for (const alert of alerts?.values() ?? []) if (alert.view.state === 'firing' && takes(alert)) return true;
  return false;
}
