export const detectEn = {
  usage: 'say which file to judge: vigie detect --csv FILE (- reads standard input)',
  noText: (source: string) => `${source}: there are no rows`,
  noColumn: (where: string, column: string, known: string) =>
    `${where}: there is no column "${column}"; there are: ${known}`,
  whichColumn: (where: string, flag: string, known: string) =>
    `${where}: which column is meant? Say ${flag}=…; there are: ${known}`,
  cellMissing: (where: string, cells: number, needed: number) =>
    `${where}: ${cells} cell(s), at least ${needed} are expected`,
  badTime: (where: string, text: string) =>
    `${where}: "${text}" is no time; 2026-05-04T10:30:00Z, 2026-05-04 10:30:00, or seconds or milliseconds since 1970 are expected`,
  badValue: (where: string, text: string) => `${where}: "${text}" is not a number`,
  tooLong: (where: string) => `${where}: this line has no end; is it a CSV file?`,
};

export type DetectWords = typeof detectEn;
