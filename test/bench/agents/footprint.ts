import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../leftovers.ts';
import { NotInstalled } from '../peer-process.ts';
import { memoryMb, processTree, treeCpuSeconds } from '../processes.ts';
import type { AgentUnderTest, RunningAgent } from './peers.ts';

export interface Footprint {
  agent: AgentUnderTest;
  /** MB, with its children: resident (shared pages counted in each), shared pages by share, and private dirty ones. */
  rss: number;
  pss: number;
  private: number;
  /** Seconds per minute. */
  cpu: number;
}

export interface FootprintRun {
  footprints: Footprint[];
  /** What is not installed here. */
  missing: { agent: AgentUnderTest; program: string }[];
}

const POLL_EVERY_MS = 10_000;

/**
 * All agents at the same time, for the same minutes, on the same machine: what differs is theirs. Memory is read at the
 * end; CPU is counted in hundredths of a second, so that a short run tells little.
 */
export async function measureFootprints(
  agents: readonly AgentUnderTest[],
  { warmS, seconds }: { warmS: number; seconds: number },
  say: (line: string) => void,
): Promise<FootprintRun> {
  const running: { agent: AgentUnderTest; process: RunningAgent; stop: () => Promise<void> }[] = [];
  const missing: FootprintRun['missing'] = [];
  try {
    for (const agent of agents) {
      const folder = temporaryFolder('agent');
      try {
        const process = await agent.start(folder.path);
        const stop = async () => {
          await process.stop();
          folder.remove();
        };
        running.push({ agent, process, stop });
        say(`${agent.name.en}: started`);
      } catch (error) {
        folder.remove();
        if (!(error instanceof NotInstalled)) throw error;
        missing.push({ agent, program: error.program });
        say(`${agent.name.en}: left out, ${error.message}`);
      }
    }
    const polling = setInterval(() => {
      for (const { process } of running) process.poll?.().catch((error: Error) => say(error.message));
    }, POLL_EVERY_MS);
    try {
      await pause(warmS * 1000);
      const before = running.map(({ process }) => treeCpuSeconds(process.pid));
      const from = performance.now();
      await pause(seconds * 1000);
      const minutes = (performance.now() - from) / 60_000;
      const footprints = running.map(({ agent, process }, i) => ({
        agent,
        ...treeMemoryMb(process.pid),
        cpu: (treeCpuSeconds(process.pid) - (before[i] as number)) / minutes,
      }));
      return { footprints, missing };
    } finally {
      clearInterval(polling);
    }
  } finally {
    for (const { stop } of running.reverse()) await stop();
  }
}

function treeMemoryMb(root: number): { rss: number; pss: number; private: number } {
  const sum = { rss: 0, pss: 0, private: 0 };
  for (const pid of processTree(root)) {
    const memory = memoryMb(pid);
    sum.rss += memory.rss;
    sum.pss += memory.pss;
    sum.private += memory.private;
  }
  return sum;
}
