import { describe, expect, it } from 'vitest';
import { registry } from '../../../agent/checks/registry.gen.ts';
import { catalogue } from '../../../agent/profiles/catalogue.ts';
import { parseRulePack, RulePackError } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';
import { DEVICE_KINDS, type DeviceKind } from '../../../protocol/inventory.ts';
import { MEASUREMENTS } from '../../../protocol/measurements.ts';
import type { Point } from '../../../protocol/messages.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { STORE_WORD_CHECK } from '../../../protocol/store-words.ts';
import { advise, wordsOf } from '../../../protocol/words/index.ts';
import { Lab, storeOf, till } from '../engine/lab.ts';

const rule = (lines: string) =>
  `settle: 15 s\nquiet: 30 s\ngrace: 1 min\nrules:\n  - ${lines.trim().replaceAll('\n', '\n    ')}\n`;

const common = `title: { fr: a, en: b }
severity: warning
urgency: 3
hours: always
for: 1 min
clearFor: 0.5 h`;
const threshold = (over = '') => `id: disk
type: threshold
measurement: disk
field: used_percent
direction: above
raise: 90
clear: 80
${common}
${over}`;
const silence = (over = '') => `id: silent
type: silence
intervals: 3
stoppedFor: 5 min
${common}
${over}`;
const sales = (over = '') => `id: unsold
type: sales
title: { fr: Rien vendu, en: Nothing sold }
severity: critical
urgency: 2
${over}`;

const opening = (over = '') => `id: opening
type: opening
title: { fr: Ouverture, en: Opening }
severity: critical
before: 45 min
${over || 'expectOnBefore: 15 min'}`;

const baseline = (over = '') => `id: slower
type: baseline
title: { fr: Lent, en: Slow }
measurement: ping
field: average_response_ms
by: [url]
direction: above
raise: 6
clear: 3
least: 40
severity: warning
urgency: 3
hours: open
for: 15 min
clearFor: 10 min
${over}`;

const forecast = (over = '') => `id: foreseen
type: forecast
measurement: disk
field: used_percent
by: [path]
direction: rising
limit: 95
within: 24 h
clearBeyond: 2 d
${common}
${over}`;

function faultsOf(text: string): string[] {
  try {
    parseRulePack(text, 'pack.yaml');
  } catch (error) {
    if (error instanceof RulePackError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a rule pack', () => {
  it('says durations in words and means seconds', () => {
    const pack = parseRulePack(rule(threshold()), 'pack.yaml');
    expect(pack).toMatchObject({ settleS: 15, quietS: 30, graceS: 60 });
    expect(pack.rules[0]).toEqual({
      id: 'disk',
      type: 'threshold',
      title: { fr: 'a', en: 'b' },
      scope: {},
      severity: 'warning',
      urgency: 3,
      hours: 'always',
      forS: 60,
      clearForS: 1800,
      measurement: 'disk',
      field: 'used_percent',
      tags: {},
      direction: 'above',
      raise: 90,
      clear: 80,
      unit: 'percent',
    });
  });

  it('takes a forecast, over four weeks where it does not say', () => {
    const [parsed] = parseRulePack(rule(forecast('when: { total: 5 }')), 'pack.yaml').rules;
    expect(parsed).toMatchObject({ type: 'forecast', by: ['path'], tags: {}, when: { total: 5 }, unit: 'percent' });
    expect(parsed).toMatchObject({ withinS: 86_400, clearBeyondS: 172_800, overS: 2_419_200 });
  });

  it('takes sales by the readings of our own check, where it names no others', () => {
    const [parsed] = parseRulePack(rule(sales()), 'pack.yaml').rules;
    const reads = { measurement: 'last_sale', field: 'sales_total', session: 'session_open' };
    expect(parsed).toMatchObject({ type: 'sales', ...reads, chance: 1e-7, others: 30, hours: 'open', forS: 0 });
    const [other] = parseRulePack(rule(sales('measurement: pos\nfield: tickets\nchance: 0.001')), 'pack.yaml').rules;
    expect(other).toMatchObject({ measurement: 'pos', field: 'tickets', chance: 0.001 });
  });

  it('takes an opening check, in seconds', () => {
    const [parsed] = parseRulePack(rule(opening()), 'pack.yaml').rules;
    expect(parsed).toMatchObject({ type: 'opening', severity: 'critical', beforeS: 2700, onBeforeS: 900 });
  });

  it('takes what is usual, by itself or over a window', () => {
    const [parsed] = parseRulePack(rule(baseline()), 'pack.yaml').rules;
    expect(parsed).toMatchObject({ type: 'baseline', tags: {}, adaptS: 7 * 86_400, unit: 'milliseconds' });
    expect(parsed).not.toHaveProperty('window');
    const counted = baseline('window: 1 h\naggregate: rate\nadapt: 3 d')
      .replace('measurement: ping', 'measurement: last_sale')
      .replace('average_response_ms', 'sales_total');
    const [over] = parseRulePack(rule(counted), 'pack.yaml').rules;
    expect(over).toMatchObject({
      unit: 'per-second',
      adaptS: 3 * 86_400,
      window: { aggregate: 'rate', seconds: 3600 },
    });
  });

  it.each([
    ['a chance that is none', rule(sales('chance: 0.5')), [/^pack\.yaml: \/rules\/0\/chance /]],
    ['a duration sales have no use for', rule(sales('for: 5 min')), ['pack.yaml: /rules/0/for is not known here']],
    [
      'an opening check that expects tills before it looks',
      rule(opening('expectOnBefore: 1 h')),
      ['pack.yaml: /rules/0/expectOnBefore must be at most before (45 min); it is 1 h'],
    ],
    [
      'an opening check of days',
      rule(opening().replace('45 min', '2 d')),
      ['pack.yaml: /rules/0/before must be 1 d at most; it is 2 d'],
    ],
    [
      'the usual, cleared where it raises',
      rule(baseline().replace('clear: 3', 'clear: 6')),
      ['pack.yaml: /rules/0/clear must be below raise (6); it is 6'],
    ],
    [
      'the usual, of a fault before it is one',
      rule(baseline('adapt: 10 min')),
      ['pack.yaml: /rules/0/adapt must be more than for (15 min); it is 10 min'],
    ],
    [
      'the usual of a reading without a unit',
      rule(baseline().replace('measurement: ping', 'measurement: sim_card')),
      ['pack.yaml: /rules/0/unit must be given: sim_card average_response_ms is not a reading Vigie knows'],
    ],
    [
      'the usual of an aggregate without a window',
      rule(baseline('aggregate: rate')),
      ['pack.yaml: /rules/0/window must be given: rate is of some time'],
    ],
    [
      'what is missing',
      'rules: [{ id: a, type: silence }]',
      ['pack.yaml: /settle must be given', 'pack.yaml: /rules/0/intervals must be given'],
    ],
    [
      'an unknown type',
      rule('id: a\ntype: guess'),
      [
        'pack.yaml: /rules/0/type must be one of threshold, status, silence, composite, forecast, sales, opening, baseline',
      ],
    ],
    ['an unknown key', rule(threshold('cleer: 3')), ['pack.yaml: /rules/0/cleer is not known here']],
    [
      'a duration without unit',
      rule(threshold().replace('1 min', '60')),
      ['pack.yaml: /rules/0/for must be a duration such as `30 s`, `5 min` or `1 h`'],
    ],
    [
      'a value that is not one of ours',
      rule(threshold().replace('warning', 'terrible')),
      ['pack.yaml: /rules/0/severity must be one of warning, critical'],
    ],
    [
      'an unknown kind',
      rule(threshold('kinds: [toaster]')),
      [/^pack\.yaml: \/rules\/0\/kinds\/0 must be one of till, self-checkout, /],
    ],
    [
      'an attribute of nobody',
      rule(threshold('attributes: { colour: red }')),
      ['pack.yaml: /rules/0/attributes/colour is not known here'],
    ],
    [
      'clear on the wrong side',
      rule(threshold().replace('clear: 80', 'clear: 90')),
      ['pack.yaml: /rules/0/clear must be below raise (90), its safe side; it is 90'],
    ],
    [
      'clear on the wrong side, downwards',
      rule(threshold().replace('above', 'below')),
      ['pack.yaml: /rules/0/clear must be above raise (90), its safe side; it is 80'],
    ],
    [
      'an aggregate of no time',
      rule(threshold('aggregate: avg')),
      ['pack.yaml: /rules/0/window must be given: avg is of some time'],
    ],
    [
      'a window of nothing',
      rule(threshold('window: 10 min')),
      ['pack.yaml: /rules/0/aggregate must be given with a window'],
    ],
    [
      'a window that is too long',
      rule(threshold('window: 25 h\naggregate: max')),
      ['pack.yaml: /rules/0/window must be from 10 s to 24 h; it is 25 h'],
    ],
    [
      'a window that is no duration',
      rule(threshold('window: 10\naggregate: max')),
      ['pack.yaml: /rules/0/window must be a duration such as `30 s`, `5 min` or `1 h`'],
    ],
    [
      'coverage without a window',
      rule(threshold('coverage: 50')),
      ['pack.yaml: /rules/0/coverage is only for a window'],
    ],
    [
      'an unknown aggregate',
      rule(threshold('window: 10 min\naggregate: median')),
      ['pack.yaml: /rules/0/aggregate must be one of last, avg, min, max, p95, rate, delta, count'],
    ],
    [
      'an answer to missing data without its time',
      rule(threshold('noData: alert')),
      ['pack.yaml: /rules/0/after must be given with noData: alert'],
    ],
    [
      'an answer that comes at once',
      rule(threshold('noData: resolve\nafter: 0 s')),
      ['pack.yaml: /rules/0/after must be more than nothing'],
    ],
    [
      'a time that nothing waits for',
      rule(threshold('after: 5 min')),
      ['pack.yaml: /rules/0/after is only for noData: alert or resolve'],
    ],
    [
      'a group without raise, and with one that clears where it raises',
      rule(`id: g\ntype: composite\nwhen: down\nraise: 50\nclear: 50\n${common}`),
      ['pack.yaml: /rules/0/clear must be below raise (50); it is 50'],
    ],
    [
      'a share of more than all',
      rule(`id: g\ntype: composite\nwhen: down\nraise: 120\nclear: 50\n${common}`),
      ['pack.yaml: /rules/0/raise must be <= 100'],
    ],
    [
      'a group that counts an alert of no rule',
      rule(`id: g\ntype: composite\nwhen: firing\nraise: 50\nclear: 30\n${common}`),
      ['pack.yaml: /rules/0/rule must be given with when: firing'],
    ],
    [
      'a group that counts an alert of a rule that is not there',
      rule(`id: g\ntype: composite\nwhen: firing\nrule: disk\nraise: 50\nclear: 30\n${common}`),
      ['pack.yaml: /rules/0/rule names no rule of this pack: disk'],
    ],
    [
      'a group of groups',
      rule(`id: g\ntype: composite\nwhen: firing\nrule: g\nraise: 50\nclear: 30\n${common}`),
      ['pack.yaml: /rules/0/rule must judge devices; g judges a group'],
    ],
    [
      'a rule that nothing counts',
      rule(`id: g\ntype: composite\nwhen: down\nrule: g\nraise: 50\nclear: 30\n${common}`),
      ['pack.yaml: /rules/0/rule is only for when: firing'],
    ],
    ['missing data of a silence', rule(silence('noData: alert')), ['pack.yaml: /rules/0/noData is not known here']],
    [
      'a reading without a unit',
      rule(threshold().replace('measurement: disk', 'measurement: pos_queue')),
      ['pack.yaml: /rules/0/unit must be given: pos_queue used_percent is not a reading Vigie knows'],
    ],
    [
      'a measurement that every object has',
      rule(threshold().replace('measurement: disk', 'measurement: constructor')),
      ['pack.yaml: /rules/0/unit must be given: constructor used_percent is not a reading Vigie knows'],
    ],
    [
      'two rules of one name',
      `${rule(threshold())}  - ${threshold().replaceAll('\n', '\n    ')}\n`,
      ['pack.yaml: /rules/1/id must be its own; /rules/0 is disk too'],
    ],
    [
      'two silences of one kind',
      `${rule(silence('kinds: [till]'))}  - ${silence('kinds: [server, till]').replace('id: silent', 'id: mute').replaceAll('\n', '\n    ')}\n`,
      ['pack.yaml: /rules/1/kinds must leave out till: silent judges its silence already'],
    ],
    [
      'a forecast that clears before it raises',
      rule(forecast().replace('2 d', '24 h')),
      ['pack.yaml: /rules/0/clearBeyond must be more than within (24 h); it is 24 h'],
    ],
    [
      'a forecast that looks back less than ahead',
      rule(forecast('over: 30 h')),
      ['pack.yaml: /rules/0/over must be clearBeyond (2 d) or more; it is 30 h'],
    ],
    [
      'a forecast of a reading without a unit',
      rule(forecast().replace('measurement: disk', 'measurement: sim_card')),
      ['pack.yaml: /rules/0/unit must be given: sim_card used_percent is not a reading Vigie knows'],
    ],
    [
      'a forecast that does not say what tells its quantities apart',
      rule(forecast().replace('by: [path]\n', '')),
      ['pack.yaml: /rules/0/by must be given'],
    ],
    ['what is no YAML', 'rules: [', [/^pack\.yaml: line 1, column \d+: /]],
    ['what is no pack', '42', ['pack.yaml: must be object']],
    ['an empty file', '', ['pack.yaml: must be object']],
    [
      'a list where a rule belongs',
      'settle: 1 s\nquiet: 1 s\ngrace: 1 s\nrules: [[]]',
      [
        'pack.yaml: /rules/0/type must be one of threshold, status, silence, composite, forecast, sales, opening, baseline',
      ],
    ],
    ['rules that are no list', 'settle: 1 s\nquiet: 1 s\ngrace: 1 s\nrules: 3', ['pack.yaml: /rules must be array']],
  ])('names %s', (_, text, expected) => {
    const faults = faultsOf(text);
    for (const fault of expected) {
      if (typeof fault === 'string') expect(faults).toContain(fault);
      else expect(faults.some((line) => fault.test(line))).toBe(true);
    }
  });

  it('takes a window with its aggregate, in the unit of what is judged, and an answer to missing data', () => {
    const text = rule(threshold('window: 10 min\naggregate: avg\nnoData: alert\nafter: 5 min'));
    expect(parseRulePack(text, 'pack.yaml').rules[0]).toMatchObject({
      window: { aggregate: 'avg', seconds: 600, coverage: 0.8 },
      unit: 'percent',
      noData: { does: 'alert', afterS: 300 },
    });
    const traffic = threshold('window: 5 min\naggregate: rate\ncoverage: 100\nnoData: keep')
      .replace('measurement: disk', 'measurement: net')
      .replace('field: used_percent', 'field: bytes_recv');
    const [rated] = parseRulePack(rule(traffic), 'pack.yaml').rules;
    expect(rated).toMatchObject({ window: { aggregate: 'rate', coverage: 1 }, unit: 'bytes/s' });
    expect(rated).not.toHaveProperty('noData');
    const counted = parseRulePack(rule(threshold('window: 5 min\naggregate: count')), 'pack.yaml');
    expect(counted.rules[0]).toMatchObject({ unit: 'count' });
  });

  it('takes a share of a group', () => {
    const lines = `id: wifi\ntype: composite\nkinds: [access-point]\nwhen: down\nraise: 50\nclear: 30\n${common}`;
    expect(parseRulePack(rule(lines), 'pack.yaml').rules[0]).toMatchObject({
      type: 'composite',
      scope: { kinds: ['access-point'] },
      of: 'devices',
      when: 'down',
      raise: 50,
      clear: 30,
      forS: 60,
    });
  });

  it('takes a check or a list of them, and leaves some out', () => {
    const status = (more: string) => rule(`id: a\ntype: status\nraise: [critical]\n${common}\n${more}`);
    expect(parseRulePack(status('check: ping'), 'pack.yaml').rules[0]).toMatchObject({ check: ['ping'] });
    expect(parseRulePack(status('check: "*"\nexcept: [ping, dns*]'), 'pack.yaml').rules[0]).toMatchObject({
      check: ['*'],
      except: ['ping', 'dns*'],
    });
    expect(faultsOf(status('check: 5'))).toEqual([
      'pack.yaml: /rules/0/check must be string',
      'pack.yaml: /rules/0/check must be array',
    ]);
  });

  it('of too many rules reads none, and tells a hundred faults at most', () => {
    const faultsOf = (count: number) => {
      const frame = 'settle: 15 s\nquiet: 30 s\ngrace: 1 min\nrules:\n';
      try {
        parseRulePack(frame + '- {a: 1}\n'.repeat(count), 'x');
      } catch (error) {
        return (error as RulePackError).faults;
      }
      return [];
    };
    expect(faultsOf(501)).toEqual([{ path: '/rules', message: expect.stringContaining('500') }]);
    expect(faultsOf(500)).toHaveLength(100);
    expect(faultsOf(3)).toHaveLength(3);
  });

  it('that cannot be read is named', () => {
    expect(() => readRulePack('/nowhere/rules.yaml')).toThrow(/^\/nowhere\/rules\.yaml: cannot be read: /);
  });
});

/** What an agent says of a device it asks over SNMP; those that end in a colon bear a name. */
const SNMP_CHECKS = ['snmp', 'hardware', 'supplies', 'uplink:', 'trap:'];

describe('the default pack', () => {
  const pack = readRulePack(defaultRulePackPath);

  it('judges the silence of every kind of device once', () => {
    for (const kind of DEVICE_KINDS) {
      const judging = pack.rules.filter(
        (one) => one.type === 'silence' && (one.scope.kinds ?? DEVICE_KINDS).includes(kind),
      );
      expect([kind, judging.length]).toEqual([kind, 1]);
    }
  });

  it('is titled in both languages', () => {
    for (const { title } of pack.rules) {
      expect(title.fr).not.toBe(title.en);
      expect(title.fr).not.toMatch(/['"]/);
    }
  });

  it('asks for readings, tags and checks that there are', async () => {
    const profiles = await Promise.all(Object.values(catalogue).map((load) => load()));
    const named = profiles.flatMap(({ checks }) => checks.flatMap(({ name }) => name ?? []));
    const checks = new Set(['', ...Object.keys(registry), ...named, ...SNMP_CHECKS, STORE_WORD_CHECK, 'alertmanager:']);
    const unknown = pack.rules.flatMap((rule) => {
      if (rule.type === 'silence' || rule.type === 'composite' || rule.type === 'opening') return [];
      if (rule.type === 'status') {
        return [...rule.check, ...(rule.except ?? [])].filter((name) => !checks.has(name.replace(/\*$/, '')));
      }
      const { measurement, field } = rule;
      const { tags, by = [] } = rule.type === 'sales' ? { tags: {} } : rule;
      const known = MEASUREMENTS[measurement];
      const asked = [...Object.keys(tags), ...by];
      return [
        ...(known?.fields[field] ? [] : [`${measurement} ${field}`]),
        ...asked.filter((tag) => !known?.tags.includes(tag)).map((tag) => `${measurement} ${tag}`),
      ];
    });
    expect(unknown).toEqual([]);
  });

  it('knows what to do first about everything it names', () => {
    const vague = pack.rules.flatMap((rule) => {
      const checks = rule.type === 'status' ? rule.check.filter((name) => name !== '*') : [];
      const reasons: Reason[] = [
        ...checks.map((check) => ({
          code: 'status.critical' as const,
          params: { check: check.replace(/\*$/, ':it') },
        })),
        ...(rule.type === 'forecast'
          ? [{ code: `forecast.${rule.direction}` as const, params: { reading: `${rule.measurement} ${rule.field}` } }]
          : []),
        ...(rule.type === 'threshold' && !rule.measurement.startsWith('vigie')
          ? [{ code: `threshold.${rule.direction}` as const, params: { reading: `${rule.measurement} ${rule.field}` } }]
          : []),
      ];
      const cause = { kind: 'device', target: 'chain/lyon/it', rule: rule.id } as const;
      return reasons.filter(
        (reason) =>
          advise('en', { cause: { ...cause, reason }, fold: { code: 'fold.alone' } }) === wordsOf('en').advice.other,
      );
    });
    expect(vague).toEqual([]);
  });

  it('tells alerts apart by what stays the same when the fault is mended', () => {
    const changing = ['common_name', 'issuer_common_name', 'verification', 'serial_no', 'model', 'result'];
    for (const rule of pack.rules) {
      if (rule.type !== 'threshold' && rule.type !== 'forecast') continue;
      const apart = rule.by ?? MEASUREMENTS[rule.measurement]?.tags ?? [];
      expect([rule.id, ...apart.filter((tag) => changing.includes(tag))]).toEqual([rule.id]);
    }
  });

  it('judges every critical check of every kind once, and what only warns in opening hours, with little urgency', () => {
    const snmp = SNMP_CHECKS.map((name) => name.replace(/:$/, ':it'));
    const names = [
      ...Object.keys(registry),
      ...snmp,
      ...['ups', 'terminal', 'printer', 'backup', 'prices', 'of-their-own'],
    ];
    for (const kind of DEVICE_KINDS) {
      const lab = new Lab(pack, storeOf([{ name: 'it', kind }]));
      lab.presence('it', 'birth');
      lab.report(
        'it',
        [],
        names.map((check) => ({ check, status: 'critical' })),
      );
      const raised = lab.transitions.filter(({ from }) => from === 'ok').map(({ alert }) => alert.instance);
      expect(raised.sort()).toEqual([...names].sort());
    }
    const lasting = pack.rules.filter(({ id }) => ['wan-on-backup', 'ups-warning'].includes(id));
    for (const rule of pack.rules) {
      if (rule.type !== 'status' || !rule.raise.includes('warning') || lasting.includes(rule)) continue;
      expect(rule).toMatchObject({ severity: 'warning', urgency: 3, hours: 'open' });
    }
  });

  /** What is raised of a device that says this, within two hours of a day when its store is open. */
  function raised(kind: DeviceKind, points: Point[], statuses: CheckStatus[]) {
    const lab = new Lab(pack, storeOf([{ name: 'it', kind }]));
    lab.presence('it', 'birth');
    for (let round = 0; round < 240; round++) {
      lab.report('it', points, statuses);
      lab.pass(30);
    }
    return lab.transitions
      .filter(({ alert }) => alert.state === 'firing')
      .map(({ alert: { rule, severity, instance } }) => [rule, severity, instance]);
  }

  it.each([
    ['switch', 'uplink:Te1', 'critical', 'uplink-down', 'critical'],
    ['camera', 'uplink:eth0', 'critical', 'accessory-uplink-down', 'critical'],
    ['switch', 'hardware', 'critical', 'hardware-failing', 'critical'],
    ['switch', 'hardware', 'warning', 'check-warning', 'warning'],
    ['nas', 'hardware', 'critical', 'accessory-hardware-failing', 'critical'],
    ['printer', 'supplies', 'critical', 'supplies-low', 'warning'],
    ['printer', 'supplies', 'warning', 'supplies-low', 'warning'],
    ['printer', 'printer', 'critical', 'office-printer-stopped', 'critical'],
    ['printer', 'printer', 'warning', 'printer-paper-low', 'warning'],
    ['ups', 'ups', 'warning', 'ups-warning', 'warning'],
    ['ups', 'ups', 'critical', 'check-critical', 'critical'],
    ['router', 'snmp', 'warning', 'check-warning', 'warning'],
    ['router', 'trap:linkFlap:3', 'critical', 'trap-critical', 'critical'],
    ['pdu', 'trap:outletOff', 'critical', 'accessory-trap-critical', 'critical'],
    ['pdu', 'trap:outletOff', 'warning', 'trap-warning', 'warning'],
  ] as const)('of a %s, %s that is %s is judged by %s alone', (kind, check, status, rule, severity) => {
    expect(raised(kind, [], [{ check, status }])).toEqual([[rule, severity, check]]);
  });

  it('names the line that is full and the port that counts errors, and leaves a busy port of a switch alone', () => {
    const port = (name: string, f: Record<string, number>) => ({ m: 'interface', t: { name, alias: 'x' }, f });
    const points = [
      port('wan1', { in_utilization: 96, out_utilization: 20, in_errors: 0 }),
      port('lan1', { in_utilization: 10, out_utilization: 40, in_errors: 7 }),
    ];
    expect(raised('router', points, []).map(([rule, , instance]) => [rule, instance])).toEqual([
      ['line-saturated-in', 'name=wan1'],
      ['link-errors', 'name=lan1'],
    ]);
    expect(raised('switch', points.slice(0, 1), [])).toEqual([]);
  });

  it('judges a full disk of our own agent’s host once whatever it is, and of others where it is no firmware', () => {
    const full = (t: Record<string, string>): Point[] => [{ m: 'disk', t, f: { used_percent: 99 } }];
    const rules = (kind: DeviceKind, t: Record<string, string>) => raised(kind, full(t), []).map(([rule]) => rule);
    const stores = DEVICE_KINDS.filter((kind) => rules(kind, { path: '/' }).length > 0);
    expect(stores.sort()).toEqual(['gateway', 'nas', 'self-checkout', 'server', 'till']);
    for (const kind of DEVICE_KINDS) {
      const own = stores.includes(kind) ? ['disk-filling', 'disk-full'] : ['host-disk-filling', 'host-disk-full'];
      expect([kind, ...rules(kind, { path: '/', device: 'sda1', fstype: 'ext4' })]).toEqual([kind, ...own]);
    }
  });

  it('judges an uplink and the hardware of core equipment at any hour, and of the rest while the store is open', () => {
    const hours = Object.fromEntries(pack.rules.map(({ id, hours: when, urgency }) => [id, [when, urgency]]));
    expect(hours).toMatchObject({
      'uplink-down': ['always', 1],
      'hardware-failing': ['always', 2],
      'trap-critical': ['always', 2],
      'accessory-hardware-failing': ['open', 3],
      'supplies-low': ['open', 3],
    });
  });

  it.each(['till', 'server'] as const)('leaves a healthy small %s alone', (kind) => {
    const lab = new Lab(pack, storeOf([till(1, { kind })]));
    lab.presence('till-1', 'birth');
    for (let round = 0; round < 60; round++) {
      lab.report(
        'till-1',
        [
          { m: 'cpu', t: { cpu: 'cpu-total' }, f: { usage_active: round % 10 === 0 ? 100 : 35 } },
          { m: 'cpu', t: { cpu: 'cpu0' }, f: { usage_active: 100 } },
          { m: 'mem', f: { used_percent: 88 } },
          { m: 'swap', f: { total: 0, used: 0, used_percent: 0 } },
          { m: 'disk', t: { path: '/' }, f: { used_percent: 78, inodes_used_percent: 40 } },
          { m: 'system', f: { load1: 6, n_cpus: 1 } },
          { m: 'updates', t: { manager: 'apt' }, f: { pending: 60, security: 12 } },
          { m: 'ntp', t: { server: 'time' }, f: { offset: -800, offset_abs: 800 } },
          { m: 'temp', t: { sensor: 'cpu' }, f: { temp: round % 10 === 0 ? 92 : 70 } },
          { m: 'x509_cert', t: { source: 'pos:443' }, f: { days_left: 30 } },
          {
            m: 'ping',
            t: { url: 'router' },
            f: { percent_packet_loss: round % 5 === 0 ? 33 : 0, average_response_ms: 40 },
          },
          { m: 'unsent_sales', f: { count: 3, oldest_age_seconds: 400, selling_offline: 1 } },
          { m: 'last_sale', f: { age_seconds: 50_000 } },
        ],
        [
          { check: 'process:pos', status: 'ok' },
          { check: 'reboot', status: 'warning' },
          { check: 'unsent_sales', status: 'warning' },
          { check: 'printer', status: round % 50 < 4 ? 'critical' : round % 50 < 20 ? 'warning' : 'ok' },
        ],
      );
      lab.pass(30);
    }
    expect(lab.transitions.filter(({ alert }) => alert.state === 'firing')).toEqual([]);
  });
});
