import type { Context, SeatingPlanResolvers, SectionResolvers } from '../../generated/graphql.ts';
import { encodeId } from '../../platform/ids.ts';
import type { SeatingPlanLayout } from '../../seating-plan/index.ts';
import type { SeatingPlanHead } from '../store/reads.ts';

/** Fields of a SeatingPlan. The layout is loaded only if a selected field needs it. */
export const seatingPlanFields: SeatingPlanResolvers = {
  id: ({ id }) => encodeId('SeatingPlan', id),
  venue: async ({ venueId }, _args, { loaders }) => (await loaders.venue.load(venueId))!,
  width: async (plan, _args, context) => (await layoutOf(plan, context)).width,
  height: async (plan, _args, context) => (await layoutOf(plan, context)).height,
  stage: async (plan, _args, context) => (await layoutOf(plan, context)).stage,
  categories: async (plan, _args, context) => (await layoutOf(plan, context)).categories,
  sections: async (plan, _args, context) => (await layoutOf(plan, context)).sections,
};

export const sectionFields: SectionResolvers = {
  __resolveType: ({ kind }) => (kind === 'SEATED' ? 'SeatedSection' : 'GeneralAdmissionArea'),
};

const layoutOf = async ({ id }: SeatingPlanHead, { loaders }: Context): Promise<SeatingPlanLayout> =>
  (await loaders.seatingPlanLayout.load(id))!; // plans are never deleted
