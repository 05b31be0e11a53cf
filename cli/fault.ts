/** Something the person at the keyboard can mend: told in one line, without a stack, and a non-zero exit. */
export class Fault extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'Fault';
    this.exitCode = exitCode;
  }
}
