/** What the change feed says of itself, again and again while it is well. */
export interface Feed {
  generation: string;
  /** Events of which Redis has not taken what was committed a while ago. */
  behind: ReadonlySet<string>;
}

/** The generation whose board of an Event can be relied on. Null: none, the feed being away or behind. */
export const generationFor = (feed: Feed | null, eventId: string): string | null =>
  feed === null || feed.behind.has(eventId) ? null : feed.generation;

/** Write it as Redis keeps it. */
export const writeFeed = ({ generation, behind }: Feed): string => [generation, ...behind].join(' ');

/** Read what Redis has kept. */
export function parseFeed(text: string): Feed {
  const [generation = '', ...behind] = text.split(' ');
  return { generation, behind: new Set(behind) };
}
