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

describe.skipIf(!existsSync(FOLDER))('what real devices answered', () => {
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
