import { describe, expect, it } from 'vitest';
import { Expected } from '../../../../alerting/engine/baseline/expected.ts';
import { HourlySpread } from '../../../../alerting/engine/baseline/hourly-spread.ts';
import { NextValue } from '../../../../alerting/engine/baseline/next-value.ts';
import { Novelty } from '../../../../alerting/engine/baseline/novelty.ts';
import { Profile } from '../../../../alerting/engine/baseline/profile.ts';
import { Spread } from '../../../../alerting/engine/baseline/spread.ts';
import { createNormal } from './noise.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2024, 0, 1);

describe('Spread', () => {
  it('is the mean distance', () => {
    const spread = new Spread(500);
    for (let row = 0; row < 2_000; row++) spread.learn(row % 2 === 0 ? -3 : 1);
    expect(spread.value).toBeCloseTo(2, 1);
  });

  it('is not widened by an outlier, yet follows what lasts', () => {
    const spread = new Spread(100);
    for (let row = 0; row < 200; row++) spread.learn(1);
    spread.learn(1e9);
    expect(spread.value).toBeLessThan(1.05);
    for (let row = 0; row < 600; row++) spread.learn(10);
    expect(spread.value).toBeGreaterThan(9);
  });
});

describe('HourlySpread', () => {
  it('tells quiet hours from restless ones', () => {
    const spread = new HourlySpread();
    const normal = createNormal(1);
    for (let row = 0; row < 20 * 96; row++) {
      const time = MONDAY + row * 900_000;
      spread.learn(time, (row % 96 < 32 ? 0.1 : 2) * normal(), 1e-6);
    }
    expect(spread.at(MONDAY + 3 * HOUR)).toBeLessThan(0.4);
    expect(spread.at(MONDAY + 12 * HOUR)).toBeGreaterThan(1);
  });

  it('takes times before 1970', () => {
    const spread = new HourlySpread();
    for (let row = 0; row < 100; row++) spread.learn(-row * HOUR, 2, 1e-6);
    expect(spread.at(-5 * HOUR)).toBeCloseTo(2, 6);
  });
});

describe('Profile', () => {
  it('knows nothing of a slot that was never seen', () => {
    const profile = new Profile(DAY, 24);
    profile.learn(MONDAY, 5, 1);
    expect(profile.at(MONDAY + 10 * HOUR)).toBeNaN();
    expect(profile.seasonsAt(MONDAY + 10 * HOUR)).toBe(0);
    expect(profile.at(MONDAY + DAY)).toBe(5);
  });

  it('counts seasons, not rows', () => {
    const profile = new Profile(DAY, 24);
    for (let row = 0; row < 50; row++) profile.learn(MONDAY + row * 60_000, 5, 1);
    expect(profile.seasonsAt(MONDAY)).toBe(1);
    profile.learn(MONDAY + DAY, 5, 1);
    expect(profile.seasonsAt(MONDAY)).toBe(2);
  });

  it('learns the hours, and one mad day does not change them', () => {
    const profile = new Profile(DAY, 24);
    const day = (number: number, level: (hour: number) => number) => {
      for (let hour = 0; hour < 24; hour++) profile.learn(MONDAY + number * DAY + hour * HOUR, level(hour), 1);
    };
    for (let number = 0; number < 10; number++) day(number, (hour) => 10 * hour);
    day(10, () => 1e6);
    expect(Math.abs(profile.at(MONDAY + 12 * HOUR) - 120)).toBeLessThan(1);
  });
});

describe('Expected', () => {
  const learnt = (level: (time: number) => number, days: number) => {
    const expected = new Expected();
    for (let time = MONDAY; time < MONDAY + days * DAY; time += HOUR / 4) expected.learn(time, level(time));
    return expected;
  };

  it('is the level where there is no season', () => {
    const normal = createNormal(2);
    expect(Math.abs(learnt(() => 100 + normal(), 10).at(MONDAY + 10 * DAY) - 100)).toBeLessThan(0.5);
  });

  it('is the hour of the day where that foretells better', () => {
    const byDay = (time: number) => 100 + 50 * Math.sin((2 * Math.PI * time) / DAY);
    const expected = learnt(byDay, 6);
    for (let hour = 0; hour < 24; hour++) {
      const time = MONDAY + 6 * DAY + hour * HOUR;
      expect(Math.abs(expected.at(time) - byDay(time))).toBeLessThan(5);
    }
  });

  it('is the hour of the week where weekends differ', () => {
    const byWeek = (time: number) => (Math.floor((time - MONDAY) / DAY) % 7 >= 5 ? 20 : 100);
    const expected = learnt(byWeek, 28);
    expect(Math.abs(expected.at(MONDAY + 29 * DAY + 12 * HOUR) - 100)).toBeLessThan(10);
    expect(Math.abs(expected.at(MONDAY + 33 * DAY + 12 * HOUR) - 20)).toBeLessThan(10);
  });

  it('follows a new level', () => {
    const expected = learnt(
      (time) => (time < MONDAY + 10 * DAY ? 100 : 200) + 10 * Math.sin((2 * Math.PI * time) / DAY),
      25,
    );
    expect(Math.abs(expected.at(MONDAY + 25 * DAY) - 200)).toBeLessThan(15);
  });
});

describe('NextValue', () => {
  it('is the last value of a series that wanders, and the mean of one that is noise', () => {
    const normal = createNormal(3);
    const wandering = new NextValue();
    let level = 0;
    for (let row = 0; row < 500; row++) {
      level += normal();
      wandering.learn(level, 0);
    }
    expect(wandering.from(0)).toBe(level);
    const noise = new NextValue();
    for (let row = 0; row < 500; row++) noise.learn(50 + (row % 2 === 0 ? 1 : -1), 50);
    expect(Math.abs(noise.from(50) - 50)).toBeLessThan(1);
  });
});

describe('Novelty', () => {
  it('is nothing where a course comes again, and something where it does not', () => {
    const novelty = new Novelty(100);
    const jobs = (row: number) => (row % 20 === 0 ? 30 : row % 3);
    let latest = 0;
    for (let row = 0; row < 300; row++) latest = novelty.add(jobs(row % 60));
    expect(latest).toBeLessThan(0.01);
    expect(novelty.add(90)).toBeGreaterThan(20);
  });

  it('forgets what lies further back than it looks', () => {
    const novelty = new Novelty(50);
    for (let row = 0; row < 200; row++) novelty.add(row < 10 ? 100 : 1);
    expect(novelty.add(100)).toBeGreaterThan(30);
  });
});
