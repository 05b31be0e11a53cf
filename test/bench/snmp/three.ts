import { simulatedPrinter } from '../../agent/snmp/simulated/printer.ts';
import { SNMPSIM, type Snmpsim, startSnmpsim } from '../../agent/snmp/simulated/snmpsim.ts';
import { simulatedSwitch } from '../../agent/snmp/simulated/switch.ts';
import { simulatedUps } from '../../agent/snmp/simulated/ups.ts';
import { freePort } from '../../support/free-port.ts';
import { isInstalled } from '../../support/real-server.ts';
import type { Figure } from '../figure.ts';
import { ended } from '../leftovers.ts';
import { NotInstalled } from '../peer-process.ts';
import { COLLECTD, startCollectd } from './collectd.ts';
import { measurePolling, REST } from './measure-polling.ts';

const DEVICES = {
  'switch-1': simulatedSwitch('switch-1', 48),
  'ups-1': simulatedUps('ups-1'),
  'printer-1': simulatedPrinter('printer-1'),
};
/** Of a core. */
const BUDGET = '3 %';

/** A switch of 48 ports, a UPS and a printer, simulated by snmpsim; collectd, where it is installed, asks them too. */
export async function benchThreeSnmpDevices(seconds: number): Promise<Figure[]> {
  if (!isInstalled(SNMPSIM)) throw new NotInstalled(SNMPSIM);
  const ports: Record<string, number> = {};
  const simulators: Snmpsim[] = [];
  const stop = ended(async () => {
    for (const simulator of simulators.splice(0)) await simulator.close();
  });
  try {
    for (const [name, device] of Object.entries(DEVICES)) {
      const port = await freePort();
      simulators.push(await startSnmpsim(device, port));
      ports[name] = port;
    }
    const collectd = isInstalled(COLLECTD) ? await startCollectd(ports) : undefined;
    try {
      const pids = simulators.map(({ pid }) => pid);
      const measured = await measurePolling({ ports, pids }, seconds, collectd ? { collectd: collectd.pid } : {});
      return figuresOf(measured, collectd?.values());
    } finally {
      await collectd?.stop();
    }
  } finally {
    await stop();
  }
}

function figuresOf({ tally, cpu, memory }: Awaited<ReturnType<typeof measurePolling>>, ofCollectd?: number): Figure[] {
  const { polls, samples, tookMs } = tally;
  const minutes = (cpu.seconds / 60).toLocaleString('en-GB', { maximumFractionDigits: 1 });
  const [en, fr] = [`3 devices, ${minutes} min`, `3 équipements, ${minutes.replace('.', ',')} min`];
  const share = (spent: number) => (100 * spent) / cpu.seconds;
  const plain = { unit: '', budget: '' };
  const { collectd } = cpu.others;
  return [
    { what: `${en}: series`, fr: `${fr}\u202f: séries`, value: samples.series, ...plain },
    { what: `${en}: polls due`, fr: `${fr}\u202f: interrogations dues`, value: polls.due, ...plain },
    {
      what: `${en}: polls not done`,
      fr: `${fr}\u202f: interrogations manquées`,
      value: polls.due - polls.done,
      ...plain,
    },
    { what: `${en}: samples due`, fr: `${fr}\u202f: mesures dues`, value: samples.due, ...plain },
    {
      what: `${en}: samples lost`,
      fr: `${fr}\u202f: mesures perdues`,
      ...{ value: samples.due - samples.arrived, unit: '', budget: '0' },
    },
    {
      what: `${en}: CPU of SNMP, share of a core`,
      fr: `${fr}\u202f: processeur pour SNMP, part d’un cœur`,
      ...{ value: share(cpu.withSnmp - cpu.without), unit: '%', budget: BUDGET },
    },
    {
      what: `${en}: CPU of the agent, all it does`,
      fr: `${fr}\u202f: processeur de l’agent, tout compris`,
      ...{ value: share(cpu.withSnmp), unit: '%', budget: BUDGET },
    },
    {
      what: 'the same agent without SNMP',
      fr: 'le même agent sans SNMP',
      ...{ value: share(cpu.without), unit: '%', budget: '' },
    },
    {
      what: `${en}: a poll, p95`,
      fr: `${fr}\u202f: une interrogation, p95`,
      ...{ value: tookMs.p95, unit: 'ms', budget: '' },
    },
    {
      what: `${en}: resident memory of the agent`,
      fr: `${fr}\u202f: mémoire résidente de l’agent`,
      ...{ value: memory.withSnmp, unit: 'MB', budget: '' },
    },
    {
      what: 'the same agent without SNMP: resident memory',
      fr: 'le même agent sans SNMP\u202f: mémoire résidente',
      ...{ value: memory.without, unit: 'MB', budget: '' },
    },
    { what: REST.en, fr: REST.fr, value: 100 * cpu.rest, unit: '%', budget: '' },
    ...(collectd === undefined || ofCollectd === undefined
      ? []
      : [
          {
            what: 'collectd’s snmp plugin, share of a core',
            fr: 'greffon snmp de collectd, part d’un cœur',
            ...{ value: share(collectd), unit: '%', budget: '' },
          },
          {
            what: 'collectd’s snmp plugin: series',
            fr: 'greffon snmp de collectd\u202f: séries',
            ...{ value: ofCollectd, ...plain },
          },
        ]),
  ];
}
