import type { Context, Resolvers } from '../generated/graphql.ts';
import { signedIn, type Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import { createEvent } from './event/create-event.ts';
import { updateEvent } from './event/update-event.ts';
import { clearLoaders } from './loaders.ts';
import { createPerformer } from './performer/create-performer.ts';
import { updatePerformer } from './performer/update-performer.ts';
import { createSeatingPlan } from './plan/create-seating-plan.ts';
import { updateSeatingPlan } from './plan/update-seating-plan.ts';
import { createVenue } from './venue/create-venue.ts';
import { updateVenue } from './venue/update-venue.ts';

/** Organiser mutations on the catalogue. */
export const mutations: NonNullable<Resolvers['Mutation']> = {
  createVenue: resolveWith(createVenue),
  updateVenue: resolveWith(updateVenue),
  createPerformer: resolveWith(createPerformer),
  updatePerformer: resolveWith(updatePerformer),
  createSeatingPlan: resolveWith(createSeatingPlan),
  updateSeatingPlan: resolveWith(updateSeatingPlan),
  createEvent: resolveWith(createEvent),
  updateEvent: resolveWith(updateEvent),
};

function resolveWith<Input, Outcome>(
  useCase: (platform: Platform, viewer: Viewer, input: Input, context: Context) => Promise<Outcome>,
) {
  return async (_root: unknown, { input }: { input: Input }, context: Context): Promise<Outcome> => {
    const outcome = await useCase(context.platform, signedIn(context), input, context);
    clearLoaders(context.loaders);
    return outcome;
  };
}
