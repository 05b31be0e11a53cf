import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../figure.ts';
import { ended, killNow } from '../leftovers.ts';
import { measurePolling, REST } from './measure-polling.ts';

/** What a very large shop has, or a region behind one agent. */
export const KIND_COUNTS = { switch48: 60, switch24: 40, ap: 100, printer: 100, ups: 50, box: 150 } as const;

/** 500 devices of one agent; they are simulated by a light program of ours, since snmpsim would take the machine. */
export async function benchManySnmpDevices(seconds: number): Promise<Figure[]> {
  const simulator = await startLightDevices();
  try {
    const devices = Object.keys(simulator.ports).length;
    const { tally, cpu, memory } = await measurePolling(simulator, seconds);
    const perPoll = (cpu.withSnmp - cpu.without) / tally.polls.done;
    const [en, fr] = [`${devices} devices every 30 s`, `${devices} équipements toutes les 30 s`];
    return [
      {
        what: `${en}: polls due`,
        fr: `${fr}\u202f: interrogations dues`,
        value: tally.polls.due,
        unit: '',
        budget: '',
      },
      {
        what: `${en}: polls done`,
        fr: `${fr}\u202f: interrogations faites`,
        value: tally.polls.done,
        unit: '',
        budget: '',
      },
      {
        what: `${en}: polls more than 2 s late`,
        fr: `${fr}\u202f: interrogations en retard de plus de 2 s`,
        ...{ value: tally.polls.late, unit: '', budget: '' },
      },
      {
        what: `${en}: samples per minute`,
        fr: `${fr}\u202f: mesures par minute`,
        ...{ value: (tally.samples.arrived * 60) / cpu.seconds, unit: '', budget: '' },
      },
      {
        what: `${en}: CPU of SNMP, share of a core`,
        fr: `${fr}\u202f: processeur pour SNMP, part d’un cœur`,
        value: (100 * (cpu.withSnmp - cpu.without)) / cpu.seconds,
        ...{ unit: '%', budget: '' },
      },
      {
        what: `${en}: CPU per poll`,
        fr: `${fr}\u202f: processeur par interrogation`,
        value: perPoll * 1000,
        ...{ unit: 'ms', budget: '' },
      },
      {
        what: `${en}: a poll, p50`,
        fr: `${fr}\u202f: une interrogation, p50`,
        value: tally.tookMs.p50,
        unit: 'ms',
        budget: '',
      },
      {
        what: `${en}: a poll, p95`,
        fr: `${fr}\u202f: une interrogation, p95`,
        value: tally.tookMs.p95,
        unit: 'ms',
        budget: '',
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
    ];
  } finally {
    await simulator.stop();
  }
}

async function startLightDevices() {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('light-child.ts', import.meta.url)), JSON.stringify(KIND_COUNTS)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const stop = ended(async () => {
    child.stdin.end();
    const late = setTimeout(() => killNow(child.pid as number), 5_000);
    await exited;
    clearTimeout(late);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { ports: JSON.parse(line) as Record<string, number>, pids: [child.pid as number], stop };
  }
  throw new Error('the simulated devices ended before they were there');
}
