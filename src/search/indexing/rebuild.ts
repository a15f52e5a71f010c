import type { Platform } from '../../platform/index.ts';
import { pause } from '../../platform/pause.ts';
import { drawVersion } from '../documents/draw-version.ts';
import { MAX_EVENTS_PER_READ } from '../documents/read-documents.ts';
import { forgetDeadLettersBefore } from './dead-letters.ts';
import type { DocumentWriter, Written } from './document-writer.ts';
import { listEventIds } from './event-ids.ts';
import type { EventIndex, EventIndices } from './event-indices.ts';

/** What a build needs of the session that writes changes meanwhile. */
export interface BuildParts {
  /** Runs while no write is in flight. */
  exclusively: (work: () => Promise<void>) => Promise<void>;
  /** Documents that changes have hidden so far. */
  hiddenByChanges: () => number;
  signal: AbortSignal;
}

/** What a rebuild works with; `writer` writes changes to the live index and the next one from before the copy begins. */
export type RebuildParts = BuildParts & {
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  indices: EventIndices;
  writer: DocumentWriter;
};

/** The index that was built has fewer documents than were written to it. */
class DocumentsMissing extends Error {
  constructor(expected: number, found: number) {
    super(`search index has ${found} events after a rebuild that wrote ${expected}`);
    this.name = 'DocumentsMissing';
  }
}

/** So many documents were set aside that the index lacks what the live one may have. */
export class TooManySetAside extends Error {
  readonly setAside: number;

  constructor({ setAside, visible, hidden }: Written) {
    super(`${setAside} of ${setAside + visible + hidden} search documents were set aside`);
    this.name = 'TooManySetAside';
    this.setAside = setAside;
  }
}

/** An index goes live unless more of its documents were set aside than this, and than this share. */
const MAX_SET_ASIDE = 10;
const MAX_SET_ASIDE_SHARE = 0.001;

const isIncomplete = ({ setAside, visible, hidden }: Written): boolean =>
  setAside > MAX_SET_ASIDE && setAside > MAX_SET_ASIDE_SHARE * (setAside + visible + hidden);

/** Between two attempts at a page. */
const RETRY_INTERVAL_MS = 500;
/** Attempts at a page, half a minute: the session gives up as well then. */
const MAX_ATTEMPTS = 60;
const LOG_INTERVAL_MS = 10_000;

/**
 * Copy all Events to the index that is built, then make it the live one. Changes that are committed meanwhile are written to both;
 * versions decide which document of an Event stays, so that the order of copies and changes does not matter. Throws `TooManySetAside`
 * if the index is not to go live: then it may be copied to again.
 */
export async function rebuild(
  parts: RebuildParts,
  replaced: readonly EventIndex[],
  next: EventIndex,
): Promise<void> {
  const { platform, indices, writer, exclusively, hiddenByChanges } = parts;
  const { log, db } = platform;
  const startedAt = performance.now();
  const firstVersion = await drawVersion(db);
  const hiddenBefore = hiddenByChanges();
  const copied = await copyAll(parts, startedAt);
  if (isIncomplete(copied)) throw new TooManySetAside(copied);
  const found = await indices.countVisible(next.name);
  const expected = copied.visible - (hiddenByChanges() - hiddenBefore);
  if (found < expected) throw new DocumentsMissing(expected, found);
  await exclusively(async () => {
    await indices.goLive({ replaced, next });
    writer.targets = [indices.live];
  });
  await forgetDeadLettersBefore(platform, firstVersion);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  log.info({ index: next.name, events: found, setAside: copied.setAside, seconds }, 'search index rebuilt');
}

async function copyAll(
  { platform: { db, log }, indices, writer, signal }: RebuildParts,
  startedAt: number,
): Promise<Written> {
  const total: Written = { visible: 0, hidden: 0, setAside: 0 };
  let loggedAt = startedAt;
  let after: string | null = null;
  do {
    const from: string | null = after;
    const page = await retried(signal, async () => {
      const { ids, next } = await listEventIds(db, from, MAX_EVENTS_PER_READ);
      return { written: await writer.index(ids, [indices.next]), next };
    });
    total.visible += page.written.visible;
    total.hidden += page.written.hidden;
    total.setAside += page.written.setAside;
    after = page.next;
    if (performance.now() - loggedAt > LOG_INTERVAL_MS) {
      loggedAt = performance.now();
      log.info({ events: total.visible }, 'search index rebuild under way');
    }
  } while (after !== null);
  return total;
}

async function retried<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(RETRY_INTERVAL_MS, signal);
    }
  }
}
