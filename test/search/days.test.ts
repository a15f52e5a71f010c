import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addDays, bothDays, dayOf, daysOfPreset } from '../../src/search/local-days.ts';
import { seedEvent } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search } from './fixture.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const find = async (input: object) => (await search(world, input)).nodes.map(({ name }) => name);

/** Insert an Event at a local time of a zone. */
const seedAt = (
  name: string,
  category: string,
  local: string,
  timezone: string,
  endsAt: string | null = null,
) => {
  const instant = (text: string) =>
    new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds);
  return seedEvent(world.platform.db, name, {
    ...{ category, timezone, startsAt: instant(local) },
    ...(endsAt !== null && { endsAt: instant(endsAt) }),
  });
};

describe('days of the calendar', () => {
  test('are those of the zone of each Event, from Kiritimati to Midway', async () => {
    const evening = ['Pacific/Kiritimati', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Midway'];
    for (const zone of evening) await seedAt(`Evening of ${zone}`, 'far', '2031-03-01T20:00', zone);
    for (const zone of evening) await seedAt(`Morning of ${zone}`, 'far', '2031-03-02T04:00', zone);
    const on = (day: string) => find({ category: 'far', days: { from: day } });
    expect(await on('2031-03-01')).toEqual(evening.map((zone) => `Evening of ${zone}`));
    expect((await on('2031-03-02')).toSorted()).toEqual(
      evening.map((zone) => `Morning of ${zone}`).toSorted(),
    );
    expect(await on('2031-02-28')).toEqual([]);
    expect(await find({ category: 'far', days: { from: '2031-03-01', to: '2031-03-02' } })).toHaveLength(8);
  });

  test('overlap with the time from start to end; an end at midnight is not in the next day', async () => {
    await seedAt('Exhibition', 'span', '2031-05-01T10:00', 'Europe/Berlin', '2031-06-30T18:00');
    await seedAt('Night', 'span', '2031-05-10T23:00', 'Europe/Berlin', '2031-05-11T02:00');
    await seedAt('To midnight', 'span', '2031-05-10T20:00', 'Europe/Berlin', '2031-05-11T00:00');
    await seedAt('At midnight', 'span', '2031-05-11T00:00', 'Europe/Berlin', '2031-05-11T00:00');
    const on = (from: string, to = from) => find({ category: 'span', days: { from, to } });
    expect(await on('2031-05-10')).toEqual(['Exhibition', 'To midnight', 'Night']);
    expect(await on('2031-05-11')).toEqual(['Exhibition', 'Night', 'At midnight']);
    expect(await on('2031-05-12', '2031-06-29')).toEqual(['Exhibition']);
    expect(await on('2031-06-30')).toEqual(['Exhibition']);
    expect(await on('2031-07-01')).toEqual([]);
    expect(await on('2031-04-30')).toEqual([]);
  });

  test('of 23 and 25 hours are whole', async () => {
    const zone = 'Europe/Berlin';
    for (const [day, season] of [
      ['2031-03-30', 'spring'],
      ['2031-10-26', 'autumn'],
    ] as const) {
      await seedAt(`First of ${season}`, season, `${day}T00:00`, zone, `${day}T00:30`);
      await seedAt(`Last of ${season}`, season, `${day}T23:30`, zone, `${day}T23:59`);
      await seedAt(`Before ${season}`, season, `${addDays(day, -1)}T23:00`, zone, `${day}T00:00`);
      await seedAt(`After ${season}`, season, `${addDays(day, 1)}T00:00`, zone);
      expect(await find({ category: season, days: { from: day } })).toEqual([
        `First of ${season}`,
        `Last of ${season}`,
      ]);
    }
  });

  test('contradict each other without an error, and met by what lasts over both', async () => {
    await seedAt('Fair', 'contrary', '2031-08-01T10:00', 'UTC', '2031-08-09T18:00');
    const days = { from: '2031-08-08' };
    const dates = { from: '2031-08-01T00:00:00Z', before: '2031-08-02T00:00:00Z' };
    expect(await find({ category: 'contrary', days, dates })).toEqual(['Fair']);
    expect(await find({ category: 'contrary', days, dayPreset: 'TODAY' })).toEqual([]);
    expect(await find({ category: 'contrary', days: { from: '1900-01-01' } })).toEqual([]);
    expect(await find({ category: 'contrary', days: { from: '9998-12-31' } })).toEqual([]);
  });

  test('of a zone that Postgres does not know are those of UTC', async () => {
    const id = await seedAt('Strange', 'strange', '2031-09-01T12:00', 'UTC');
    await world.platform.db.execute(sql`update events set timezone = 'Mars/Olympus' where id = ${id}`);
    expect(await find({ category: 'strange', days: { from: '2031-09-01' } })).toEqual(['Strange']);
    expect(await find({ category: 'strange', days: { from: '2031-09-02' } })).toEqual([]);
  });
});

describe('presets', () => {
  const [wednesday, friday, saturday, sunday] = ['2026-12-02', '2026-12-04', '2026-12-05', '2026-12-06'];

  test('count from today', () => {
    expect(daysOfPreset('TODAY', wednesday)).toEqual({ from: wednesday, to: wednesday });
    expect(daysOfPreset('TONIGHT', wednesday)).toEqual({ from: wednesday, to: wednesday, fromHour: 17 });
    expect(daysOfPreset('TOMORROW', '2026-12-31')).toEqual({ from: '2027-01-01', to: '2027-01-01' });
    for (const today of ['2026-11-30', wednesday, friday]) {
      const weekend = { from: friday, to: sunday, fromHour: 17 };
      expect(daysOfPreset('THIS_WEEKEND', today)).toEqual(weekend);
      expect(daysOfPreset('NEXT_WEEK', today)).toEqual({ from: '2026-12-07', to: '2026-12-13' });
    }
    expect(daysOfPreset('THIS_WEEKEND', saturday)).toEqual({ from: saturday, to: sunday });
    expect(daysOfPreset('THIS_WEEKEND', sunday)).toEqual({ from: sunday, to: sunday });
    expect(daysOfPreset('NEXT_WEEK', sunday)).toEqual({ from: '2026-12-07', to: '2026-12-13' });
  });

  test('begin with the day of the time zone that is given', () => {
    const instant = new Date('2026-12-31T23:30:00Z');
    expect(dayOf(instant, 'UTC')).toBe('2026-12-31');
    expect(dayOf(instant, 'Europe/Berlin')).toBe('2027-01-01');
    expect(dayOf(instant, 'America/New_York')).toBe('2026-12-31');
  });

  test('meet other days in what both have', () => {
    const tonight = { from: wednesday, to: wednesday, fromHour: 17 };
    expect(bothDays(tonight, null)).toEqual(tonight);
    expect(bothDays({ from: wednesday, to: sunday }, tonight)).toEqual(tonight);
    expect(bothDays({ from: friday, to: sunday }, tonight)).toEqual({ from: friday, to: wednesday });
  });

  test('find what takes place then; tonight begins at 17:00', async () => {
    const zone = 'Pacific/Auckland';
    const now = Temporal.Now.zonedDateTimeISO(zone);
    const tomorrow = now.toPlainDate().add({ days: 1 }).toString();
    await seedAt('Morning', 'preset', `${tomorrow}T09:00`, zone, `${tomorrow}T11:00`);
    await seedAt('Evening', 'preset', `${tomorrow}T20:00`, zone, `${tomorrow}T22:00`);
    const query = { category: 'preset', timezone: zone };
    expect(await find({ ...query, dayPreset: 'TOMORROW' })).toEqual(['Morning', 'Evening']);
    expect(await find({ ...query, dayPreset: 'TODAY' })).toEqual([]);
    expect(await find({ ...query, dayPreset: 'TONIGHT' })).toEqual([]);
  });
});
