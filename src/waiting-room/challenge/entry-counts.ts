import type { Platform } from '../../platform/index.ts';
import { readScript } from '../../platform/redis/script.ts';
import type { RoomKey } from '../store/rooms.ts';
import type { SolvedChallenge } from './challenge.ts';
import { ADDRESS_SHARE, NETWORK_SHARE, type EntryCounts } from './effort.ts';
import type { Fingerprint } from './fingerprint.ts';
import { challengeKeys } from './keys.ts';

/** Two rows of a million cells, 2 MB a room, however many join: a million addresses, each with a device, are rarely too high by more than one. */
const CELLS_PER_ROW = 2 ** 20;
/** Two rows of cells of two bytes behind these, 256 kB: entries of IPv6 networks. */
const NETWORK_CELLS_PER_ROW = 2 ** 16;
/** A new day counts anew: addresses change hands. */
const COUNTS_TTL_MS = 24 * 60 * 60_000;
/** The organiser looks after the sale, too. */
const SUSPECTS_TTL_MS = 30 * 24 * 60 * 60_000;
/** A spent challenge is remembered for longer than the clock of any process may be behind. */
const CLOCK_SKEW_MS = 2 * 60 * 60_000;
/** Entries of one device at one address beyond what a classroom of equal computers makes. */
const SUSPECT_COUNT = 32;

const spendScript = readScript<'accepted' | 'spent' | 'outgrown' | 'lost'>(
  new URL('scripts/spend-challenge.lua', import.meta.url),
);

type CountPlatform = Pick<Platform, 'redis'>;

/** Entries so far with this fingerprint; none while Redis is away. */
export function readCounts(
  { redis }: CountPlatform,
  room: RoomKey,
  fingerprint: Fingerprint,
): Promise<EntryCounts> {
  const { counts } = challengeKeys(redis.prefix, room);
  return redis.attempt('challenge', counts, { device: 0, address: 0, network: 0 }, async (connection) => {
    const cells = [...cellsOf(fingerprint.device), ...cellsOf(fingerprint.address)];
    const reads = [
      ...cells.flatMap((cell) => ['GET', 'u8', `#${cell}`]),
      ...networkCellsOf(fingerprint).flatMap((cell) => ['GET', 'u16', `#${cell}`]),
    ];
    const [d1, d2, a1, a2, n1 = 0, n2 = 0] = (await connection.call(
      'BITFIELD',
      counts,
      ...reads,
    )) as number[];
    return { device: Math.min(d1!, d2!), address: Math.min(a1!, a2!), network: Math.min(n1, n2) };
  });
}

/** Spend a solved challenge and count its entry; null: Redis is away, or has lost the line, as of a room that was closed. */
export async function spendChallenge(
  { redis }: CountPlatform,
  room: RoomKey,
  {
    challenge,
    fingerprint,
    maxCount,
    now,
  }: {
    challenge: SolvedChallenge;
    fingerprint: Fingerprint;
    maxCount: number;
    now: Date;
  },
): Promise<'accepted' | 'spent' | 'outgrown' | null> {
  const keys = challengeKeys(redis.prefix, room);
  const spentMs = challenge.expiresAt.getTime() - now.getTime() + CLOCK_SKEW_MS;
  const reply = await redis.attempt('challenge', keys.counts, 'lost' as const, (connection) =>
    spendScript(
      connection,
      [keys.spent(challenge.nonce), keys.counts, keys.suspects, keys.line],
      [
        ...[spentMs, COUNTS_TTL_MS, SUSPECTS_TTL_MS, maxCount, ADDRESS_SHARE, SUSPECT_COUNT],
        ...cellsOf(fingerprint.device),
        ...cellsOf(fingerprint.address),
        ...[NETWORK_SHARE, ...networkCellsOf(fingerprint)],
      ],
    ),
  );
  return reply === 'lost' ? null : reply;
}

/** Number of entries that look like one device; null: Redis is away. */
export function readSuspects({ redis }: CountPlatform, room: RoomKey): Promise<number | null> {
  const { suspects } = challengeKeys(redis.prefix, room);
  return redis.attempt('challenge', suspects, null, async (connection) =>
    Number((await connection.get(suspects)) ?? 0),
  );
}

/** One cell in each row. */
const cellsOf = (digest: Buffer): [number, number] => [
  digest.readUInt32BE(0) % CELLS_PER_ROW,
  CELLS_PER_ROW + (digest.readUInt32BE(4) % CELLS_PER_ROW),
];

/** The same of the /48; none of IPv4. */
const networkCellsOf = ({ network }: Fingerprint): number[] =>
  network === null
    ? []
    : [0, 1].map((row) => {
        const first = CELLS_PER_ROW + row * NETWORK_CELLS_PER_ROW; // behind two rows of single bytes
        return first + (network.readUInt32BE(4 * row) % NETWORK_CELLS_PER_ROW);
      });
