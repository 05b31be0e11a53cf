/** One line of the table. */
export interface Figure {
  what: string;
  /** The same in French; without, the English stands in the French page too. */
  fr?: string;
  value: number;
  unit: string;
  /** What DESIGN allows; empty where it says nothing. */
  budget: string;
}
