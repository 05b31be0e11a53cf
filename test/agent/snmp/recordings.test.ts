import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../agent/snmp/evaluate/evaluate.ts';
import { chooseProfiles } from '../../../agent/snmp/evaluate/match.ts';
import { profiles } from '../../../agent/snmp/profiles/registry.gen.ts';
import { readRecording } from './read-recording.ts';
import { type Expected, scoreReading } from './score-reading.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/snmp/', import.meta.url));
const LEAST = 0.9;

test('a recording is read by its types', () => {
  const lines = [
    '1.3.6.1.2.1.1.5.0|4|shop',
    '1.3.6.1.2.1.2.2.1.6.1|4x|001a',
    '1.3.6.1.2.1.1.3.0|67|600',
    '1.3.6.1.2.1.31.1.1.1.6.1|70|5',
  ];
  const snapshot = readRecording(Buffer.from(`${lines.join('\n')}\n`));
  expect(snapshot.text('1.3.6.1.2.1.1.5.0')).toBe('shop');
  expect(snapshot.get('1.3.6.1.2.1.2.2.1.6.1')).toEqual({ type: 'octets', value: Buffer.from([0, 26]) });
  expect(snapshot.number('1.3.6.1.2.1.1.3.0')).toBe(600);
  expect(snapshot.get('1.3.6.1.2.1.31.1.1.1.6.1')).toEqual({ type: 'counter64', value: 5n });
});

const hasRecordings = existsSync(FOLDER);
// Where there are none the test is not one that was left out: there is nothing to be shown.
if (hasRecordings)
  describe('what real devices answered', () => {
    test('is read as a long-proven monitor reads it, nine facts of ten', () => {
      const names = readdirSync(`${FOLDER}expected`).map((file) => file.replace(/\.json$/, ''));
      const scores = names.map((name) => {
        const snapshot = readRecording(readFileSync(`${FOLDER}recordings/${name}.snmprec`));
        const expected = JSON.parse(readFileSync(`${FOLDER}expected/${name}.json`, 'utf8')) as Expected;
        return scoreReading(expected, evaluate(chooseProfiles(profiles, snapshot), snapshot));
      });
      expect(names.length).toBeGreaterThan(40);
      expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThanOrEqual(LEAST);
    });
  });
