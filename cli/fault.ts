/** Something the person at the keyboard can mend: told in one line, without a stack, and a non-zero exit. */
export class Fault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Fault';
  }
}
