import type { SeatingPlanLayout } from '../../seating-plan/index.ts';

/** The wheelchair-accessible places of a layout. */
export const accessiblePlaces = ({ sections }: Pick<SeatingPlanLayout, 'sections'>): number[] =>
  sections.flatMap((section) =>
    section.kind === 'SEATED'
      ? section.rows.flatMap(({ firstPlace, accessible }) => accessible.map((seat) => firstPlace + seat))
      : [],
  );
