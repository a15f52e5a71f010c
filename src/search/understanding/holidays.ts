import { addDays } from '../local-days.ts';
import type { LocalDays } from '../search-engine.ts';

type DaysOfYear = (year: number) => LocalDays;

const dayIn = (year: number, month: number, day: number) => Temporal.PlainDate.from({ year, month, day });
const on =
  (month: number, day: number): DaysOfYear =>
  (year) => {
    const date = dayIn(year, month, day).toString();
    return { from: date, to: date };
  };

/** Easter Sunday of the western churches, by the rule of Gauss as Meeus and Jones state it. */
function easterOf(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return dayIn(year, Math.floor(days / 31), (days % 31) + 1).toString();
}

const easter =
  (first: number, last: number): DaysOfYear =>
  (year) => ({ from: addDays(easterOf(year), first), to: addDays(easterOf(year), last) });

/** The fourth Thursday of November. */
const thanksgiving: DaysOfYear = (year) => {
  const first = dayIn(year, 11, 1);
  return on(11, 22 + ((4 - first.dayOfWeek + 7) % 7))(year);
};

const christmas: DaysOfYear = (year) => ({ from: on(12, 24)(year).from, to: on(12, 26)(year).to });

const HOLIDAYS: readonly [DaysOfYear, string][] = [
  [christmas, 'christmas, xmas, weihnachten, noel, navidad, natale, natal, kerst, kerstmis'],
  [on(12, 24), 'christmas eve, xmas eve, heiligabend, nochebuena, vigilia di natale, kerstavond'],
  [on(12, 25), 'christmas day, xmas day, erster weihnachtstag, jour de noel, eerste kerstdag'],
  [
    on(12, 26),
    'boxing day, st stephens day, st stephen s day, zweiter weihnachtstag, stephanstag, tweede kerstdag',
  ],
  [
    on(12, 31),
    `new years eve, new year s eve, new year eve, nye, silvester, nochevieja, saint sylvestre, reveillon du nouvel an,
     notte di capodanno, oudejaarsavond`,
  ],
  [
    on(1, 1),
    'new years day, new year s day, neujahr, neujahrstag, nouvel an, jour de l an, ano nuevo, capodanno, nieuwjaarsdag',
  ],
  [
    on(2, 14),
    'valentines day, valentine s day, valentinstag, saint valentin, san valentin, san valentino, valentijnsdag',
  ],
  [on(3, 17), 'st patricks day, st patrick s day, saint patrick s day, saint patricks day'],
  [on(10, 31), 'halloween'],
  [thanksgiving, 'thanksgiving, thanksgiving day'],
  [easter(-2, 1), 'easter, ostern, paques, pascua, pasqua, pascoa, pasen'],
  [easter(-2, -2), 'good friday, karfreitag, vendredi saint, viernes santo, goede vrijdag'],
  [easter(0, 0), 'easter sunday, ostersonntag, dimanche de paques'],
  [easter(1, 1), 'easter monday, ostermontag, lundi de paques'],
];

/** Holidays by their words, folded. */
export const HOLIDAY_PHRASES: ReadonlyMap<string, DaysOfYear> = new Map(
  HOLIDAYS.flatMap(([days, list]) =>
    list.split(',').map((phrase): [string, DaysOfYear] => [phrase.trim(), days]),
  ),
);

/** The next days of a holiday that are not over. */
export function nextDays(days: DaysOfYear, today: string): LocalDays {
  const thisYear = days(Number(today.slice(0, 4)));
  return thisYear.to >= today ? thisYear : days(Number(today.slice(0, 4)) + 1);
}
