import type { StateStoreProblem } from '../../collector/state/state-store-error.ts';
import { backtestEn } from './backtest-en.ts';
import { detectEn } from './detect-en.ts';
import { discoverEn } from './discover-en.ts';
import { enrolEn } from './enrol-en.ts';
import { maintenanceEn } from './maintenance-en.ts';
import { probeEn } from './probe-en.ts';
import { ruleRevisionsEn } from './rule-revisions-en.ts';
import { ruleTestEn } from './rule-test-en.ts';
import { ruleValuesEn } from './rule-values-en.ts';

export const en = {
  tagline: 'Vigie watches the tills, servers and network of retail chains.',
  usage: 'Usage: vigie COMMAND [options]   (--lang=fr for French)',
  moreHelp: '"vigie COMMAND --help" says more.',
  unknownCommand: (name: string, known: string) => `there is no command "${name}"; there are: ${known}`,
  badArguments: (why: string) => `${why} ("--help" says what there is)`,
  badPort: (where: string, value: string) => `${where}: "${value}" is not a port; a number from 0 to 65535 is expected`,
  badNumber: (where: string, value: string) => `${where}: "${value}" is not a whole number`,
  portTaken: (what: string, host: string, port: number, flag: string) =>
    `${what} port ${port} on ${host} is taken by another program; choose another with ${flag}`,
  portRefused: (what: string, host: string, port: number, why: string) =>
    `${what} cannot listen on ${host}:${port}: ${why}`,
  folderRefused: (path: string, why: string) => `the data folder ${path} cannot be written: ${why}`,
  folderHeld: (path: string, pid: number) => `the folder ${path} is in use by process ${pid}`,
  fileUnreadable: (path: string, why: string) => `${path} cannot be read: ${why}`,
  notAddressed: (url: string, why: string) => `no answer from ${url}: ${why}`,
  notBuilt: 'some parts are not built yet; run "npm run build"',
  starting: 'Vigie is starting …',
  open: (url: string) => `Open ${url}`,
  signIn: (path: string) => `To acknowledge incidents or change anything, sign in with the token kept in ${path}`,
  signInEnv: 'To acknowledge incidents or change anything, sign in with the token in VIGIE_ADMIN_TOKEN',
  brokerAt: (host: string, port: number) => `Agents report to mqtt://${host}:${port}`,
  collectorTitle: (id: string) => `Collector ${id}`,
  brokerElsewhere: (url: string) => `Agents report to the broker at ${url}`,
  collectorOf: (id: string, partitions: number) =>
    `This collector is ${id}; the stores are dealt out in ${partitions} shares.`,
  metricsNeedInflux:
    'state.postgres with broker.url is for several collectors: they need metrics.influx, since an embedded metrics store belongs to one',
  agentsAt: (mqtt: string, https: string) => `Enrolled agents report to ${mqtt}; devices enrol at ${https}`,
  plainMqtt: (host: string) =>
    `mqtt.host: ${host} is not this machine alone, and plain MQTT is for this machine alone; leave 127.0.0.1, and let other machines in over TLS by the section "agents" (docs/ENROLMENT.md)`,
  agentsNeedUrl:
    'agents.mqttUrl is missing: with an external broker, agents must be told where it is (mqtts://broker:8883)',
  enrol: enrolEn,
  probe: probeEn,
  discover: discoverEn,
  detect: detectEn,
  backtest: backtestEn,
  ruleTest: ruleTestEn,
  maintenance: maintenanceEn,
  ruleValues: ruleValuesEn,
  ruleRevisions: ruleRevisionsEn,
  dataIn: (path: string) => `Data in ${path}`,
  waiting: (why: string) => `${why}; it is tried again until it answers (Ctrl-C gives up)`,
  rulesFileUnused: (path: string, revision: number) =>
    `Rules: revision ${revision} holds; ${path} says otherwise and is not used (vigie rules diff, undo --to 0)`,
  stopHint: 'Ctrl-C stops everything.',
  stopping: 'Stopping …',
  stopped: 'Stopped. Everything is kept.',
  agentEnded: (how: string, command: string) =>
    `The agent of this machine has ended (${how}); its tile turns red. Start it again with: ${command}`,
  agentRunning: (pid: number) => `The agent of this machine is already running (process ${pid}).`,
  simulatorEnded: (how: string) => `The simulated chain has ended (${how}).`,
  simulatedChain: (stores: number, devices: number) =>
    `A simulated chain of ${stores} stores and ${devices} devices is coming up; it is marked SIMULATED wherever it shows.`,
  imported: (chains: number, stores: number, devices: number) =>
    `Imported: ${chains} chain(s), ${stores} store(s), ${devices} device(s).`,
  importFaults: (path: string, count: number) => `${path}: nothing was imported, ${count} fault(s):`,
  importNothing: 'name a YAML or CSV file to import',
  importFormat: (path: string) => `${path}: a name ending in .yaml, .yml or .csv is expected`,
  importUsage: (path: string) => `checked: ${path} is a good inventory (nothing imported)`,
  tokenMissing:
    'a token is needed: give it in VIGIE_ADMIN_TOKEN, or --data-dir with the folder of a server on this machine',
  serverSaid: (status: number, message: string) => `the server answered ${status}: ${message}`,
  thisMachine: 'This machine',
  myChain: 'My machines',
  deskListening: (url: string) => `A desk for trying out listens on ${url} (signed webhook); it prints what it gets.`,
  deskUnsigned: 'refused: the signature is not good',
  deskShowUsage: 'vigie desk show --desk=NAME [--incident=NUMBER] [--locale=fr|en]',
  deskAbout: { item: 'configuration item', category: 'category', team: 'team' },
  deskSecretMissing: 'the secret that signs is needed: give it in VIGIE_DESK_SECRET',
  onCall: {
    none: 'No calendar says who is on call: "vigie oncall import FILE.ics --calendar NAME".',
    nobody: 'nobody is on call',
    until: (who: string, when: string) => `${who}, until ${when}`,
    next: (who: string, when: string) => `then ${who}, from ${when}`,
    unnamed: 'name the calendar: --calendar NAME',
    imported: 'Imported.',
    removed: 'Taken away.',
  },
  release: {
    malformed: (file: string) => `${file} is no release of the agent`,
    unsigned: (file: string) => `${file} is not signed: "vigie release sign" first`,
    signed: (version: string, file: string) => `Signed: version ${version}, ${file}`,
    uploaded: (version: string, platform: string) => `Uploaded: ${version} for ${platform}`,
    noCanary: 'name the stores that go first: --canary chain/store',
    entry: (version: string, platforms: readonly string[]) => `${version}  ${platforms.join(', ') || 'not uploaded'}`,
    rollout: (version: string, state: string, wave: string) => `Version ${version}: ${state}, ${wave}`,
    state: { running: 'under way', paused: 'paused', stopped: 'stopped by itself', aborted: 'aborted', done: 'done' },
    wave: { canary: 'canary stores', share: 'a share of all devices', all: 'all devices' },
    standing: {
      done: 'run it',
      newer: 'run a newer one',
      told: 'were told',
      trying: 'try it',
      refused: 'went back to the former one',
      missing: 'did not come back',
      later: 'wait for their wave',
      'store-open': 'wait for the store to close',
      offline: 'are not there',
      'no-update': 'cannot replace themselves',
    },
  },
  assets: {
    usage: 'say what to do: vigie assets search TERM… or vigie assets export TERM…, e.g. kind:till "os:windows 10*"',
    found: (shown: number, total: number) => (shown < total ? `${shown} of ${total} devices` : `${total} device(s)`),
    written: (path: string) => `Written: ${path}`,
    unwritable: (path: string, why: string) => `${path} cannot be written: ${why}`,
  },
  copy: {
    usage: 'say what to do: vigie metrics copy --from embedded --to influx',
    badKind: (flag: string, value: string) => `${flag}: "${value}" is not a metrics store; there are: embedded, influx`,
    same: '--from and --to name the same store',
    noInflux: 'the configuration names no InfluxDB: give its file with --config, with metrics.influx in it',
    noEmbedded: (path: string) => `there is no embedded store at ${path}; choose its folder with --data-dir`,
    inUse: (path: string, pid: number) =>
      `${path} is in use by the server (process ${pid}): configure the new store for it, restart it, then copy`,
    progress: (percent: number, perSecond: number, left: string | undefined) =>
      `${percent} % · ${perSecond} points/s${left === undefined ? '' : ` · ${left} left`}`,
    refused: (points: number, reason: string) => `${points} point(s) were refused: ${reason}`,
    done: (readings: number, rollups: number) => `Copied: ${readings} point(s) and ${rollups} roll-up(s).`,
    interrupted: (readings: number, rollups: number) =>
      `Stopped after ${readings} point(s) and ${rollups} roll-up(s). What was copied stays; run it again for the rest.`,
    failed: (why: string) => `the copy ended (${why}); what was copied stays, run it again for the rest`,
  },
  action: {
    usage: 'name a device: vigie action chain/store/device [NAME]; without NAME it says what the device allows',
    badArgument: (given: string) => `"${given}": ARGUMENT=VALUE is expected`,
    asked: (name: string, device: string) => `${name} was sent to ${device} …`,
    before: (standing: string) => `Before: ${standing}`,
    after: (standing: string) => `After:  ${standing}`,
    offline: 'This device is not there just now: it would hear nothing.',
    none: 'This device allows no action: its own configuration says which (actions.allow).',
    allowed: 'It allows:',
    past: 'It was told:',
    unasked: '(nobody asked)',
  },
  agentConfig: {
    checked: (path: string, checks: number) => `${path}: a good configuration, ${checks} check(s); nothing was started`,
    from: (who: string) => (who === 'default' ? 'by default' : who.replace(/^central /, 'central, version ')),
    applied: (version: number) =>
      version === 0 ? 'No central configuration is in force.' : `Central configuration ${version} is in force.`,
    refused: (version: number | undefined, reason: string, why: string) =>
      `Central configuration ${version ?? 'without a proven number'} was refused (${reason}): ${why}`,
  },
  config: {
    usage:
      'say what to do: vigie config get SCOPE, set SCOPE FILE, history SCOPE, revert SCOPE VERSION, devices or retry DEVICE',
    noSettings: (scope: string) => `Nothing is wanted for ${scope}.`,
    scope: (scope: string, version: number, by: string, at: string, comment: string) =>
      `# ${scope}, version ${version}, ${at}, ${by}${comment === '' ? '' : `: ${comment}`}`,
    from: (scope: string, version: number) => `${scope}, version ${version}`,
    weighed: (scope: string, devices: number) =>
      `${scope}: these settings can be taken; they would change ${devices} device(s). Nothing was changed.`,
    saved: (scope: string, version: number, devices: number) =>
      `${scope}: version ${version} is wanted now; ${devices} device(s) are told.`,
    faults: (count: number) => `nothing was changed, ${count} fault(s):`,
    retried: (device: string) => `${device} is told its configuration again.`,
    standing: {
      none: 'nothing is wanted',
      applied: 'applied',
      behind: 'not yet applied',
      refused: 'refused',
      deaf: 'does not listen to the centre',
      unheard: 'never heard',
    },
    noDevices: 'No such device.',
  },
  /** English sentences of the state store are its own: they have the details. */
  stateProblem: (_problem: StateStoreProblem, _where: string, said: string) => said,
  trouble: {
    commit: (why: string) => `reports cannot be kept (${why}); they wait at the agents and it is tried again`,
    broker: (why: string) => `no connection to the broker (${why}); agents keep their reports and it is tried again`,
    cluster: (why: string) => `the other collectors cannot be seen (${why}); it is tried again`,
    rules: (why: string) => `the newest revision of the rules cannot be read (${why}); an earlier one holds`,
    metrics: (why: string) => `readings cannot be put into the metrics store (${why}); the log keeps them`,
    desk: (why: string) => `a service desk cannot be reached (${why}); tickets wait and it is tried again`,
  },
};

/** What the command line says. French and English have the same sentences, or this does not compile. */
export type Words = typeof en;
