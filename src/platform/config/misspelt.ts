import { Environment } from './environment.ts';

/** A variable that looks like a setting and is none. */
export interface Misspelt {
  name: string;
  /** The setting that was probably meant. */
  nearest: string;
}

const SETTINGS: readonly string[] = Object.keys(Environment.shape);

/** Prefixes that no other program uses: every name with one of them is meant for Onsale. */
const OWN_PREFIXES = ['LIMIT_', 'SOCKET_'];

/** Names that other programs give to the same setting. */
const SYNONYMS: Readonly<Record<string, string>> = {
  RATE_LIMIT: 'LIMIT_REQUESTS_PER_MINUTE',
  POSTGRES_URL: 'DATABASE_URL',
  STRIPE_API_KEY: 'STRIPE_SECRET_KEY',
};

/** Longer names are no slip of a hand, and the work for each name is bounded. */
const MAX_NAME_LENGTH = 60;

/**
 * Variables that are probably misspelt settings: one or two letters from a setting that is unset, or with a prefix of Onsale's own.
 * Others are left alone, as the environment belongs to every program of the machine.
 */
export function findMisspelt(variables: Readonly<Record<string, string | undefined>>): Misspelt[] {
  const isSet = (name: string): boolean => (variables[name] ?? '') !== '';
  return Object.keys(variables)
    .filter((name) => isSet(name) && !SETTINGS.includes(name) && name.length <= MAX_NAME_LENGTH)
    .flatMap((name) => {
      const upper = name.toUpperCase();
      const nearest = nearestTo(upper);
      const isNear = nearest.distance <= maxDistance(upper) && !isSet(nearest.setting);
      const isOwn = OWN_PREFIXES.some((prefix) => upper.startsWith(prefix));
      return isNear || isOwn ? [{ name, nearest: nearest.setting }] : [];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `HOME` is two letters from `HOST`. */
const maxDistance = (name: string): number => (name.length < 6 ? 0 : name.length < 9 ? 1 : 2);

function nearestTo(name: string): { setting: string; distance: number } {
  const candidates = [...SETTINGS.map((setting) => [setting, setting]), ...Object.entries(SYNONYMS)];
  const prefix = OWN_PREFIXES.find((own) => name.startsWith(own)) ?? '';
  return candidates
    .filter(([spelling]) => spelling!.startsWith(prefix))
    .map(([spelling, setting]) => ({ setting: setting!, distance: distanceBetween(name, spelling!) }))
    .reduce((best, one) => (one.distance < best.distance ? one : best));
}

/** Letters to insert, delete, replace or swap with the next one. */
function distanceBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, replaced, isSwap ? beforeLast[j - 2]! + 1 : Infinity);
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length]!;
}
