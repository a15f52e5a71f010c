const ENGLISH = 'a an and at by for from in of on or the to v vs with event events ticket tickets';
const GERMAN = 'am das dem den der des die ein eine im mit und vom von zu zum zur karten';
const FRENCH = 'au aux avec dans de des du en et la le les par pour sur un une billet billets';
const SPANISH = 'con del el las los para por una y boleto boletos entrada entradas';
const ITALIAN = 'al alla da della di gli il lo nel per biglietti biglietto';
const PORTUGUESE = 'com da das dos em na ingresso ingressos';
const DUTCH = 'een en het met op te van kaartjes';

const LITTLE_WORDS = new Set(
  [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH].flatMap((words) => words.split(' ')),
);

/** Whether a folded word says nothing about which Event is meant. Such words rank as parts of phrases and decide nothing. */
export const isLittle = (word: string): boolean => LITTLE_WORDS.has(word);
