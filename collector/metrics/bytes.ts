/** Numbers and bytes, one after the other, in a buffer that grows. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(4096);
  #length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53, in 1 to 8 bytes. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#length++] = rest;
  }

  float(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  bytes(source: Uint8Array): void {
    this.#reserve(source.byteLength);
    this.#buffer.set(source, this.#length);
    this.#length += source.byteLength;
  }

  /** What was written, not a copy: write nothing more. */
  done(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.byteLength) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.byteLength * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Throws a RangeError past the end. */
export class ByteReader {
  readonly #buffer: Buffer;
  #position = 0;

  constructor(source: Uint8Array) {
    this.#buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  }

  byte(): number {
    return this.#buffer.readUInt8(this.#position++);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  float(): number {
    const value = this.#buffer.readDoubleLE(this.#position);
    this.#position += 8;
    return value;
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    const end = this.#position + length;
    if (end > this.#buffer.byteLength) throw new RangeError('cut short');
    const view = this.#buffer.subarray(this.#position, end);
    this.#position = end;
    return view;
  }

  rest(): Uint8Array {
    return this.bytes(this.#buffer.byteLength - this.#position);
  }
}
