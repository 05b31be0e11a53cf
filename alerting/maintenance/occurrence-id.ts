const stem = (series: string): string => `${series.slice(0, 110)}_`;

/** Id of the window that one moved occurrence of a series becomes; `start` is the wall time it was moved from. */
export const occurrenceId = (series: string, start: string): string => stem(series) + start.replace(/[-:]/g, '');

/** Whether a window was made of an occurrence of this series. */
export const isOccurrenceOf = (id: string, series: string): boolean =>
  id.startsWith(stem(series)) && /^\d{8}T\d{4}$/.test(id.slice(stem(series).length));
