import { expect, test } from 'vitest';
import type { StoreBranch } from '../../../dashboard/ports.ts';
import { type Twig, treesOf } from '../../../dashboard/web/network/branches.ts';

const branch = (device: string, parent: string): StoreBranch => ({
  device,
  parent,
  evidence: 'lldp',
  basis: { device: parent, path: 'neighbour[1].device' },
});
const told = ({ device, children }: Twig): unknown =>
  children.length === 0 ? device : [device, ...children.map(told)];

test('branches make trees, in the order people count in', () => {
  const trees = treesOf([
    branch('till-10', 'sw-1'),
    branch('till-9', 'sw-1'),
    branch('sw-1', 'router'),
    branch('ap-1', 'sw-2'),
  ]);
  expect(trees.map(told)).toEqual([
    ['router', ['sw-1', 'till-9', 'till-10']],
    ['sw-2', 'ap-1'],
  ]);
  expect(trees[0]?.branch).toBeUndefined();
  expect(treesOf([])).toEqual([]);
});
