import type { AlertView } from '../../protocol/views.ts';
import type { Served } from './served.ts';

/**
 * Alerts that stand, some of them more than once. Of stores another collector judges, and of groups of devices, only those
 * that fire: to know the others, each store would have to be read anew.
 */
export function standingAlerts(served: Pick<Served, 'partitions' | 'looks'>): AlertView[] {
  const ofDevices = served.partitions.flatMap(({ judge }) => judge.devices({}).flatMap(({ alerts }) => alerts));
  const ofIncidents = served.looks().flatMap((look) => look.snapshot().incidents.flatMap(({ alerts }) => alerts));
  return [...ofDevices, ...ofIncidents].filter(({ state }) => state !== 'resolved');
}
