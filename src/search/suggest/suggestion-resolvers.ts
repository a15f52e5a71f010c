import type { Resolvers } from '../../generated/graphql.ts';
import type { HighlightedSuggestion } from './suggest.ts';

const TYPES = {
  EVENT: 'EventSuggestion',
  PERFORMER: 'PerformerSuggestion',
  VENUE: 'VenueSuggestion',
  CITY: 'CitySuggestion',
} as const satisfies Record<HighlightedSuggestion['kind'], string>;

const upcomingEvents = ({ events }: HighlightedSuggestion): number => events;

/** What is suggested has an id, and is never deleted. */
export const suggestionTypes: Pick<
  Resolvers,
  'Suggestion' | 'EventSuggestion' | 'PerformerSuggestion' | 'VenueSuggestion' | 'CitySuggestion'
> = {
  Suggestion: { __resolveType: ({ kind }) => TYPES[kind] },
  EventSuggestion: {
    upcomingEvents,
    event: async ({ id }, _args, { loaders }) => (await loaders.event.load(id!))!,
  },
  PerformerSuggestion: {
    upcomingEvents,
    performer: async ({ id }, _args, { loaders }) => (await loaders.performer.load(id!))!,
  },
  VenueSuggestion: {
    upcomingEvents,
    venue: async ({ id }, _args, { loaders }) => (await loaders.venue.load(id!))!,
  },
  CitySuggestion: { upcomingEvents },
};
