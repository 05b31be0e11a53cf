import type { Reason, ReasonCode } from '../reasons.ts';
import type { Incident } from '../views.ts';
import type { Advice } from './words.ts';

/** By the measurement or the type of the check; the names that the agent's profiles give their checks stand beside it. */
const BY_MEASUREMENT: Readonly<Record<string, Advice>> = {
  cpu: 'processor',
  system: 'processor',
  mem: 'memory',
  swap: 'memory',
  disk: 'disk',
  procstat_lookup: 'process',
  service: 'process',
  till_app: 'process',
  till: 'process',
  net_response: 'service',
  http_response: 'service',
  http: 'service',
  smart: 'disk-health',
  smart_device: 'disk-health',
  receipt_printer: 'printer',
  printer: 'printer',
  payment_terminal: 'payment-terminal',
  terminal: 'payment-terminal',
  usb_device: 'peripheral',
  x509_cert: 'certificate',
  certificate: 'certificate',
  internal_agent: 'agent',
  reboot: 'upkeep',
  updates: 'upkeep',
  antivirus: 'upkeep',
  ntp: 'clock',
  time: 'clock',
  temperature: 'heat',
  temp: 'heat',
  upsd: 'power',
  ups: 'power',
  hardware: 'hardware',
  snmp_sensor: 'hardware',
  uplink: 'uplink',
  supplies: 'supplies',
  printer_supply: 'supplies',
  snmp: 'reading',
  trap: 'told',
  interface: 'traffic',
  wan_path: 'link',
  ping: 'link',
  outside: 'link',
  gateway: 'link',
  dns_query: 'link',
  dns: 'link',
  filestat: 'task',
  backup: 'task',
  prices: 'task',
  scheduled_task: 'task',
  unsent_sales: 'sales',
  last_sale: 'sales',
  fiscal_device: 'fiscal',
  store_word: 'store-word',
  alertmanager: 'prometheus',
};

const PARENT_FOLDS: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['fold.switch', 'fold.parent', 'fold.behind']);

/** What helps first, by what is at fault. */
export function adviceFor({ cause, fold }: Pick<Incident, 'cause' | 'fold'>): Advice {
  if (cause.reason.code === 'store.cut-off') return 'cut-off';
  if (cause.reason.code === 'store.power-cut') return 'power-cut';
  if (cause.reason.code === 'store.wan-cut') return 'wan-cut';
  if (cause.reason.code === 'sales.silent' || cause.reason.code === 'sales.store-silent') return 'unsold';
  if (PARENT_FOLDS.has(fold.code)) return 'parent-down';
  if (fold.code === 'fold.off-lan-together') return 'off-lan-together';
  if (fold.code === 'fold.store-silent') return 'store-silent';
  if (fold.code === 'fold.fell-together' || fold.code === 'fold.group') return 'fell-together';
  switch (cause.reason.code) {
    case 'presence.lost':
    case 'presence.no-return':
      return 'lost';
    case 'presence.agent-died':
      return 'agent-died';
    case 'presence.off-lan':
      return 'off-lan';
    case 'presence.off-gateway':
      return 'off-gateway';
    case 'presence.refused':
      return 'refused';
    case 'presence.silent':
      return 'silent';
    case 'presence.flapping':
      return 'unsteady';
    case 'presence.stopped':
      return 'stopped';
    case 'presence.unreachable':
    case 'presence.watcher-lost':
      return 'unreachable';
    default:
      return adviceOn(measured(cause.reason));
  }
}

/** People name checks as they like, also after what every object has. */
const adviceOn = (word: string): Advice =>
  Object.hasOwn(BY_MEASUREMENT, word) ? (BY_MEASUREMENT[word] as Advice) : 'other';

/** The measurement a reason speaks of: the first word of a reading or of a check's name. */
function measured({ params }: Reason): string {
  const source = String(params?.reading ?? params?.check ?? '');
  const word = source.match(/^[a-z][a-z0-9_]*/)?.[0] ?? '';
  return word === 'process' ? 'procstat_lookup' : word;
}
