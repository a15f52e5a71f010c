/**
 * The statement corpus: every named statement that the program sends to Postgres, with the parameters of each use, recorded
 * while journeys reach every use case and periodic task.
 *
 *   const corpus = await collectStatements();
 *   for (const { name, text, uses } of corpus) …
 *
 * One entry per distinct text: a name has several where a use case leaves out a filter, or locks or does not. `text` is
 * what Postgres gets, with `$1` for the first of a use's values. `corpus.test.ts` proves that no statement of `src` is
 * missing; a new one needs a journey (`journey-*.ts`) that reaches it, through the public API where there is one.
 */
import { openCheckoutWorld, type CheckoutWorld } from '../support/checkout-world.ts';
import { admissionsJourney } from './journey-admissions.ts';
import { buyersJourney } from './journey-buyers.ts';
import { checkoutsJourney } from './journey-checkouts.ts';
import { indexingJourney } from './journey-indexing.ts';
import { organisersJourney, salesJourney } from './journey-organisers.ts';
import { visitorsJourney } from './journey-visitors.ts';
import { waitingRoomJourney } from './journey-waiting-room.ts';
import { workerJourney } from './journey-worker.ts';
import { journeyWorld, type Grow } from './journey-world.ts';
import { recordStatements, type SentStatement } from './statement-recorder.ts';

/** A distinct statement. */
export interface CorpusStatement {
  name: string;
  text: string;
  /** Parameters of its uses, at most MAX_USES. */
  uses: (readonly unknown[])[];
}

const MAX_USES = 20;

/** Names of statements that no journey reaches, with the reason. */
export const UNREACHED: Readonly<Record<string, string>> = {
  'replication.dropSlot': 'only after Postgres has invalidated the slot; a function call on its name',
};

/** Run every journey in a world with a worker; `grow` is called with the id of each Event that is put on sale. */
export async function runJourneys(opened: CheckoutWorld, grow?: Grow): Promise<void> {
  const world = journeyWorld(opened, grow);
  await buyersJourney(world);
  await visitorsJourney(world, await organisersJourney(world));
  await salesJourney(world);
  await checkoutsJourney(world);
  await admissionsJourney(world);
  await workerJourney(world);
  await indexingJourney(world);
  await waitingRoomJourney(world);
}

/** Run every journey in a world of its own, and return what was sent. */
export async function collectStatements(): Promise<CorpusStatement[]> {
  using recorder = recordStatements();
  await using world = await openCheckoutWorld();
  await runJourneys(world);
  return corpusOf(recorder.sent);
}

/** Group what was sent by text. */
export function corpusOf(sent: readonly SentStatement[]): CorpusStatement[] {
  const byText = Map.groupBy(sent, ({ text }) => text);
  return [...byText].map(([text, uses]) => ({
    name: uses[0]!.name,
    text,
    uses: uses.slice(0, MAX_USES).map(({ values }) => values),
  }));
}
