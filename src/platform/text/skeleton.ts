import unhomoglyph from 'unhomoglyph';

import { normalize } from './normalize.ts';

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
const LETTERS_LIKE_DIGITS = /[IO]/g;
const DIGITS_LIKE_LETTERS = /[10]/g;
/** Private use: no skeleton has them. */
const KEPT: Record<string, string> = { I: '\ue000', O: '\ue001', 1: '\ue000', 0: '\ue001' };

const plain = (text: string): string => normalize(text, 'NFKC').replace(IGNORABLE, '');
const mapLookAlikes = (text: string): string => normalize(unhomoglyph(normalize(text, 'NFD')), 'NFD');

/** The skeleton of UTS 39, of compatibility-normalised text: equal for texts that look alike. Case makes a difference. */
export const skeletonOf = (text: string): string => mapLookAlikes(plain(text));

/**
 * Skeletons of a sign, for signs that may differ by the letters I and O from the digits 1 and 0 alone: two look alike if they
 * share one. Block I and Block 1 share none; each shares one with Block l.
 */
export function skeletonsOfSign(text: string): [string, string] {
  const sign = plain(text);
  return [
    `letters ${mapLookAlikes(sign.replace(LETTERS_LIKE_DIGITS, (letter) => KEPT[letter]!))}`,
    `digits ${mapLookAlikes(sign.replace(DIGITS_LIKE_LETTERS, (digit) => KEPT[digit]!))}`,
  ];
}

/** Say where two texts begin to differ: `U+0430 in place of U+0061`. */
export function differenceOf(text: string, other: string): string {
  const [characters, others] = [Array.from(text), Array.from(other)];
  const index = characters.findIndex((character, at) => character !== others[at]);
  const at = index === -1 ? characters.length : index;
  return `${codePoint(characters[at])} in place of ${codePoint(others[at])}`;
}

const codePoint = (character: string | undefined): string =>
  character === undefined
    ? 'nothing'
    : `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
