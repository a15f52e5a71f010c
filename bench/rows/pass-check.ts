import { createHmac, randomBytes } from 'node:crypto';

import { EndedVisits } from '../../src/waiting-room/passes/ended-visits.ts';
import { PassCheck } from '../../src/waiting-room/passes/pass-check.ts';
import { PostgresClock } from '../../src/waiting-room/passes/postgres-clock.ts';
import { writePass } from '../../src/waiting-room/tokens/passes.ts';
import { measureRatio, type Row } from '../measure.ts';

const PASSES = 100_000;
const ROUNDS = 7;
const VISIT_MS = 600_000;

/** P16: time of the check of a pass over that of one HMAC-SHA256 of as many bytes, the first time and when it is repeated. */
export async function passCheckRows(): Promise<Row[]> {
  const room = { eventId: '01900000-0000-7000-8000-000000000001', generation: 1, key: randomBytes(32) };
  const endsAt = new Date(Date.now() + VISIT_MS);
  const passes = Array.from({ length: PASSES }, (_, place) => ({
    viewer: `viewer ${place}`,
    presented: [writePass(room, `viewer ${place}`, { place, endsAt })],
  }));
  const clock = new PostgresClock();
  await clock.measure(async () => new Date());
  const openCheck = () => new PassCheck(clock, new EndedVisits());

  const hmac = async () => {
    const texts = passes.map(({ presented, viewer }) => `pass ${room.eventId} ${viewer} ${presented[0]}`);
    return nanosecondsEach(texts, (text) => createHmac('sha256', room.key).update(text).digest().length > 0);
  };
  const first = async () => {
    const check = openCheck();
    return nanosecondsEach(passes, ({ viewer, presented }) => check.isAdmitted(room, viewer, presented));
  };
  const repeated = async () => {
    const check = openCheck();
    const one = passes.slice(0, 1_000); // they fit into what is remembered
    for (const { viewer, presented } of one) check.isAdmitted(room, viewer, presented);
    const again = Array.from({ length: PASSES }, (_, index) => one[index % one.length]!);
    return nanosecondsEach(again, ({ viewer, presented }) => check.isAdmitted(room, viewer, presented));
  };
  for (const warmUp of [hmac, first, repeated]) await warmUp();

  const options = { unit: 'ns', rounds: ROUNDS };
  const baseline = { name: 'HMAC-SHA256', run: hmac };
  const notes = async () => [`${PASSES.toLocaleString('en')} passes of as many viewers; each was admitted`];
  return [
    await measureRatio('P16', 'check of a pass ÷ one HMAC', { name: 'check', run: first }, baseline, notes, options),
    await measureRatio('P16', 'the same pass again ÷ one HMAC', { name: 'check', run: repeated }, baseline, notes, options),
  ]; // prettier-ignore
}

function nanosecondsEach<Item>(items: readonly Item[], check: (item: Item) => boolean): number {
  const began = process.hrtime.bigint();
  for (const item of items) if (!check(item)) throw new Error('a pass was refused');
  return Number(process.hrtime.bigint() - began) / items.length;
}
