import type { MatchLocation } from '../normalise/normalise-match.ts';

/** A normalised Event of a source list, at its original date. Ids are those of the source. */
export interface Listing {
  id: string;
  name: string;
  /** `YYYY-MM-DDTHH:MM`, or `YYYY-MM-DD` if the time is unknown. */
  startsAt: string;
  endsAt: string | null;
  category: string;
  genre: string;
  series: string;
  venueId: string;
  performerIds: string[];
  description: string;
  /** Location in the list; null for lists that only refer to a Venue. */
  location: MatchLocation | null;
  price: { min: number; max: number; currency: string } | null;
}
