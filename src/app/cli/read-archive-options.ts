import { ConfigurationError } from '../../platform/config/settings.ts';
import { isWithinInstants, OUT_OF_RANGE } from '../../platform/instants.ts';
import { readOptions } from './explain-errors.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Parse the options of `npm run archive`. A date is the beginning of that day, UTC. */
export function readArchiveOptions(args: readonly string[]): {
  endedBefore: Date;
  dryRun: boolean;
  maxEvents: number;
} {
  const options = readOptions({
    args: [...args],
    options: {
      'ended-before': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'max-events': { type: 'string' },
    },
  });
  const problems: string[] = [];
  const given = options['ended-before'] ?? '';
  const endedBefore = new Date(DATE.test(given) ? `${given}T00:00:00Z` : Number.NaN);
  // `Date` takes 30 February as 2 March
  if (Number.isNaN(endedBefore.getTime()) || !endedBefore.toISOString().startsWith(given))
    problems.push('--ended-before: must be a date such as 2026-01-31');
  else if (!isWithinInstants(endedBefore)) problems.push(`--ended-before: ${OUT_OF_RANGE}`);
  const maxEvents = options['max-events'] ?? 'all';
  if (maxEvents !== 'all' && !/^[1-9]\d{0,8}$/.test(maxEvents))
    problems.push('--max-events: must be a number of at least 1');
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    endedBefore,
    dryRun: options['dry-run'],
    maxEvents: maxEvents === 'all' ? Infinity : Number(maxEvents),
  };
}
