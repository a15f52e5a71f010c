import type { Tree } from './imports.ts';

/** Pronouns that hide which party is meant: client, buyer, worker, request. Matched as whole words, in any case. */
const BANNED_WORDS: readonly string[] = ['whoever', 'nobody', 'somebody', 'everybody', 'anybody'];

/** Former identifiers that are no standard term. Matched as whole words, in this case. */
const FORMER_NAMES: readonly string[] = [
  'BuyersStanding',
  'cameTrue',
  'CheckoutWish',
  'DistinctQueries',
  'DistinctQuery',
  'drawHouse',
  'drawUp',
  'FaultWish',
  'findSaleWithOthers',
  'Followable',
  'followTickets',
  'freeAndOwe',
  'gatherMs',
  'Gazetteer',
  'giveUp',
  'GOODBYE_MS',
  'houseMs',
  'keepAdvancing',
  'lastWords',
  'learnWords',
  'letIn',
  'likePostgresJs',
  'lookLater',
  'makeOut',
  'mendBill',
  'nextLookSeconds',
  'noteTaken',
  'openOutside',
  'openTrouble',
  'orExplain',
  'payBack',
  'readBills',
  'readHouse',
  'readWish',
  'refuseByStanding',
  'RESTING',
  'rollBackWith',
  'sellOrOwe',
  'sendBack',
  'shareNext',
  'SlotNews',
  'Speaker',
  'standIns',
  'StandingRefusal',
  'StopWish',
  'straighten',
  'takeTurn',
  'untilStopped',
  'Wish',
  'writeBill',
];

/** A word alone in single quotes is allowed: the Unix account, and pages that list the words. */
const WORDS = BANNED_WORDS.join('|');
const BANNED = new RegExp(`\\b(?:(?<!')(?:${WORDS})|(?:${WORDS})(?!'))\\b`, 'gi');
const FORMER = new RegExp(`\\b(?:${FORMER_NAMES.join('|')})\\b`, 'g');

/** Banned words and former names in the tree, each as `file:line: word`. */
export function bannedWords(tree: Tree): string[] {
  return [...tree].flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = [...line.matchAll(BANNED), ...line.matchAll(FORMER)];
      return found.map(([word]) => `${file}:${index + 1}: ${word}`);
    }),
  );
}
