import { type Collector, tidy } from './collector.ts';

const MIB = 1024 * 1024;
/** What the kernel keeps for itself differs from version to version: no news. */
const STEP_MIB = 128;

/** Processor and memory, on every platform. */
export const processor: Collector = {
  sections: ['processor', 'memory'],
  async gather({ os }) {
    const all = os.cpus();
    return {
      facts: {
        'processor.model': tidy(all[0]?.model),
        'processor.count': all.length || undefined,
        'memory.megabytes': Math.round(os.totalmem() / MIB / STEP_MIB) * STEP_MIB,
      },
    };
  },
};
