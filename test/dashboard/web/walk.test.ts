import { expect, test } from 'vitest';
import { type Box, nextInDirection } from '../../../dashboard/web/wall/walk.ts';

const at = (column: number, row: number): Box => ({
  left: column * 50,
  right: column * 50 + 46,
  top: row * 50,
  bottom: row * 50 + 46,
});

// Three abreast, the last row one short, then a second column of groups.
const boxes = [at(0, 0), at(1, 0), at(2, 0), at(0, 1), at(1, 1), at(5, 0)];
const walk = (from: number, direction: Parameters<typeof nextInDirection>[2]) =>
  nextInDirection(boxes[from] as Box, boxes, direction);

test('arrows lead to the neighbour that way', () => {
  expect(walk(0, 'ArrowRight')).toBe(1);
  expect(walk(1, 'ArrowLeft')).toBe(0);
  expect(walk(1, 'ArrowDown')).toBe(4);
  expect(walk(4, 'ArrowUp')).toBe(1);
});

test('a shorter row is reached from above, aside', () => {
  expect(walk(2, 'ArrowDown')).toBe(4);
});

test('the next column of groups is in line', () => {
  expect(walk(2, 'ArrowRight')).toBe(5);
});

test('there is nothing beyond the edge', () => {
  expect(walk(0, 'ArrowLeft')).toBeUndefined();
  expect(walk(0, 'ArrowUp')).toBeUndefined();
  expect(walk(3, 'ArrowDown')).toBeUndefined();
  expect(walk(4, 'ArrowRight')).toBeUndefined();
});
