import { describe, expect, test } from 'vitest';

import {
  chooseBest,
  countAvailable,
  type ChoiceOptions,
} from '../../../src/booking/best-available/choose-best.ts';
import type { SeatCriteria } from '../../../src/booking/best-available/seat-search.ts';
import { chartOf } from '../../../src/booking/seats/seat-chart.ts';
import { drawVenue, type Drawing } from '../../support/drawn-venue.ts';

interface GivenCriteria extends Partial<ChoiceOptions> {
  tiers?: number[];
  sections?: string[];
  accessible?: number;
  categories?: Record<string, number[]>;
}

const criteriaOf = (quantity: number, { tiers, sections, accessible = 0 }: GivenCriteria): SeatCriteria => ({
  quantity,
  accessible,
  tiers: tiers ? new Set(tiers) : null,
  sections: sections ? new Set(sections) : null,
});

const ALWAYS_FIRST = () => 0;

/** Choose in a drawn venue; returns how near the seats are to each other, and the drawing with the choice. */
function choose(drawings: Record<string, Drawing>, quantity: number, given: GivenCriteria = {}) {
  const { layout, free, show } = drawVenue(drawings, given.categories);
  const choice = chooseBest(chartOf(layout), free, criteriaOf(quantity, given), {
    orphanRule: false,
    pickFrom: 1,
    random: ALWAYS_FIRST,
    ...given,
  });
  if (choice === null) return null;
  return choice.kind === 'AREA' ? choice.area.key : { [choice.within]: show(choice.places) };
}
/** The same in a venue of one section. */
function chooseIn(rows: string[], quantity: number, given: GivenCriteria = {}) {
  const found = choose({ stalls: rows }, quantity, given);
  if (found === null || typeof found === 'string') return found;
  const [[within, { stalls }]] = Object.entries(found) as [[string, { stalls: string[] }]];
  return [within, ...stalls];
}

describe('one row', () => {
  test.each<[string, number, string[], string[]]>([
    ['the middle of the first row', 2, ['AAAAAA', 'AAAAAA'], ['AA##AA', 'AAAAAA']],
    ['nearest to the middle that is left', 2, ['A.AA.AAA.A'], ['A.##.AAA.A']],
    ['the first row that has so many side by side', 4, ['AAA.AAA', 'AAAAAA.'], ['AAA.AAA', 'AA####.']],
    ['not across an aisle', 3, ['AA|AA', 'AAAA|A'], ['AA|AA', 'A###|A']],
    ['a block between aisles', 2, ['..|AA|..', 'AA|AA|AA'], ['..|##|..', 'AA|AA|AA']],
  ])('%s', (_which, quantity, rows, chosen) => {
    expect(chooseIn(rows, quantity)).toEqual(['ROW', ...chosen]);
  });
});

describe('no orphan is left', () => {
  test.each<[string, number, string[], string[]]>([
    ['at the end of the row', 2, ['AAAA'], ['##AA']],
    ['between taken ones', 2, ['.AAA..AA.'], ['.AAA..##.']],
    ['if a little farther back there is another choice', 2, ['AAA', 'AAAA'], ['AAA', 'AA##']],
    ['by a single buyer, who fills a gap', 1, ['AAAAAA', '.A.AAA'], ['AAAAAA', '.#.AAA']],
    ['by a single buyer, who keeps to one side', 1, ['...AAA...'], ['...#AA...']],
  ])('%s', (_which, quantity, rows, chosen) => {
    expect(chooseIn(rows, quantity)).toEqual(['ROW', ...chosen]);
  });

  test('unless all alternatives are much worse', () => {
    const far = ['AAA', '...', '...', '...', '...', '...', '..AAAA'];
    expect(chooseIn(far, 2)).toEqual(['ROW', 'A##', ...far.slice(1)]);
  });

  test('never where the Event has the orphan rule and the row has an alternative', () => {
    const rows = ['.AAA..AA..', ...Array<string>(9).fill('..........'), 'AAAAAAAAAA'];
    expect(chooseIn(rows, 2, { orphanRule: true })).toEqual(['ROW', '.AAA..##..', ...rows.slice(1)]);
    const only = ['.AAA.', ...Array<string>(9).fill('.....'), 'AAAAA'];
    expect(chooseIn(only, 2, { orphanRule: true })).toEqual(['ROW', '.AAA.', ...only.slice(1, -1), '##AAA']);
  });

  test('nor where the alternative is beyond seats of other prices, and takes a wheelchair place', () => {
    const [taken, others] = ['.'.repeat(27), `/${'.'.repeat(10)}/${'.'.repeat(12)}/`];
    const row = `${taken}AAAA${others}AWA`; // the third border leads back to the first price
    expect(chooseIn([row], 3)).toEqual(['ROW', `${taken}A###${others}AWA`]);
    expect(chooseIn([row], 3, { orphanRule: true })).toEqual(['ROW', `${taken}AAAA${others}###`]);
  });

  test('unless no row has an alternative', () => {
    expect(chooseIn(['.AAAAA', 'AAAAA.'], 4, { orphanRule: true })).toEqual(['ROW', '.####A', 'AAAAA.']);
  });

  test('unless the section is nearly sold out', () => {
    const sold = Array<string>(9).fill('..........');
    expect(chooseIn(['.AAA......', ...sold], 2, { orphanRule: true })).toEqual([
      'ROW',
      '.A##......',
      ...sold,
    ]);
  });
});

describe('in one row with gaps, where no row has enough seats side by side', () => {
  test.each<[string, number, string[], string[]]>([
    ['across an aisle, rather than in two rows', 4, ['..|AA', 'AA|AA'], ['..|AA', '##|##']],
    ['across a price border', 4, ['AAA/AAA'], ['AA#/###']],
    ['in as few pieces as possible', 4, ['AA|AA|AA', 'AAA|AAA'], ['##|##|AA', 'AAA|AAA']],
    ['sofas side by side', 6, ['AA|AA|..|AA', '..|AA|AA|AA'], ['AA|AA|..|AA', '..|##|##|##']],
  ])('%s', (_which, quantity, rows, chosen) => {
    expect(chooseIn(rows, quantity)).toEqual(['SPLIT_ROW', ...chosen]);
  });

  test('not where another buyer sits between, nor far across the hall', () => {
    expect(chooseIn(['AA.AA', 'AA.AA'], 4)).toEqual(['TWO_ROWS', '##.AA', '##.AA']);
    expect(chooseIn([`AA${'|.'.repeat(4)}|AA`.replaceAll('.', ''), 'AAA|A'], 4)?.[0]).toBe('SPLIT_ROW');
  });

  test('the orphan rule holds across the gap', () => {
    const sold = Array<string>(2).fill('............');
    const venue = { left: ['AAAA.AAA|AAA', 'AA..AA..AA..'], right: sold }; // the stage is on the right
    const found = (row: string) => ({ SPLIT_ROW: { ...venue, left: [row, 'AA..AA..AA..'] } });
    expect(choose(venue, 5)).toEqual(found('AAAA.A##|###'));
    expect(choose(venue, 5, { orphanRule: true })).toEqual(found('AAAA.###|##A')); // four others are free in the row
  });
});

describe('where no row has enough seats side by side', () => {
  test.each<[string, number, string[], string[]]>([
    ['two rows behind each other, two and two', 4, ['AA.', 'AA.'], ['##.', '##.']],
    ['three and two', 5, ['AAA.', 'AA..'], ['###.', '##..']],
    ['two and three', 5, ['.AA.', 'AAA.'], ['.##.', '###.']],
    ['three and one before five rows apart', 4, ['AAA.', 'A...', '....', '....', 'AA..'], ['###.', '#...', '....', '....', 'AA..']], // prettier-ignore
    ['rows on both sides of an aisle', 4, ['..|AA', '.A|AA'], ['..|##', '.A|##']],
  ])('%s', (_which, quantity, rows, chosen) => {
    expect(chooseIn(rows, quantity)).toEqual(['TWO_ROWS', ...chosen]);
  });

  test('then in the fewest neighbouring rows of one section', () => {
    const sofas = ['AA|..|..', '..|..|..', 'AA|..|AA', 'AA|AA|..', '..|AA|..', 'AA|..|..'];
    expect(chooseIn(sofas, 6)).toEqual([
      'SECTION',
      'AA|..|..',
      '..|..|..',
      '##|..|AA',
      '##|##|..',
      ...sofas.slice(4),
    ]);
    const rows = ['A.A.A', 'AA...', '.....', 'AA.A.', 'A.A.A'];
    expect(chooseIn(rows, 5)).toEqual(['SECTION', '#.#.#', '##...', ...rows.slice(2)]);
  });

  test('there in the fewest groups, although many rows are nearer', () => {
    const nearer = Array<string>(20).fill('A.A');
    const rows = [...nearer, 'AA.', 'AA.'];
    expect(chooseIn(rows, 5)).toEqual(['SECTION', ...nearer.slice(1), '#.A', '##.', '##.']);
  });

  test('then anywhere in one section, in as few groups as possible', () => {
    expect(chooseIn(['AA..A', '.....', 'AA..A'], 5)).toEqual(['SECTION', '##..#', '.....', '##..A']);
    const two = { left: ['AA..A', '.....', '.....'], right: ['.A.A.A.A', '........', '........'] };
    expect(choose(two, 3)).toEqual({ SECTION: { ...two, left: ['##..#', '.....', '.....'] } });
  });

  test('then in a general-admission area', () => {
    const venue = { left: ['A.'], right: ['.A'] };
    expect(choose({ ...venue, floor: { free: 3, places: 9 } }, 2)).toBe('floor');
    expect(choose({ ...venue, floor: { free: 1, places: 9 } }, 2)).toEqual({ TWO_SECTIONS: { left: ['#.'], right: ['.#'], floor: [] } }); // prettier-ignore
  });

  test('then in two neighbouring sections, and never in more', () => {
    const venue = { a: ['A'], b: ['A'], c: ['A'] };
    expect(choose(venue, 2)).toEqual({ TWO_SECTIONS: { a: ['#'], b: ['#'], c: ['A'] } });
    expect(choose(venue, 3)).toBeNull();
  });
});

describe('criteria', () => {
  const venue = { left: ['AAAA', 'AAAA'], right: ['AAAA', 'AAAA'], floor: { free: 9, places: 9 } };
  const categories = { left: [0, 1], right: [0, 1], floor: [2] };

  test('tiers', () => {
    expect(choose(venue, 2, { tiers: [1], categories })).toEqual({ ROW: { left: ['AAAA', 'AAAA'], right: ['AAAA', 'AA##'], floor: [] } }); // prettier-ignore
    expect(choose(venue, 2, { tiers: [2], categories })).toBe('floor');
    expect(choose(venue, 2, { tiers: [], categories })).toBeNull();
  });

  test('sections', () => {
    expect(choose(venue, 2, { sections: ['right'] })).toEqual({ ROW: { left: ['AAAA', 'AAAA'], right: ['AA##', 'AAAA'], floor: [] } }); // prettier-ignore
    expect(choose(venue, 2, { sections: ['floor'] })).toBe('floor');
    expect(choose(venue, 10, { sections: ['floor'] })).toBeNull();
    expect(choose(venue, 2, { sections: ['right'], tiers: [2], categories })).toBeNull();
  });

  test('wheelchair places with companions beside them', () => {
    const rows = ['AAAAAA', 'WAAAAW'];
    expect(chooseIn(rows, 2, { accessible: 1 })).toEqual(['ROW', 'AAAAAA', '##AAAW']);
    expect(chooseIn(rows, 1, { accessible: 1 })).toEqual(['ROW', 'AAAAAA', '#AAAAW']);
    expect(chooseIn(['AAAA', 'WWAA'], 3, { accessible: 2 })).toEqual(['ROW', 'AAAA', '###A']);
    expect(chooseIn(['WA', '..', 'AW'], 3, { accessible: 2 })).toEqual(['SECTION', '##', '..', 'A#']);
    expect(chooseIn(rows, 3, { accessible: 3 })).toBeNull();
    expect(choose({ floor: { free: 9, places: 9 } }, 1, { accessible: 1 })).toBeNull();
  });

  test('wheelchair places are not chosen without need while other places are left', () => {
    expect(chooseIn(['AWWA', '....', '....', '....', '....', '....', 'AAAA'], 2)?.at(-1)).toBe('##AA');
    expect(chooseIn(['.WW.'], 2)).toEqual(['ROW', '.##.']);
    expect(chooseIn(['.WA.', '.A..', '.A..'], 2)).toEqual(['ROW', '.##.', '.A..', '.A..']);
  });
});

describe('under contention', () => {
  test('one of the best disjoint candidates is picked', () => {
    const picked = [0, 1, 2].map((number) => chooseIn(['AAAAAAAA', 'AAAA'], 2, { pickFrom: 3, random: () => number })); // prettier-ignore
    expect(picked).toEqual([
      ['ROW', 'AAA##AAA', 'AAAA'],
      ['ROW', 'AAAAAA##', 'AAAA'],
      ['ROW', '##AAAAAA', 'AAAA'],
    ]);
  });
});

test('available places are counted by the criteria', () => {
  const { layout, free } = drawVenue(
    { stalls: ['A.AA.', 'WAA..'], floor: { free: 3, places: 5 } },
    { floor: [1] },
  );
  const left = (quantity: number, given: GivenCriteria) =>
    countAvailable(chartOf(layout), free, criteriaOf(quantity, given));
  expect(left(9, {})).toEqual({ together: 3, available: 9, accessible: 1 });
  expect(left(3, {})).toEqual({ together: 2, available: 9, accessible: 1 });
  expect(left(9, { tiers: [0] })).toEqual({ together: 3, available: 6, accessible: 1 });
  expect(left(9, { sections: ['floor'] })).toEqual({ together: 3, available: 3, accessible: 0 });
  expect(left(9, { accessible: 1 })).toEqual({ together: 3, available: 6, accessible: 1 });
  expect(left(9, { accessible: 2 })).toEqual({ together: 0, available: 6, accessible: 1 });
  expect(left(9, { tiers: [2] })).toEqual({ together: 0, available: 0, accessible: 0 });
});
