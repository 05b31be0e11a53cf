import { startLoad } from '../load.ts';
import { startMosquitto } from '../mosquitto.ts';
import { parsePrometheus, totalOf } from '../prometheus-text.ts';
import { benchInventory, ruleForEveryValue } from '../report-shape.ts';
import { importInventory, startServer } from '../server.ts';
import type { PeerSystem, RunningSystem } from './system.ts';

/** Reports under way per gateway; 20 gateways stand for the connections of many more stores. */
const WINDOW = 200;

const JUDGES = { en: 'every value, a rule each', fr: 'chaque valeur, une règle chacune' };

export const vigieEmbedded: PeerSystem = {
  name: { en: 'Vigie, embedded broker', fr: 'Vigie, broker intégré' },
  isVigie: true,
  judges: JUDGES,
  acknowledges: { en: 'committed, on disk', fr: 'validé, sur disque' },
  guess: 8_000,
  start: () => startVigie(),
};

export const vigieOnMosquitto: PeerSystem = {
  name: { en: 'Vigie on Mosquitto', fr: 'Vigie sur Mosquitto' },
  isVigie: true,
  judges: JUDGES,
  acknowledges: {
    en: 'by the broker; agents keep a report until Vigie’s own receipt',
    fr: 'par le broker ; l’agent garde le rapport jusqu’au reçu de Vigie',
  },
  guess: 6_000,
  async start() {
    const mosquitto = await startMosquitto();
    try {
      const vigie = await startVigie(mosquitto.port);
      return {
        ...vigie,
        parts: { ...vigie.parts, mosquitto: mosquitto.pid },
        async stop() {
          await vigie.stop();
          await mosquitto.stop();
        },
      };
    } catch (error) {
      await mosquitto.stop();
      throw error;
    }
  },
};

async function startVigie(brokerPort?: number): Promise<RunningSystem> {
  const server = await startServer({ rules: ruleForEveryValue(), ...(brokerPort !== undefined && { brokerPort }) });
  try {
    await importInventory(server, benchInventory());
    const load = await startLoad(new URL('../generator.ts', import.meta.url), server.mqttPort, WINDOW);
    return {
      parts: { vigie: server.pid },
      loads: [load.pid],
      async offer(reportsPerS) {
        load.offer(reportsPerS);
        return reportsPerS;
      },
      async look() {
        // Acknowledged first: what is committed meanwhile is not to hide what was not.
        const { acknowledged } = await load.look();
        const figures = parsePrometheus(await (await fetch(`${server.url}/metrics`)).text());
        return { at: performance.now(), committed: totalOf(figures, 'vigie_reports_total'), acknowledged };
      },
      async stop() {
        await load.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
