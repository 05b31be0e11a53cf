import { startLoad } from '../load.ts';
import { startMosquitto } from '../mosquitto.ts';
import type { PeerSystem } from './system.ts';

const WINDOW = 200;

/** The floor: a broker and a subscriber that looks at nothing. Nobody parses, judges or keeps anything. */
export const mosquittoAlone: PeerSystem = {
  name: { en: 'Mosquitto alone', fr: 'Mosquitto seul' },
  judges: { en: 'nothing', fr: 'rien' },
  acknowledges: { en: 'in memory', fr: 'en mémoire' },
  guess: 12_000,
  async start() {
    const mosquitto = await startMosquitto();
    try {
      const subscriber = await startLoad(new URL('subscriber.ts', import.meta.url), mosquitto.port);
      const load = await startLoad(new URL('../generator.ts', import.meta.url), mosquitto.port, WINDOW);
      return {
        parts: { mosquitto: mosquitto.pid },
        loads: [load.pid, subscriber.pid],
        async offer(reportsPerS) {
          load.offer(reportsPerS);
          return reportsPerS;
        },
        async look() {
          const { acknowledged } = await load.look();
          const { acknowledged: received } = await subscriber.look();
          return { at: performance.now(), committed: received, acknowledged };
        },
        async stop() {
          await load.stop();
          await subscriber.stop();
          await mosquitto.stop();
        },
      };
    } catch (error) {
      await mosquitto.stop();
      throw error;
    }
  },
};
