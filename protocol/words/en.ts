import type { Aggregate } from '../aggregates.ts';
import type { DeviceKind } from '../inventory.ts';
import { STORE_WORD_CHECK } from '../store-words.ts';
import { majorsEn } from './majors-en.ts';
import type { Told, Words } from './words.ts';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** What a check said, where it said something. */
const saying = (told: Told): string => (told.has('text') ? `: ${told.text('text')}` : '');

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  last: 'last reading',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
  p95: '95th percentile',
  rate: 'rate',
  delta: 'gain',
  count: 'number of readings',
};

/** A reading, and what of it is judged over some time. */
const judged = (told: Told): string => {
  if (!told.has('aggregate')) return told.reading('reading');
  const aggregate = AGGREGATES[told.text('aggregate') as Aggregate] ?? told.text('aggregate');
  return `${told.reading('reading')}, ${aggregate} over ${told.duration('windowS')}`;
};

/** How many of a group, e.g. `3 of 5 devices (Access point)`. */
function share(told: Told): string {
  const what = told.text('of') === 'lanes' ? 'lanes' : 'devices';
  const kinds = told.has('kinds')
    ? ` (${told
        .text('kinds')
        .split(' ')
        .map((kind) => en.deviceKinds[kind as DeviceKind] ?? kind)
        .join(', ')})`
    : '';
  return `${told.count('bad')} of ${told.count('total')} ${what}${kinds}`;
}

/** How things stood before an action and stand after it, and what it printed. */
const standing = (told: Told): string =>
  [
    told.has('before') ? `; before: ${told.text('before')}` : '',
    told.has('after') ? `; after: ${told.text('after')}` : '',
    told.has('output') ? `; output: ${told.text('output')}` : '',
  ].join('');

/** What was agreed, of answering and of restoring. */
const deadlines = (told: Told): string =>
  [
    ...(told.has('respond') ? [`answer within ${told.duration('respond')}`] : []),
    ...(told.has('restore') ? [`restore within ${told.duration('restore')}`] : []),
  ].join(', ');

/** What is, how fast it goes, when it gets there, and how sure that is. */
const foreseen = (told: Told, limit: string): string => {
  const between = told.has('latestAt')
    ? `between ${told.moment('earliestAt')} and ${told.moment('latestAt')}, 8 times in 10`
    : `not before ${told.moment('earliestAt')}, 9 times in 10`;
  return `${told.reading('reading')}: ${told.amount('value')}, ${told.change('perDay')} a day, ${limit} expected ${told.moment('expectedAt')} (${between})`;
};

/** What is, and what is usual at this hour of the week. */
const unusual = (told: Told, side: string): string =>
  `${judged(told)}: ${told.amount('value')}, where ${told.amount('expected')} is usual at this hour (unusual ${side} ${told.amount('limit')})`;

/** For how long nothing was sold, what was expected meanwhile, and how unlikely that is. */
const unsold = (told: Told): string => {
  const since = told.has('seconds') ? ` for ${told.duration('seconds')}` : ' since the store opened';
  const sales = plural(told.number('expected'), 'sale', 'sales');
  return `${since}, where its own curve expects ${told.count('expected')} ${sales} (1 chance in ${told.count('odds')})`;
};

/** The number of a change, where it has one. */
const numbered = (told: Told): string => (told.has('number') ? ` (${told.text('number')})` : '');

const devices = (told: Told): string =>
  `${told.count('devices')} ${plural(told.number('devices'), 'device', 'devices')}`;

/** Where the parent hangs itself. */
const uplink = (told: Told): string =>
  told.has('port') ? `, port ${told.text('port')} of ${told.target('uplink')}` : '';

/** English, plain. */
export const en: Words = {
  reasons: {
    'presence.back': 'Back online',
    'presence.lost': 'Connection lost',
    'presence.silent': (told) => `Connected, but no readings for ${told.duration('seconds')}`,
    'presence.stopped': 'Agent stopped cleanly',
    'presence.unreachable': (told) => `No longer answers the agent that watches it (${told.target('watcher')})`,
    'presence.agent-died': 'The machine answers on the store’s network: its agent (or the till software) has stopped',
    'presence.off-lan': (told) =>
      told.number('asked') > 0
        ? `No answer on the store’s network, neither to the gateway nor to ${told.count('asked')} ${plural(told.number('asked'), 'neighbour', 'neighbours')}: its power, its cable or its switch port`
        : 'No answer to the gateway on the store’s network: its power, its cable or its switch port',
    'presence.off-gateway': (told) =>
      `Answers ${told.count('reached')} of ${told.count('asked')} ${plural(told.number('asked'), 'neighbour', 'neighbours')} but no longer the gateway (${told.target('gateway')}): a broken link between the two`,
    'presence.refused': 'Its certificate was revoked: the store’s gateway lets it in no more',
    'presence.was-off-lan': (told) =>
      `Only the network was cut: ${told.count('reports')} ${plural(told.number('reports'), 'reading', 'readings')} kept on the spot, over ${told.duration('seconds')}, ${plural(told.number('reports'), 'proves', 'prove')} that nothing else had stopped`,
    'presence.no-return': 'Not heard from since monitoring restarted',
    'presence.unseen': 'Not heard from yet',
    'presence.flapping': (told) =>
      `Unsteady: the device is lost and comes back again and again (flapping ${told.percent('percent')})`,
    'presence.watcher-lost': (told) => `No news from the agent that watches it (${told.target('watcher')})`,

    'threshold.above': (told) => `${judged(told)}: ${told.amount('value')}, limit of ${told.amount('limit')} reached`,
    'threshold.below': (told) =>
      `${judged(told)}: ${told.amount('value')}, down to the limit of ${told.amount('limit')}`,
    'threshold.flapping': (told) =>
      `${judged(told)}: unsteady around the limit of ${told.amount('limit')} (flapping ${told.percent('percent')})`,
    'threshold.cleared': (told) =>
      `${judged(told)}: ${told.amount('value')}, back to normal (limit ${told.amount('limit')})`,
    'forecast.rising': (told) => foreseen(told, told.amount('limit')),
    'forecast.falling': (told) => foreseen(told, `down to ${told.amount('limit')}`),
    'forecast.cleared': (told) =>
      `${told.reading('reading')}: ${told.amount('value')}, ${told.amount('limit')} no longer in sight`,
    'baseline.above': (told) => unusual(told, 'above'),
    'baseline.below': (told) => unusual(told, 'below'),
    'baseline.cleared': (told) =>
      `${judged(told)}: ${told.amount('value')}, as usual again (${told.amount('expected')} at this hour)`,
    'sales.silent': (told) => `Sells nothing${unsold(told)}, while the other tills sell`,
    'sales.store-silent': (told) =>
      `None of the ${told.count('total')} tills sells anything${unsold(told)}, though all are heard`,
    'sales.resumed': 'Sells again',
    'sales.unstaffed': 'Nobody is at the till any more',
    'sales.given-up': 'No sale for days: the lane is not used',
    'status.warning': (told) => `Check ‘${told.text('check')}’ degraded${saying(told)}`,
    'status.critical': (told) =>
      told.text('check') === STORE_WORD_CHECK
        ? `Said to be blocked by the store${saying(told)}`
        : `Check ‘${told.text('check')}’ failing${saying(told)}`,
    'status.unknown': (told) => `Check ‘${told.text('check')}’ gave no result${saying(told)}`,
    'status.flapping': (told) =>
      `Check ‘${told.text('check')}’ unsteady (flapping ${told.percent('percent')})${saying(told)}`,
    'status.cleared': (told) => `Check ‘${told.text('check')}’ fine again`,
    'group.down': (told) => `${share(told)} down, limit ${told.percent('limit')}`,
    'group.degraded': (told) => `${share(told)} down or degraded, limit ${told.percent('limit')}`,
    'group.firing': (told) => `${share(told)} with the same alert, limit ${told.percent('limit')}`,
    'group.cleared': (told) => `${share(told)} still affected, back to normal (limit ${told.percent('limit')})`,
    'no-data.reading': (told) =>
      `${told.reading('reading')}: no reading for ${told.duration('seconds')}, though the device is heard`,
    'no-data.check': (told) =>
      `Check ‘${told.text('check')}’: no result for ${told.duration('seconds')}, though the device is heard`,
    'no-data.back': (told) =>
      told.has('check') ? `Check ‘${told.text('check')}’: results again` : `${told.reading('reading')}: readings again`,
    'alert.steady': 'Steady again, without fault',
    'no-longer-watched': 'No longer watched',
    'rule.gone': 'No longer judged: the rules were changed',

    'fold.store-silent': (told) =>
      plural(
        told.number('devices'),
        'The only device of the store fell silent',
        `All ${told.count('devices')} devices of the store fell silent together`,
      ),
    'fold.fell-together': 'Several devices of the store fell silent together',
    'fold.off-lan-together':
      'Several devices left the store’s network together while the gateway hears others: the switch they share',
    'fold.group': (told) => `${share(told)} affected together: most likely one cause`,
    'fold.power': (told) =>
      told.number('minutes') > 0
        ? `${devices(told)} fell while the UPS ${told.target('ups')} was on battery, for ${told.count('minutes')} min by then`
        : `${devices(told)} fell when the UPS ${told.target('ups')} went on battery`,
    'fold.power-group': (told) => `All that ${told.target('source')} feeds fell together (${devices(told)})`,
    'fold.wan': (told) =>
      `Main link and backup${told.has('link') ? ` (${told.text('link')})` : ''} are both gone (${devices(told)} out of reach)`,
    'fold.switch': (told) =>
      `${devices(told)} fell with the switch they hang on (${told.target('parent')})${uplink(told)}`,
    'fold.parent': (told) => `${devices(told)} fell with what they hang on (${told.target('parent')})${uplink(told)}`,
    'fold.behind': (told) =>
      `All that hangs on ${told.target('parent')}, which nobody watches, fell together (${devices(told)}) while the rest of the store is heard`,
    'fold.alone': 'Nothing else in the store shares this cause',

    'opening.not-ready': (told) =>
      `Found by the opening check, ${told.count('minutes')} min before the store opens (${told.target('device')}): ${told.count('ready')} of ${told.count('total')} lanes ready`,
    'maintenance.planned': (told) =>
      `Planned maintenance until ${told.wallTime('until')}: ${told.text('title')}${numbered(told)}, by ${told.text('who')}`,
    'maintenance.over': (told) => `Planned maintenance over: ${told.text('title')}${numbered(told)}`,
    'change.suspect': (told) =>
      `It began during a change or right after it, which is suspect: ${told.text('title')}${numbered(told)}, by ${told.text('who')}`,

    'incident.opened': 'Incident opened',
    'incident.cause-changed': (told) => `Cause revised (before: ${told.target('from')})`,
    'incident.joined': (told) => `Alert joined: ${told.target('alert')}`,
    'incident.flapping': (told) => `Alert flapping, kept open: ${told.target('alert')}`,
    'incident.steady': (told) => `Alert steady again: ${told.target('alert')}`,
    'incident.alert-cleared': (told) => `Alert cleared: ${told.target('alert')}`,
    'incident.alert-moved': (told) => `Alert moved to the incident of its own cause: ${told.target('alert')}`,
    'incident.priority-changed': (told) => `Priority changed from ${told.priority('from')} to ${told.priority('to')}`,
    'incident.graver': 'Open again: it was acknowledged for something smaller',
    'incident.escalated': (told) =>
      `Escalated to ${told.text('level')}: ${told.amount('share')} of the time to ${told.text('clock')} used`,
    'incident.deadlines-moved': (told) =>
      deadlines(told) === '' ? 'No deadline at this priority' : `New deadlines, in service time: ${deadlines(told)}`,
    'incident.acknowledged': (told) => `Acknowledged by ${told.text('by')}`,
    'incident.started': (told) => `Work begun by ${told.text('by')}`,
    'incident.assigned': (told) =>
      told.has('owner')
        ? `Assigned to ${told.text('owner')} (${told.text('level')}) by ${told.text('by')}`
        : `Assigned to nobody (${told.text('level')}) by ${told.text('by')}`,
    'incident.on-hold': (told) =>
      `Put on hold by ${told.text('by')}${told.has('until') ? ` until ${told.wallTime('until')}` : ''}: ${told.text('why')}`,
    'incident.resumed': (told) => `Resumed by ${told.text('by')}`,
    'incident.hold-over': 'On hold no more: its time has come',
    'incident.hold-graver': 'On hold no more: it has become graver',
    'incident.commented': (told) => `Comment from ${told.text('by')}: ${told.text('text')}`,
    'action.asked': (told) =>
      `Action ‘${told.text('action')}’ asked of ${told.target('device')} by ${told.text('by')}${told.has('why') ? `: ${told.text('why')}` : ''}`,
    'action.done': (told) => `Action ‘${told.text('action')}’ done on ${told.target('device')}${standing(told)}`,
    'action.failed': (told) =>
      `Action ‘${told.text('action')}’ failed on ${told.target('device')}: ${told.text('error')}${standing(told)}`,
    'action.refused': (told) =>
      `Action ‘${told.text('action')}’ refused by ${told.target('device')}: ${told.text('error')}`,
    'incident.merged': (told) =>
      `Merged into incident ${told.target('into')}${told.has('by') ? ` by ${told.text('by')}` : ''}`,
    'incident.merged-in': (told) => `Incident ${told.target('from')} merged into this one by ${told.text('by')}`,
    'incident.split': (told) => `Split off from incident ${told.target('from')} by ${told.text('by')}`,
    'incident.split-off': (told) =>
      `Alerts made an incident of their own by ${told.text('by')}: ${told.text('alerts')}`,
    'incident.reopened': (told) =>
      told.has('by')
        ? `Reopened by ${told.text('by')}${told.has('why') ? `: ${told.text('why')}` : ''}`
        : `Reopened: the same fault is back after ${told.duration('seconds')}`,
    'incident.closed': 'Closed',
    'incident.resolved': (told) =>
      told.number('quietS') > 0 ? `Resolved: no alert for ${told.duration('quietS')}` : 'Resolved',
    ...majorsEn((kind) => en.deviceKinds[kind as DeviceKind] ?? kind),
    'ticket.opened': (told) =>
      told.has('ticket')
        ? `Ticket ${told.text('ticket')} opened (${told.text('desk')})`
        : `Ticket opened (${told.text('desk')})`,
    'ticket.updated': (told) => `Ticket updated (${told.text('desk')})`,
    'ticket.commented': (told) => `Comment passed on (${told.text('desk')})`,
    'ticket.reopened': (told) => `Ticket reopened (${told.text('desk')})`,
    'ticket.resolved': (told) => `Ticket resolved (${told.text('desk')})`,
    'ticket.ended-early': (told) =>
      `Ticket ended by ${told.text('by')} while the fault lasts: it is reopened (${told.text('desk')})`,
    'ticket.left-ended': (told) =>
      `Ticket ended by ${told.text('by')} while the fault lasts: it is left so (${told.text('desk')})`,
    'ticket.failed': (told) => `Ticket not delivered (${told.text('desk')}): ${told.text('error')}`,
    'ticket.not-needed': (told) => `Not told, it was over before (${told.text('desk')})`,
    'ticket.passed-on': (told) => `${told.text('desk')} cannot be reached: ${told.text('to')} is told in its place`,
    'ticket.discarded': (told) =>
      `Ticket work discarded by ${told.text('by')} (${told.text('desk')}): ${told.text('why')}`,

    'store.up': 'All well',
    'store.lanes-down': (told) =>
      `${told.count('down')} of ${told.count('total')} ${plural(told.number('total'), 'till', 'tills')} down`,
    'store.lanes-blind': (told) =>
      `No news from ${told.count('blind')} of ${told.count('total')} ${plural(told.number('total'), 'till', 'tills')}`,
    'store.device-down': (told) => `${told.target('device')} is down`,
    'store.device-blind': (told) => `No news from ${told.target('device')}`,
    'store.alerts': (told) => `${told.count('count')} open ${plural(told.number('count'), 'alert', 'alerts')}`,
    'store.selling-offline': (told) =>
      `${told.count('lanes')} of ${told.count('total')} ${plural(told.number('total'), 'till', 'tills')} ${plural(told.number('lanes'), 'sells', 'sell')} offline: sales wait to be sent`,
    'store.silent': 'No news from the store',
    'store.cut-off': (told) => `Store cut off: nothing comes through its gateway any more (${told.target('gateway')})`,
    'store.was-cut-off': (told) =>
      `The store was only cut off: ${told.count('reports')} ${plural(told.number('reports'), 'reading', 'readings')} kept inside, over ${told.duration('seconds')}, ${plural(told.number('reports'), 'proves', 'prove')} that it was running`,
    'store.power-cut': (told) => `Mains cut in the store (by ${told.target('source')})`,
    'store.wan-cut': (told) =>
      told.has('device')
        ? `Backup link cut, after the main one (told by ${told.target('device')})`
        : 'Every carrier link of the store is cut',
    'store.on-battery': (told) => `On battery: the mains of ${told.target('device')} are cut`,
    'store.on-backup': (told) => `On the backup link (seen by ${told.target('device')})`,
    'store.opening': (told) =>
      `Opening check: ${told.count('ready')} of ${told.count('total')} ${plural(told.number('total'), 'lane', 'lanes')} ready`,
    'store.closed': 'Store closed',
    'store.empty': 'Nothing to watch yet',
    'store.proven': 'Proven by reports that came later',
    'store.unwatched': 'Vigie itself was not watching',
  },
  storeStates: {
    up: 'Up',
    degraded: 'Degraded',
    down: 'Down',
    blind: 'No news',
    'selling-offline': 'Selling offline',
    maintenance: 'In maintenance',
    closed: 'Closed',
  },
  deviceStates: {
    up: 'Up',
    degraded: 'Degraded',
    down: 'Down',
    blind: 'No news',
    maintenance: 'In maintenance',
    closed: 'Store closed',
  },
  storeConditions: { 'on-battery': 'On battery', 'on-backup': 'On backup link' },
  incidentStates: {
    new: 'New',
    acknowledged: 'Acknowledged',
    'in-progress': 'In progress',
    'on-hold': 'On hold',
    resolved: 'Resolved',
    closed: 'Closed',
  },
  ticketStates: {
    none: 'No ticket',
    waiting: 'Ticket being sent',
    open: 'Ticket open',
    resolved: 'Ticket resolved',
    failed: 'Ticket not delivered',
  },
  alertStates: { pending: 'To confirm', firing: 'Firing', resolved: 'Cleared', flapping: 'Flapping' },
  severities: { warning: 'Warning', critical: 'Critical' },
  priorities: { 1: 'P1 critical', 2: 'P2 high', 3: 'P3 medium', 4: 'P4 low', 5: 'P5 minor' },
  impacts: { 1: 'High', 2: 'Medium', 3: 'Low' },
  urgencies: { 1: 'High', 2: 'Medium', 3: 'Low' },
  deviceKinds: {
    till: 'Till',
    'self-checkout': 'Self-checkout',
    server: 'Server',
    gateway: 'Store gateway',
    router: 'Router',
    firewall: 'Firewall',
    switch: 'Switch',
    'access-point': 'Access point',
    printer: 'Printer',
    ups: 'UPS',
    pdu: 'PDU',
    camera: 'Camera',
    nas: 'NAS',
    'payment-terminal': 'Payment terminal',
    other: 'Other device',
  },
  statuses: { ok: 'OK', warning: 'Warning', critical: 'Critical', unknown: 'Unknown' },
  evidence: {
    birth: 'Agent started',
    online: 'Online',
    lost: 'Connection lost',
    stopped: 'Clean stop',
    unreachable: 'No answer',
  },
  advice: {
    'fell-together':
      'check what they share: a power line or a UPS, a switch, a cabinet; then call the store to learn which tills can sell.',
    'cut-off':
      'check the store’s carrier link (box, router, 4G backup), then its power and the gateway; the tills may well be running: ask the store before sending anyone.',
    'power-cut':
      'call the store to learn whether it has power and what runs on the UPS, then its electricity supplier; switch off in order what the battery will not carry.',
    'wan-cut':
      'report both links to their carriers, then check the router and the 4G modem of the store; the tills may well be selling offline.',
    'parent-down':
      'have its power, lights and uplink checked on site, before what hangs on it: that will be back with it.',
    'off-lan-together':
      'check the switch these devices share (power, lights, link to the gateway) before visiting each of them.',
    'agent-died':
      'the machine is on and connected: restart the Vigie service, and check that the till software is still running.',
    'off-lan': 'have someone check on site that the device is on, then its cable and its switch port.',
    'off-gateway':
      'the device is running: check the link between its switch and the gateway’s, and the gateway’s own port.',
    refused: 'see on the Agents page who revoked its certificate and why; a machine that is to stay is enrolled again.',
    'store-silent':
      'check the store’s power and carrier link (box, router, 4G backup), then call the store to learn whether the tills can sell.',
    lost: 'check that the device is powered and connected to the network; restart it if its screen is frozen.',
    silent:
      'the link holds but the agent measures nothing: check that the machine is not frozen, then restart the Vigie service.',
    unsteady:
      'look for what fails now and then: a loose cable, plug or port, the power supply, weak Wi-Fi, a machine that restarts in a loop.',
    stopped: 'the agent was stopped: check whether the machine was switched off or updated, then switch it on.',
    unreachable: 'check the power and the cable of the device, then the switch port it is plugged into.',
    processor:
      'find the program that keeps the CPU busy and restart it; failing that, reboot when no customer is waiting.',
    memory: 'find the program that takes the memory and restart it; failing that, reboot when no customer is waiting.',
    disk: 'free some space (logs, temporary files, updates) before the till stops selling.',
    process: 'check that the expected program runs and restart it; failing that, reboot the machine.',
    service: 'check that the service answers and that nothing cuts it off (network, firewall, certificate).',
    'disk-health': 'save what is on this disk and plan its replacement before it fails.',
    printer:
      'have the roll, the cover and the cutter of the printer checked on site; switch it off and on if nothing is jammed.',
    'payment-terminal':
      'have the terminal’s screen, power and cable checked on site and restart it; meanwhile send customers to another till.',
    peripheral:
      'have the device unplugged and plugged in again on site, then tried on another port or with another cable.',
    certificate:
      'renew the certificate and install it before it ends, then check that the service presents the new one.',
    agent:
      'check that the agent reaches the server over HTTPS (it renews its certificate there), then restart the Vigie service; failing that, enrol the device again.',
    upkeep: 'nothing urgent: plan the update or the restart outside opening hours.',
    clock:
      'check that the machine reaches its time server and that its time service runs, before its clock drifts further.',
    heat: 'have the fans and air vents cleared of dust and obstructions, and the room’s temperature checked.',
    power: 'find out whether the store has power, then how long the battery lasts; plan its replacement if it is worn.',
    hardware:
      'look on site at the fans, power supplies and lights of the device, then order the spare part; tell the store before switching it off.',
    uplink: 'check the cable and both ends of the link (port, optic), then the device at the other end.',
    supplies: 'plan the replacement of the supply that is named, or order it if the store has none left.',
    reading: 'check that the device still answers to the agent’s SNMP credentials and lets it read these parts.',
    told: 'read the event on the page of the device, then see on its readings whether the fault lasts.',
    traffic:
      'look for what fills the line (backup, update, video) or for a cable that wears out, before calling the carrier.',
    link: 'check the carrier link and the router of the store, and report the fault to the carrier if the line is down.',
    task: 'look at the log of the task that makes this file, run it again, and check that disk space and access rights let it.',
    sales:
      'check the link between the till and the centre and the service that sends its sales; neither replace nor reset the till before they are sent.',
    unsold:
      'call the store: is the lane open, does the till take articles and payments, does a sale go through to its receipt? Then restart the till application, and look at its prices, its payment service and its last update.',
    prometheus: 'look at what Prometheus shows of it, in its own graph, from the time it began.',
    'store-word':
      'call the store back: what does the screen show, does payment pass on another till, was a restart tried.',
    fiscal:
      'contact the maker of the fiscal device or its reseller: a till may not sell without it where the law asks for one.',
    other: 'open the device’s page and look at its latest readings before acting.',
  },
  commandStates: {
    sent: 'Waiting for the answer',
    done: 'Done',
    failed: 'Failed',
    refused: 'Refused',
    unanswered: 'No answer',
  },
  refusals: {
    unsigned: 'Not signed by this server',
    'not-for-me': 'Meant for another device',
    expired: 'Came too late',
    repeated: 'Received twice',
    'unknown-action': 'Unknown on this device',
    'not-allowed': 'Not allowed with these arguments',
    'budget-spent': 'Daily limit reached',
    selling: 'A sale is open',
    busy: 'Another action is running',
  },
};
