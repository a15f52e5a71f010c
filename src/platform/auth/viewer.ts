import { CodedError } from '../errors.ts';

/** Of a token's `sub`, in code points: 800 bytes in the keys of indexes. */
export const MAX_SUBJECT_LENGTH = 200;

/** Roles of a token; the same as the schema's `Role` enum. */
export const ROLES = ['FAN', 'ORGANISER', 'GATE', 'PARTNER', 'ADMIN'] as const;

export type Role = (typeof ROLES)[number];

/** The authenticated client of a request. */
export interface Viewer {
  /** The token's `sub`, which owns reservations and bookings. */
  id: string;
  roles: ReadonlySet<Role>;
}

/** A viewer until the expiry of the token. */
export interface AuthenticatedViewer extends Viewer {
  /** Expiry of the token by the clock of this server, in milliseconds since 1970. */
  endsAt: number;
}

/** Return the viewer, or throw UNAUTHENTICATED if the request has no token. */
export function signedIn(context: { viewer: Viewer | null }): Viewer {
  if (context.viewer === null) throw new CodedError('UNAUTHENTICATED', 'This needs a token.');
  return context.viewer;
}

/** Whether the viewer may act for an organiser: the organiser itself, or an admin. */
export function mayActFor(viewer: Viewer, organiserId: string | null): boolean {
  return (
    viewer.roles.has('ADMIN') ||
    (organiserId !== null && viewer.id === organiserId && viewer.roles.has('ORGANISER'))
  );
}

/** Whether the viewer edits the catalogue, and has to see changes at once: no cache answers it. */
export const editsCatalogue = (viewer: Viewer | null): boolean =>
  viewer !== null && (viewer.roles.has('ORGANISER') || viewer.roles.has('ADMIN'));
