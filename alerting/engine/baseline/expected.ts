import { Profile } from './profile.ts';
import { cut, Spread } from './spread.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** After so many rows, a new level is mostly taken for granted. */
const LEVEL_ROWS = 250;
const ERROR_ROWS = 500;
/** Rows after which a season's error can be held against that of no season. */
const TRIED_ROWS = 50;
/** A season is believed where it foretells so much better. */
const BETTER = 0.93;
const SEASONS_TO_JUDGE = 2;

interface Season {
  profile: Profile;
  /** How far the recent level lies from the profile. */
  offset: number;
  error: Spread;
  tried: number;
}

/**
 * What is expected whatever the last few values were: the level of the last hundreds, or about it the hour of the day or of
 * the week, whichever has foretold best of late.
 */
export class Expected {
  readonly #seasons: Season[] = [
    new Profile(DAY, 288),
    new Profile(DAY, 48),
    new Profile(WEEK, 168),
    new Profile(WEEK, 672),
  ].map((profile) => ({ profile, offset: 0, error: new Spread(ERROR_ROWS), tried: 0 }));
  readonly #error = new Spread(ERROR_ROWS);
  #level = 0;
  #rows = 0;

  at(time: number): number {
    let expected = this.#level;
    let least = this.#error.value * BETTER;
    for (const { profile, offset, error, tried } of this.#seasons) {
      if (tried < TRIED_ROWS || error.value >= least || profile.seasonsAt(time) < SEASONS_TO_JUDGE) continue;
      expected = profile.at(time) + offset;
      least = error.value;
    }
    return expected;
  }

  learn(time: number, value: number): void {
    for (const season of this.#seasons) this.#learnSeason(season, time, value);
    if (this.#rows === 0) this.#level = value;
    const distance = value - this.#level;
    this.#rows = Math.min(this.#rows + 1, LEVEL_ROWS);
    this.#level += cut(distance, this.#error.limit) / this.#rows;
    this.#error.learn(distance);
  }

  #learnSeason(season: Season, time: number, value: number): void {
    const { profile, error } = season;
    const seasons = profile.seasonsAt(time);
    const distance = seasons === 0 ? 0 : value - profile.at(time) - season.offset;
    if (seasons >= SEASONS_TO_JUDGE) {
      error.learn(distance);
      season.tried++;
    }
    season.offset += cut(distance, error.limit) / LEVEL_ROWS;
    profile.learn(time, value - season.offset, error.limit);
  }
}
