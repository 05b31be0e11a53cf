import { expect, it } from 'vitest';
import { groupAlerts } from '../../../dashboard/web/state/group-alerts.ts';
import type { AlertView, IncidentView } from '../../../protocol/views.ts';

const alert = (device: string, state: AlertView['state']) =>
  ({ key: `${device}#wifi-down#`, device, state }) as AlertView;
const incident = (store: string, ...alerts: AlertView[]) => ({ store, alerts }) as IncidentView;

it('tells what fires on groups of a store, and not what fires on its devices or on other stores', () => {
  const incidents = [
    incident('c/lyon', alert('c/lyon', 'firing'), alert('c/lyon/ap-1', 'firing')),
    incident('c/lyon', alert('c/lyon', 'resolved')),
    incident('c/brest', alert('c/brest', 'firing')),
  ];
  expect(groupAlerts(incidents, 'c/lyon')).toEqual([alert('c/lyon', 'firing')]);
});
