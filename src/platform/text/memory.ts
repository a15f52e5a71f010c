/** Upper bound of the memory that V8 keeps for the characters of a string: one byte each while all are ASCII, else two. */
export function memoryOf(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length;
}
