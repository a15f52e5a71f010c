import { z } from 'zod';

import { readOptions } from '../../platform/cli/read-options.ts';
import { ConfigurationError } from '../../platform/config/settings.ts';
import { verifyDraw } from '../../waiting-room/index.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const generation = z.int().positive();
const Draw = z.object({
  event: z.string(),
  generation,
  order: z.enum(['SHUFFLED', 'ARRIVAL']),
  opensAt: z.string(),
  seedHash: sha256,
  seed: sha256,
  listHash: sha256,
  entries: z.int().min(0),
});
const CurrentRoom = z.object({
  data: z.object({ event: z.object({ waitingRoom: z.object({ generation }).nullable() }).nullable() }),
});
/** A million entries over a slow link. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** There is nothing that can be checked. */
class NotPublished extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

interface VerifyOptions {
  url: string;
  event: string;
  /** Null: the room that the Event has now. */
  generation: number | null;
  seedHash: string | null;
  entry: string | null;
}

/** Parse the options of `npm run verify-queue`. */
export function readVerifyOptions(args: readonly string[]): VerifyOptions {
  const given = readOptions({
    call: 'npm run verify-queue --',
    about: 'Recompute the order of a waiting room from what the server published.',
    args,
    options: {
      url: { type: 'string', value: 'URL', about: 'address of the server (required)' },
      event: { type: 'string', value: 'ID', about: 'global id of the Event (required)' },
      generation: {
        type: 'string',
        value: 'N',
        about: 'which room of the Event; without, the one that is open',
      },
      'seed-hash': { type: 'string', value: 'HASH', about: 'hash of the seed, noted before the opening' },
      entry: { type: 'string', value: 'ENTRY', about: 'print the place of this entry' },
    },
  });
  const { url = '', event = '' } = given;
  const problems: string[] = [];
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    problems.push('--url: must be the address of a server, such as http://localhost:4000');
  if (!/^evt_[0-9a-f]{32}$/.test(event)) problems.push('--event: must be the global id of an Event, evt_…');
  if (given.generation !== undefined && !/^[1-9]\d{0,8}$/.test(given.generation))
    problems.push('--generation: must be a number of at least 1');
  const seedHash = given['seed-hash']?.toLowerCase() ?? null;
  if (seedHash !== null && !sha256.safeParse(seedHash).success)
    problems.push('--seed-hash: must be the 64 hexadecimal digits of `seedHash`');
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    ...{ url: url.replace(/\/+$/, ''), event },
    generation: given.generation === undefined ? null : Number(given.generation),
    seedHash,
    entry: given.entry ?? null,
  };
}

/** Download a draw and recompute it; false: something is wrong, and was reported. */
export async function verifyQueue(options: VerifyOptions, report: (line: string) => void): Promise<boolean> {
  const { url, event, seedHash, entry } = options;
  const path = `${url}/waiting-rooms/${event}/${options.generation ?? (await currentGeneration(options))}`;
  const draw = Draw.parse(JSON.parse(await download(`${path}/draw.json`)));
  const { order, problems } = await verifyDraw(draw, await download(`${path}/entries.txt`));
  for (const problem of problems) report(`WRONG: ${problem}`);
  const isPromised = seedHash === null || seedHash === draw.seedHash;
  if (!isPromised) report('WRONG: the seed is not the one whose hash you noted before the opening');
  if (order === null || !isPromised) return false;
  report(`${draw.entries} entries, list hash ${draw.listHash}`);
  report(
    draw.order === 'ARRIVAL'
      ? 'The list is in order of arrival, which is the order of places: nothing was drawn.'
      : `The list and the seed give the order. First: ${order[0] ?? 'none'}`,
  );
  report(
    seedHash === null
      ? 'List, seed and hashes are consistent with each other, but not compared with a hash noted before the opening: --seed-hash'
      : 'The seed is the one whose hash you noted.',
  );
  return entry === null || reportPlace(order, entry, report);
}

/** An entry that was left out of the list looks like one that left or came late: only its viewer knows. */
function reportPlace(order: readonly string[], entry: string, report: (line: string) => void): boolean {
  const place = order.indexOf(entry) + 1;
  report(
    place === 0
      ? `${entry} is NOT in the list: it left before the closing, joined after it, or was left out; compare with when you did`
      : `${entry} has place ${place}`,
  );
  return place > 0;
}

async function currentGeneration({ url, event }: VerifyOptions): Promise<number> {
  const query = 'query ($event: ID!) { event(id: $event) { waitingRoom { generation } } }';
  const text = await download(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { event } }),
  });
  const room = CurrentRoom.parse(JSON.parse(text)).data.event?.waitingRoom;
  if (room) return room.generation;
  throw new NotPublished(
    'The Event has no open waiting room.',
    'Name a closed one, --generation N: the first is 1.',
  );
}

async function download(url: string, request: RequestInit = {}): Promise<string> {
  const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const response = await fetch(url, { ...request, signal }).catch((error: Error) => {
    throw new NotPublished(`${url} cannot be reached (${reasonOf(error)}).`, 'Check --url, and try again.');
  });
  if (response.ok) return response.text();
  throw new NotPublished(
    `${url} answered ${response.status}.`,
    'The list is published when the room opens; check the Event and the generation.',
  );
}

/** `fetch` says "fetch failed"; its cause says why. */
const reasonOf = ({ message, cause }: Error): string =>
  cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
