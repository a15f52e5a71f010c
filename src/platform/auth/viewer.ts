import { CodedError } from '../errors.ts';

/** What a token may be good for. The schema's `Role` enum says the same. */
export const ROLES = ['FAN', 'ORGANISER', 'GATE', 'PARTNER', 'ADMIN'] as const;

/** One of them. */
export type Role = (typeof ROLES)[number];

/** Whoever is asking, as their verified token says. */
export interface Viewer {
  /** The token's `sub`; what reservations and bookings are kept under. */
  id: string;
  roles: ReadonlySet<Role>;
}

/** A viewer, for as long as their token is good. */
export interface Session extends Viewer {
  /** From when on the token is taken no more, by our clock: milliseconds since 1970. */
  endsAt: number;
}

/** Return the viewer, or throw UNAUTHENTICATED: the client forgot its token. */
export function signedIn(context: { viewer: Viewer | null }): Viewer {
  if (context.viewer === null) throw new CodedError('UNAUTHENTICATED', 'This needs a token.');
  return context.viewer;
}

/** Tell whether the viewer may act for the organiser who owns something: the owner may, and an admin. */
export function mayActFor(viewer: Viewer, organiserId: string | null): boolean {
  return (
    viewer.roles.has('ADMIN') ||
    (organiserId !== null && viewer.id === organiserId && viewer.roles.has('ORGANISER'))
  );
}
