import { NotInstalled } from '../peer-process.ts';
import { climb, type LadderOptions, type Step } from './ladder.ts';
import { mosquittoAlone } from './mosquitto-alone.ts';
import { prometheus } from './prometheus.ts';
import type { PeerSystem } from './system.ts';
import { vigieEmbedded, vigieOnMosquitto } from './vigie.ts';
import { zabbix } from './zabbix.ts';

/** Reports per second that every system should hold: there they are seen at the same work. */
const COMMON_RATE = 1_000;

/** In the order they run. */
export const SYSTEMS: Record<string, PeerSystem> = {
  vigie: vigieEmbedded,
  zabbix,
  prometheus,
  'vigie-mosquitto': vigieOnMosquitto,
  mosquitto: mosquittoAlone,
};

export interface PeerRun {
  system: PeerSystem;
  /** Empty when it was left out. */
  steps: Step[];
  /** The program that is not there. */
  missing: string | undefined;
}

const FULL: Omit<LadderOptions, 'guess'> = {
  common: COMMON_RATE,
  firstWarmS: 12,
  warmS: 6,
  countS: 14,
  steps: 7,
  maxS: 135,
};
/** Shows that everything works; its figures mean little. */
const QUICK: Omit<LadderOptions, 'guess'> = {
  common: COMMON_RATE / 2,
  firstWarmS: 4,
  warmS: 3,
  countS: 4,
  steps: 2,
  maxS: 60,
};

/** Each system alone, one after the other, in this one run. */
export async function runPeers(
  wanted: readonly string[],
  quick: boolean,
  say: (line: string) => void,
): Promise<PeerRun[]> {
  const runs: PeerRun[] = [];
  for (const [name, system] of Object.entries(SYSTEMS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`${system.name.en} …`);
    runs.push(await runOne(system, quick, say));
  }
  return runs;
}

async function runOne(system: PeerSystem, quick: boolean, say: (line: string) => void): Promise<PeerRun> {
  try {
    const running = await system.start();
    try {
      const options = { ...(quick ? QUICK : FULL), guess: system.guess };
      const steps = await climb(running, options, (step) => say(`  ${describe(step)}`));
      return { system, steps, missing: undefined };
    } finally {
      await running.stop();
    }
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    say(`  left out: ${error.message}`);
    return { system, steps: [], missing: error.program };
  }
}

function describe(step: Step): string {
  const rate = (perS: number | undefined) => (perS === undefined ? '–' : Math.round(perS).toLocaleString('en-GB'));
  const { cpu } = step;
  return [
    `${rate(step.offeredPerS)}/s offered: ${step.held ? 'held' : 'not held'}`,
    `${rate(step.acknowledgedPerS)}/s acknowledged`,
    `${rate(step.committedPerS)}/s committed`,
    `${step.cpuPer100k.toFixed(2)} s CPU per 100,000 values`,
    `${Math.round(step.pssMb)} MB`,
    `machine ${Math.round(cpu.busy * 100)} % busy, ${Math.round(cpu.other * 100)} % by others, load ${cpu.load.toFixed(1)} s CPU in ${cpu.seconds.toFixed(0)} s`,
  ].join(', ');
}
