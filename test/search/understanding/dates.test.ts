import { describe, expect, test } from 'vitest';

import { said } from './said.ts';

describe('days by name', () => {
  test.each([
    ['jazz today', 'jazz [today: 2026-11-30]'],
    ['tonight', '[tonight: 2026-11-30 17h]'],
    ['Jazz TONIGHT!', 'Jazz [TONIGHT!: 2026-11-30 17h]'],
    ['jazz this evening', 'jazz [this evening: 2026-11-30 17h]'],
    ['heute abend jazz', 'jazz [heute abend: 2026-11-30 17h]'],
    ['ce soir', '[ce soir: 2026-11-30 17h]'],
    ['vanavond', '[vanavond: 2026-11-30 17h]'],
    ["jazz aujourd'hui", "jazz [aujourd'hui: 2026-11-30]"],
    ['esta noche', '[esta noche: 2026-11-30 17h]'],
    ['tomorrow', '[tomorrow: 2026-12-01]'],
    ['jazz tomorrow night', 'jazz [tomorrow night: 2026-12-01]'],
    ['jazz tonight at 8pm', 'jazz [tonight at 8pm: 2026-11-30 17h]'],
    ['jazz tomorrow at 8 pm', 'jazz [tomorrow at 8 pm: 2026-12-01]'],
    ['jazz morgen', 'jazz [morgen?: 2026-12-01]'],
    ['jazz this weekend', 'jazz [this weekend: 2026-12-04 17h to 2026-12-06]'],
    ['jazz am Wochenende', 'jazz [am Wochenende: 2026-12-04 17h to 2026-12-06]'],
    ['ce week-end', '[ce week-end: 2026-12-04 17h to 2026-12-06]'],
    ['este fin de semana', '[este fin de semana: 2026-12-04 17h to 2026-12-06]'],
    ['next weekend', '[next weekend: 2026-12-11 17h to 2026-12-13]'],
    ['this week', '[this week: 2026-11-30 to 2026-12-06]'],
    ['next week', '[next week: 2026-12-07 to 2026-12-13]'],
    ['nächste Woche', '[nächste Woche: 2026-12-07 to 2026-12-13]'],
    ['la semaine prochaine', '[la semaine prochaine: 2026-12-07 to 2026-12-13]'],
    ['volgende week', '[volgende week: 2026-12-07 to 2026-12-13]'],
    ['this month', '[this month: 2026-11-30]'],
    ['next month', '[next month: 2026-12-01 to 2026-12-31]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });

  test.each([
    ['this weekend', '2026-12-04T12:00:00Z', '[this weekend: 2026-12-04 17h to 2026-12-06]'],
    ['this weekend', '2026-12-05T12:00:00Z', '[this weekend: 2026-12-05 to 2026-12-06]'],
    ['this weekend', '2026-12-06T23:30:00Z', '[this weekend: 2026-12-06]'],
    ['next weekend', '2026-12-06T12:00:00Z', '[next weekend: 2026-12-11 17h to 2026-12-13]'],
    ['this week', '2026-12-06T12:00:00Z', '[this week: 2026-12-06]'],
    ['next week', '2026-12-28T12:00:00Z', '[next week: 2027-01-04 to 2027-01-10]'],
    ['next month', '2026-12-31T12:00:00Z', '[next month: 2027-01-01 to 2027-01-31]'],
    ['next month', '2028-01-31T12:00:00Z', '[next month: 2028-02-01 to 2028-02-29]'],
    ['tomorrow', '2026-12-31T12:00:00Z', '[tomorrow: 2027-01-01]'],
    ['tomorrow', '2028-02-28T12:00:00Z', '[tomorrow: 2028-02-29]'],
  ])('%s at %s is %s', (term, now, expected) => {
    expect(said(term, now)).toBe(expected);
  });
});

describe('dates', () => {
  test.each([
    ['jazz 12 march', 'jazz [12 march: 2027-03-12]'],
    ['jazz march 12', 'jazz [march 12: 2027-03-12]'],
    ['march 12th jazz', 'jazz [march 12th: 2027-03-12]'],
    ['jazz on the 12th of March 2027', 'jazz [on the 12th of March 2027: 2027-03-12]'],
    ['jazz March 12, 2027', 'jazz [March 12, 2027: 2027-03-12]'],
    ['jazz 30 november', 'jazz [30 november: 2026-11-30]'],
    ['jazz 29 nov', 'jazz [29 nov: 2027-11-29]'],
    ['jazz dec 5', 'jazz [dec 5: 2026-12-05]'],
    ['jazz december 25', 'jazz [december 25: 2026-12-25]'],
    ['jazz may 4', 'jazz [may 4: 2027-05-04]'],
    ['jazz 12. Dezember', 'jazz [12. Dezember: 2026-12-12]'],
    ['jazz am 12. Dezember 2026', 'jazz [am 12. Dezember 2026: 2026-12-12]'],
    ['jazz 12 märz', 'jazz [12 märz: 2027-03-12]'],
    ['jazz 5. Jan.', 'jazz [5. Jan.: 2027-01-05]'],
    ['jazz le 12 décembre', 'jazz [le 12 décembre: 2026-12-12]'],
    ['jazz 1er janvier', 'jazz [1er janvier: 2027-01-01]'],
    ['jazz 12 de diciembre de 2026', 'jazz [12 de diciembre de 2026: 2026-12-12]'],
    ['jazz op 12 maart', 'jazz [op 12 maart: 2027-03-12]'],
    ['jazz 2026-12-05', 'jazz [2026-12-05: 2026-12-05]'],
    ['jazz 2026-12-05 to 2026-12-07', 'jazz [2026-12-05 to 2026-12-07: 2026-12-05 to 2026-12-07]'],
    ['jazz 5.12.2026', 'jazz [5.12.2026: 2026-12-05]'],
    ['jazz 12.12.', 'jazz [12.12.: 2026-12-12]'],
    ['jazz am 12.12.!', 'jazz [am 12.12.!: 2026-12-12]'],
    ['jazz 29.11.', 'jazz [29.11.: 2027-11-29]'],
    ['jazz 29.02.', 'jazz [29.02.: 2028-02-29]'],
    ['jazz vom 30.12. bis 2.1.', 'jazz [vom 30.12. bis 2.1.: 2026-12-30 to 2027-01-02]'],
    ['jazz bis 12.12.', 'jazz [bis 12.12.: 2026-11-30 to 2026-12-12]'],
    ['jazz 25/12/2026', 'jazz [25/12/2026: 2026-12-25]'],
    ['jazz 12/25/2026', 'jazz [12/25/2026: 2026-12-25]'],
    ['friday 4 december', '[friday 4 december: 2026-12-04]'],
    ['jazz 29 february', 'jazz [29 february: 2028-02-29]'],
    ['jazz feb 29th', 'jazz [feb 29th: 2028-02-29]'],
    ['jazz 29 february 2028', 'jazz [29 february 2028: 2028-02-29]'],
    ['jazz 5-7 december', 'jazz [5-7 december: 2026-12-05 to 2026-12-07]'],
    ['jazz from 5 to 7 december', 'jazz [from 5 to 7 december: 2026-12-05 to 2026-12-07]'],
    ['jazz between 5 and 7 december', 'jazz [between 5 and 7 december: 2026-12-05 to 2026-12-07]'],
    ['jazz dec 5 - 7', 'jazz [dec 5 - 7: 2026-12-05 to 2026-12-07]'],
    ['jazz vom 5. bis 7. Dezember', 'jazz [vom 5. bis 7. Dezember: 2026-12-05 to 2026-12-07]'],
    ['jazz du 5 au 7 décembre', 'jazz [du 5 au 7 décembre: 2026-12-05 to 2026-12-07]'],
    ['march 1 to friday', '[march 1 to friday: 2027-03-01 to 2027-03-05]'],
    ['december 30 to january 2', '[december 30 to january 2: 2026-12-30 to 2027-01-02]'],
    ['jazz until 12 december', 'jazz [until 12 december: 2026-11-30 to 2026-12-12]'],
    ['symphony no. 9 december 2026', 'symphony no. 9 [december 2026: 2026-12-01 to 2026-12-31]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });
});

describe('months and years', () => {
  test.each([
    ['jazz december 2026', 'jazz [december 2026: 2026-12-01 to 2026-12-31]'],
    ['jazz in december', 'jazz [in december: 2026-12-01 to 2026-12-31]'],
    ['jazz in march', 'jazz [in march: 2027-03-01 to 2027-03-31]'],
    ['jazz in may', 'jazz [in may: 2027-05-01 to 2027-05-31]'],
    ['jazz in february 2028', 'jazz [in february 2028: 2028-02-01 to 2028-02-29]'],
    ['jazz im Dezember', 'jazz [im Dezember: 2026-12-01 to 2026-12-31]'],
    ['jazz Dezember 2026', 'jazz [Dezember 2026: 2026-12-01 to 2026-12-31]'],
    ['jazz en décembre', 'jazz [en décembre: 2026-12-01 to 2026-12-31]'],
    ['jazz diciembre de 2026', 'jazz [diciembre de 2026: 2026-12-01 to 2026-12-31]'],
    ['jazz in november', 'jazz [in november: 2026-11-01 to 2026-11-30]'],
    ['jazz next january', 'jazz [next january: 2027-01-01 to 2027-01-31]'],
    ['jazz december', 'jazz [december?: 2026-12-01 to 2026-12-31]'],
    ['brian may 2027', 'brian [may 2027?: 2027-05-01 to 2027-05-31]'],
    ['concerts in 2027', 'concerts [in 2027: 2027-01-01 to 2027-12-31]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });
});

describe('weekdays', () => {
  test.each([
    ['jazz on friday', 'jazz [on friday: 2026-12-04]'],
    ['jazz this friday', 'jazz [this friday: 2026-12-04]'],
    ['jazz next friday', 'jazz [next friday: 2026-12-11]'],
    ['jazz on monday', 'jazz [on monday: 2026-11-30]'],
    ['jazz am Freitag', 'jazz [am Freitag: 2026-12-04]'],
    ['jazz nächsten Freitag', 'jazz [nächsten Freitag: 2026-12-11]'],
    ['jazz vendredi prochain', 'jazz [vendredi prochain: 2026-12-11]'],
    ['jazz el viernes', 'jazz [el viernes: 2026-12-04]'],
    ['jazz op vrijdag', 'jazz [op vrijdag: 2026-12-04]'],
    ['jazz on friday night', 'jazz [on friday night: 2026-12-04]'],
    ['jazz friday', 'jazz [friday?: 2026-12-04]'],
    ['friday night lights', 'lights [friday night?: 2026-12-04]'],
    ['jazz from friday to sunday', 'jazz [from friday to sunday: 2026-12-04 to 2026-12-06]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });
});

describe('holidays', () => {
  test.each([
    ['jazz at christmas', 'jazz [at christmas: 2026-12-24 to 2026-12-26]'],
    ['jazz christmas', 'jazz [christmas?: 2026-12-24 to 2026-12-26]'],
    ['christmas 2027', '[christmas 2027: 2027-12-24 to 2027-12-26]'],
    ['boxing day', '[boxing day?: 2026-12-26]'],
    ['arsenal on boxing day', 'arsenal [on boxing day: 2026-12-26]'],
    ["party new year's eve", "party [new year's eve?: 2026-12-31]"],
    ['party an Silvester', 'party [an Silvester: 2026-12-31]'],
    ['party Heiligabend', 'party [Heiligabend?: 2026-12-24]'],
    ['noël', '[noël?: 2026-12-24 to 2026-12-26]'],
    ['jazz for halloween', 'jazz [for halloween: 2027-10-31]'],
    ['jazz at easter', 'jazz [at easter: 2027-03-26 to 2027-03-29]'],
    ['jazz an Karfreitag', 'jazz [an Karfreitag: 2027-03-26]'],
    ['thanksgiving', '[thanksgiving?: 2027-11-25]'],
  ])('%s is %s', (term, expected) => {
    expect(said(term)).toBe(expected);
  });

  test.each([
    ['2026-12-26T12:00:00Z', '2026-12-24 to 2026-12-26'],
    ['2026-12-27T12:00:00Z', '2027-12-24 to 2027-12-26'],
  ])('christmas at %s is %s', (now, days) => {
    expect(said('at christmas', now)).toBe(`[at christmas: ${days}]`);
  });

  test.each([
    [2000, '04-23'],
    [2024, '03-31'],
    [2025, '04-20'],
    [2038, '04-25'],
    [2285, '03-22'],
  ])('easter sunday of %i is %s', (year, day) => {
    expect(said('on easter sunday', `${year}-01-01T12:00:00Z`)).toBe(`[on easter sunday: ${year}-${day}]`);
  });
});

describe('today is a day', () => {
  test.each([
    ['tonight', '2026-11-30T23:30:00Z', 'UTC', '[tonight: 2026-11-30 17h]'],
    ['tonight', '2026-11-30T23:30:00Z', 'Europe/Berlin', '[tonight: 2026-12-01 17h]'],
    ['tonight', '2026-12-01T03:00:00Z', 'America/New_York', '[tonight: 2026-11-30 17h]'],
    [
      'tonight in new york',
      '2026-12-01T03:00:00Z',
      'Europe/Berlin',
      '[tonight: 2026-11-30 17h] [in new york: new york]',
    ],
    [
      'tonight in tokyo',
      '2026-11-30T16:00:00Z',
      'America/New_York',
      '[tonight: 2026-12-01 17h] [in tokyo: tokyo]',
    ],
    ['munich today', '2026-11-30T23:30:00Z', 'UTC', '[munich: munchen] [today: 2026-12-01]'],
    ['tonight in the usa', '2026-12-01T03:00:00Z', 'UTC', '[tonight: 2026-12-01 17h] [in the usa: US]'],
    // clocks go forward at 2:00 on 29 March and back at 3:00 on 25 October
    ['tomorrow', '2026-03-28T22:59:00Z', 'Europe/Berlin', '[tomorrow: 2026-03-29]'],
    ['tomorrow', '2026-03-28T23:01:00Z', 'Europe/Berlin', '[tomorrow: 2026-03-30]'],
    ['on sunday', '2026-10-24T22:30:00Z', 'Europe/Berlin', '[on sunday: 2026-10-25]'],
    ['next week', '2026-10-25T00:30:00Z', 'Europe/Berlin', '[next week: 2026-10-26 to 2026-11-01]'],
    ['on 31 december', '2026-12-31T11:00:00Z', 'Pacific/Kiritimati', '[on 31 december: 2027-12-31]'],
  ])('%s at %s in %s is %s', (term, now, zone, expected) => {
    expect(said(term, now, zone)).toBe(expected);
  });
});
