import { expect, test } from 'vitest';

import { MeasuredRate } from '../../../src/waiting-room/admission/measured-rate.ts';

const START = Date.parse('2027-01-01T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);

test('the rate is that of the first seconds from the first step on, and never beyond what the room allows', () => {
  const rate = new MeasuredRate();
  expect(rate.perMinute(at(0), 600)).toBeNull();
  rate.record(at(0), 10);
  expect(rate.perMinute(at(0), 600)).toBe(600);
  rate.record(at(1), 50);
  expect(rate.perMinute(at(1), 600)).toBe(600);
  rate.record(at(5), 0);
  expect(rate.perMinute(at(11), 600)).toBe(300);
});

test('admissions of more than two minutes ago do not count', () => {
  const rate = new MeasuredRate();
  rate.record(at(0), 1_000);
  rate.record(at(60), 61);
  expect(rate.perMinute(at(120), 6_000)).toBe(60);
});
