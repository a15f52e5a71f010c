import { CommandLineError, readOptions } from '../../src/platform/cli/read-options.ts';
import { burstOf } from '../../src/waiting-room/admission/token-bucket.ts';
import type { ChoiceOptions } from './crowd/choices.ts';
import type { RoomUnderTest } from './evidence.ts';

/** What an arena is run with. */
export interface ArenaOptions {
  seats: number;
  apis: number;
  crowds: number;
  isStockBounded: boolean;
  /** Where the evidence is written as JSON; null: it is not. */
  evidenceFile: string | null;
  /** The arena ends by then, sold out or not. */
  maxMs: number;
  pollMs: number;
  choices: ChoiceOptions;
  room: Omit<RoomUnderTest, 'opensAt'> & { visitSeconds: number };
}

const DEFAULT_PEOPLE = 4_000;
const DEFAULT_SEATS = 400;
/** What two cores take beside the polls of those who wait. */
const DEFAULT_ARRIVALS_PER_SECOND = 400;
const EARLY_SHARE = 0.75;
/** Polls that two cores take beside the arrivals. */
const POLLS_PER_SECOND = 1_000;
const MIN_POLL_SECONDS = 15;
const MAX_POLL_SECONDS = 240;
/** Purchases that two cores take beside the polls, as admissions per minute. */
const MAX_PER_MINUTE = 2_400;
/** A visit takes some eight seconds. */
const CAPACITY_SECONDS = 8;
const VISIT_SECONDS = 30;
const MAX_THINK_MS = 5_000;

/** Parse the command line; throws with a message for people. */
export function readArenaOptions(args: readonly string[]): ArenaOptions {
  const number = (about: string) => ({ type: 'string', value: 'N', about }) as const;
  const values = readOptions({
    call: 'npm run arena --',
    about:
      'Simulate a sale behind a waiting room, against a stack of its own, and judge it. Exits with 1 if a rule was broken.',
    args,
    options: {
      seats: number(`tickets for sale; without, ${DEFAULT_SEATS}`),
      people: number(`who come; without, ${DEFAULT_PEOPLE}`),
      seed: number('decides what each person does; without, 7'),
      sockets: number('people who subscribe; the others poll'),
      apis: number('api processes; without, 2'),
      crowds: number('processes of people'),
      rate: number('admissions per minute'),
      capacity: number('how many may shop at once'),
      arrivals: number(`people who come in a second; without, ${DEFAULT_ARRIVALS_PER_SECOND}`),
      minutes: number('it ends by then, sold out or not'),
      'unbounded-stock': {
        type: 'boolean',
        about: 'admit without regard to the stock: the judge must see it',
      },
      evidence: { type: 'string', value: 'FILE', about: 'write what was judged, as JSON' },
    },
  });
  const read = (name: Exclude<keyof typeof values, 'unbounded-stock' | 'evidence'>, initial: number) => {
    const value = values[name] === undefined ? initial : Number(values[name]);
    if (!Number.isInteger(value) || value < 0)
      throw new CommandLineError(`--${name}: must be a whole number`);
    return value;
  };
  const people = Math.max(1, read('people', DEFAULT_PEOPLE));
  const seats = Math.max(1, read('seats', DEFAULT_SEATS));
  const sockets = Math.min(
    people,
    read('sockets', Math.max(Math.min(people / 4, 1_000), Math.ceil(people / 19)) | 0),
  );
  const perMinute = Math.max(
    1,
    read('rate', Math.min(MAX_PER_MINUTE, Math.max(60, Math.round(seats * 1.5)))),
  );
  const capacity = Math.max(1, read('capacity', Math.ceil((perMinute * CAPACITY_SECONDS) / 60)));
  const arrivals = Math.max(1, read('arrivals', DEFAULT_ARRIVALS_PER_SECOND));
  const pollSeconds = Math.min(
    MAX_POLL_SECONDS,
    Math.max(MIN_POLL_SECONDS, Math.ceil(people / POLLS_PER_SECOND)),
  );
  const arrivalMs = (people / arrivals) * 1_000;
  const saleMs = ((seats / perMinute) * 60 + 2 * VISIT_SECONDS) * 1_000;
  const minutes = read('minutes', Math.ceil((2 * arrivalMs + 3 * saleMs) / 60_000) + 2);
  return {
    seats,
    apis: Math.max(1, read('apis', 2)),
    crowds: Math.max(1, read('crowds', people > 20_000 ? 2 : 1)),
    isStockBounded: values['unbounded-stock'] !== true,
    evidenceFile: values.evidence ?? null,
    maxMs: minutes * 60_000,
    pollMs: pollSeconds * 1_000,
    choices: {
      seed: read('seed', 7),
      people,
      sockets,
      earlyShare: EARLY_SHARE,
      earlyMs: arrivalMs * EARLY_SHARE,
      lateMs: arrivalMs * (1 - EARLY_SHARE),
      maxThinkMs: MAX_THINK_MS,
      patienceMs: arrivalMs + saleMs,
    },
    room: {
      capacity,
      perMinute,
      burst: burstOf(perMinute),
      visitSeconds: VISIT_SECONDS,
      graceMs: 2 * pollSeconds * 1_000,
    },
  };
}
