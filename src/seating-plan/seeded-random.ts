import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that depends on nothing but the texts: the same seed chooses the same on every machine. */
export function seededRandom(...seed: string[]): number {
  return createHash('sha256').update(seed.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of several, by the same rule. */
export function seededChoice<T>(options: readonly [T, ...T[]], ...seed: string[]): T {
  return options[Math.floor(seededRandom(...seed) * options.length)] ?? options[0];
}
