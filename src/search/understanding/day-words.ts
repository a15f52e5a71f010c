import { addDays, daysOfPreset } from '../local-days.ts';
import type { LocalDays } from '../search-engine.ts';

type DaysFrom = (today: string) => LocalDays;

const SUNDAY = 7;
const day = (text: string) => Temporal.PlainDate.from(text);

/** From today to the end of this week. */
const restOfWeek: DaysFrom = (today) => ({ from: today, to: addDays(today, SUNDAY - day(today).dayOfWeek) });

const nextWeekend: DaysFrom = (today) => {
  const sunday = addDays(restOfWeek(today).to, 7);
  return { ...daysOfPreset('THIS_WEEKEND', addDays(sunday, -6)) };
};

const monthAfter =
  (months: number): DaysFrom =>
  (today) => {
    const first = day(today).with({ day: 1 }).add({ months });
    const to = first.add({ months: 1 }).subtract({ days: 1 }).toString();
    return { from: months === 0 ? today : first.toString(), to };
  };

const preset =
  (name: Parameters<typeof daysOfPreset>[0]): DaysFrom =>
  (today) =>
    daysOfPreset(name, today);

/** Days by name, in the languages of the little words. */
const PRESETS: readonly [DaysFrom, string][] = [
  [
    preset('TODAY'),
    `today, heute, aujourd hui, hoy, oggi, hoje, vandaag, this afternoon, this morning, heute nachmittag, cet apres midi,
     today afternoon, esta tarde, vanmiddag`,
  ],
  [
    preset('TONIGHT'),
    `tonight, tonite, this evening, this night, today evening, heute abend, heute nacht, ce soir, cette nuit, esta noche,
     stasera, stanotte, esta noite, hoje a noite, vanavond, vannacht`,
  ],
  [preset('TOMORROW'), `tomorrow, tmrw, domani, amanha, demain soir, demain matin`],
  [
    preset('THIS_WEEKEND'),
    `this weekend, this week end, on the weekend, at the weekend, dieses wochenende, am wochenende, ce weekend,
     ce week end, este fin de semana, el fin de semana, questo weekend, questo fine settimana, nel weekend, este fim de semana,
     no fim de semana, dit weekend, in het weekend`,
  ],
  [
    nextWeekend,
    `next weekend, next week end, nachstes wochenende, kommendes wochenende, le weekend prochain, le week end prochain,
     weekend prochain, week end prochain, proximo fin de semana, el proximo fin de semana, prossimo weekend,
     il prossimo fine settimana, proximo fim de semana, volgend weekend, komend weekend`,
  ],
  [restOfWeek, `this week, diese woche, cette semaine, esta semana, questa settimana, deze week`],
  [
    preset('NEXT_WEEK'),
    `next week, nachste woche, kommende woche, la semaine prochaine, semaine prochaine, proxima semana, la proxima semana,
     prossima settimana, la prossima settimana, volgende week, komende week`,
  ],
  [monthAfter(0), `this month, diesen monat, ce mois ci, este mes, questo mese, deze maand`],
  [
    monthAfter(1),
    `next month, nachsten monat, kommenden monat, le mois prochain, mois prochain, proximo mes, el proximo mes,
     prossimo mese, il prossimo mese, volgende maand, komende maand`,
  ],
];

/** Names in their own right, too: `morgen` is a surname, `demain` the name of films. */
const UNSURE_PRESETS: readonly [DaysFrom, string][] = [
  [preset('TOMORROW'), 'morgen, morgen abend, demain, manana'],
];

interface DayPhrase {
  daysFrom: DaysFrom;
  isSure: boolean;
}

const phrases = (lists: readonly [DaysFrom, string][], isSure: boolean): [string, DayPhrase][] =>
  lists.flatMap(([daysFrom, list]) =>
    list.split(',').map((phrase): [string, DayPhrase] => [phrase.trim(), { daysFrom, isSure }]),
  );

/** Presets by their words. */
export const PRESET_PHRASES: ReadonlyMap<string, DayPhrase> = new Map([
  ...phrases(PRESETS, true),
  ...phrases(UNSURE_PRESETS, false),
]);
