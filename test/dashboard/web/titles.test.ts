import { expect, test } from 'vitest';
import { entitle, type Titles } from '../../../dashboard/web/parts/titles.ts';

const TITLES: Titles = new Map([['north/1/gw', 'Passerelle']]);

test.each([
  ['a device', 'north/1/gw', 'Passerelle'],
  ['an alert of a device', 'north/1/gw#disk-full#path=/var', 'Passerelle'],
  ['a device that is not known', 'north/1/till-9', 'north/1/till-9'],
  ['a figure', 12, 12],
])('%s is called by its title where that is known', (_, told, called) => {
  expect(entitle({ code: 'presence.unreachable', params: { watcher: told } }, TITLES).params).toEqual({
    watcher: called,
  });
});
