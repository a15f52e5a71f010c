import { readOptions } from '../../platform/cli/read-options.ts';
import { isWithinInstants, OUT_OF_RANGE } from '../../platform/instants.ts';
import { latestToArchive } from './archive-events.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Parse the options of `npm run archive`, and list their problems. A date is the beginning of that day, UTC. Its age is judged by
 * the database's clock; `now` is for a run that has no database, so that it lists this problem, too.
 */
export function readArchiveOptions(
  args: readonly string[],
  now: Date | null,
): {
  problems: string[];
  endedBefore: Date;
  dryRun: boolean;
  maxEvents: number;
} {
  const options = readOptions({
    call: 'npm run archive --',
    about:
      'Move tickets, Reservations and admissions of past Events, in the database at DATABASE_URL, to the archive. Ctrl-C ends it after the\nbatch; another run continues.',
    args,
    options: {
      'ended-before': {
        type: 'string',
        value: 'DATE',
        about: 'Events that ended before that day began, UTC; at least 30 days ago (required)',
      },
      'dry-run': {
        type: 'boolean',
        default: false,
        about: 'report what would be archived, and change nothing',
      },
      'max-events': { type: 'string', value: 'N', about: 'end after so many Events' },
    },
  });
  const problems: string[] = [];
  const given = options['ended-before'] ?? '';
  const endedBefore = new Date(DATE.test(given) ? `${given}T00:00:00Z` : Number.NaN);
  // `Date` takes 30 February as 2 March
  if (Number.isNaN(endedBefore.getTime()) || !endedBefore.toISOString().startsWith(given))
    problems.push('--ended-before: must be a date such as 2026-01-31');
  else if (!isWithinInstants(endedBefore)) problems.push(`--ended-before: ${OUT_OF_RANGE}`);
  else if (now !== null && endedBefore > latestToArchive(now))
    problems.push(`--ended-before: must not be after ${latestToArchive(now).toISOString().slice(0, 10)}`);
  const maxEvents = options['max-events'] ?? 'all';
  if (maxEvents !== 'all' && !/^[1-9]\d{0,8}$/.test(maxEvents))
    problems.push('--max-events: must be a number of at least 1');
  return {
    problems,
    endedBefore,
    dryRun: options['dry-run'],
    maxEvents: maxEvents === 'all' ? Infinity : Number(maxEvents),
  };
}
