import { describeDifference, reconcile, type Reconciling } from '../../payments/index.ts';
import { readOptions } from '../../platform/cli/read-options.ts';
import { isWithinInstants } from '../../platform/instants.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z)?$/;

/** What a run keeps in memory grows with its payments. */
const MAX_DAYS = 31;
const MS_PER_DAY = 24 * 60 * 60 * 1_000;

/** Lines about differences; there may be thousands. */
const MAX_LINES = 1_000;

interface ReconcileOptions {
  problems: string[];
  span: { from: Date; to: Date };
  record: boolean;
}

/** Parse the options of `npm run reconcile`, and list their problems. */
export function readReconcileOptions(args: readonly string[]): ReconcileOptions {
  const options = readOptions({
    call: 'npm run reconcile --',
    about:
      'Compare the ledger and the Bookings in the database at DATABASE_URL with Stripe, list what differs, and what mends it. Exits with 1 if\nanything differs, and with 2 if Stripe cannot be read.',
    args,
    options: {
      from: {
        type: 'string',
        value: 'DATE',
        about: 'beginning of the span, UTC: 2026-01-31, or 2026-01-31T18:00Z (required)',
      },
      to: {
        type: 'string',
        value: 'DATE',
        about: `its end, which is not part of it; at most ${MAX_DAYS} days later (required)`,
      },
      record: {
        type: 'boolean',
        default: false,
        about: 'write rows that the ledger lacks, as Stripe has them',
      },
    },
  });
  const problems: string[] = [];
  const read = (name: 'from' | 'to'): Date => {
    const given = options[name] ?? '';
    const date = new Date(DATE.test(given) ? given : Number.NaN);
    // `Date` takes 30 February as 2 March
    if (
      Number.isNaN(date.getTime()) ||
      !date.toISOString().startsWith(given.replace(/Z$/, '')) ||
      !isWithinInstants(date)
    )
      problems.push(`--${name}: must be a date such as 2026-01-31 or 2026-01-31T18:00Z`);
    return date;
  };
  const span = { from: read('from'), to: read('to') };
  const days = (span.to.getTime() - span.from.getTime()) / MS_PER_DAY;
  if (days <= 0) problems.push('--to: must be later than --from');
  if (days > MAX_DAYS) problems.push(`--to: must be at most ${MAX_DAYS} days later than --from`);
  return { problems, span, record: options.record };
}

/** Compare a span, and report what differs; false: something does. */
export async function runReconcile(
  parts: Reconciling,
  { span, record }: Pick<ReconcileOptions, 'span' | 'record'>,
  report: (line: string) => void,
): Promise<boolean> {
  let lines = 0;
  const result = await reconcile(
    parts,
    span,
    async (difference) => {
      if (++lines <= MAX_LINES) report(describeDifference(difference));
    },
    { record },
  );
  const { charges, refunds, disputes, entries, bookings, others, differences } = result;
  report(
    `${charges} charges, ${refunds} refunds and ${disputes} disputes at Stripe, ${entries} rows of the ledger and ${bookings} confirmed Bookings compared: ${differences} differences`,
  );
  if (others > 0) report(`${others} objects of other databases, or made by hand, were passed over`);
  return differences === 0;
}
