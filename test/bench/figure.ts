/** One line of the table. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** What DESIGN allows; empty where it says nothing. */
  budget: string;
}
