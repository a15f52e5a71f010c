import { createHash } from 'node:crypto';

/** Pseudo-random number in [0, 1) from the SHA-256 hash of the seed: the same on every machine. */
export function seededRandom(...seed: string[]): number {
  return createHash('sha256').update(seed.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}

/** Choose one of the options by the same hash. */
export function seededChoice<T>(options: readonly [T, ...T[]], ...seed: string[]): T {
  return options[Math.floor(seededRandom(...seed) * options.length)] ?? options[0];
}
