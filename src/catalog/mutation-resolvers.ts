import type { Context, Resolvers } from '../generated/graphql.ts';
import { signedIn, type Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import { createEvent } from './create-event.ts';
import { createPerformer } from './create-performer.ts';
import { createSeatingPlan } from './create-seating-plan.ts';
import { createVenue } from './create-venue.ts';
import { forgetLoaded } from './loaders.ts';
import { updateEvent } from './update-event.ts';
import { updatePerformer } from './update-performer.ts';
import { updateSeatingPlan } from './update-seating-plan.ts';
import { updateVenue } from './update-venue.ts';

/** What organisers can do to the catalogue. */
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
  useCase: (platform: Platform, viewer: Viewer, input: Input) => Promise<Outcome>,
) {
  return async (_root: unknown, { input }: { input: Input }, context: Context): Promise<Outcome> => {
    const outcome = await useCase(context.platform, signedIn(context), input);
    forgetLoaded(context.loaders);
    return outcome;
  };
}
