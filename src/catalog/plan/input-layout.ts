import type { SeatingPlanLayoutInput, SectionInput } from '../../generated/graphql.ts';
import { cleanLine } from '../../platform/text/clean.ts';
import {
  MAX_LABEL_LENGTH,
  numberPlaces,
  type SeatingPlanLayout,
  type SectionDraft,
} from '../../seating-plan/index.ts';

const cleanLabel = (label: string): string => cleanLine(label, MAX_LABEL_LENGTH);

/** Convert an input layout and number its places. The result is not validated. */
export function readInputLayout(name: string, input: SeatingPlanLayoutInput): SeatingPlanLayout {
  return numberPlaces({
    name,
    width: input.width,
    height: input.height,
    stage: { x: input.stageX, y: input.stageY, label: cleanLabel(input.stageLabel ?? 'Stage') },
    categories: input.categories.map(cleanLabel),
    sections: input.sections.map(readSection),
  });
}

function readSection({ seated, generalAdmission }: SectionInput): SectionDraft {
  if (generalAdmission != null) {
    const { key, name, level, places, category, outline } = generalAdmission;
    return {
      kind: 'GENERAL_ADMISSION',
      ...{
        key,
        name: cleanLabel(name),
        level: cleanLabel(level ?? ''),
        places,
        category,
        outline: [...outline],
      },
    };
  }
  const { key, name, level, rows } = seated; // @oneOf: seated is set
  return {
    kind: 'SEATED',
    ...{ key, name: cleanLabel(name), level: cleanLabel(level ?? '') },
    rows: rows.map(({ label, category, seats, x, y, accessible }) => ({
      label: cleanLabel(label),
      category,
      seats: seats.map(cleanLabel),
      ...{ x: [...x], y: [...y], accessible: (accessible ?? []).toSorted((a, b) => a - b) },
    })),
  };
}

/** Map a path in the layout to the path in the input, whose shape differs. */
export function pathInInput(path: readonly string[], input: SeatingPlanLayoutInput): string[] {
  const [field, index, ...rest] = path;
  if (field === 'stage') return [{ x: 'stageX', y: 'stageY', label: 'stageLabel' }[index ?? 'x'] ?? 'stageX'];
  if (field !== 'sections' || index === undefined) return [...path];
  return ['sections', index, input.sections[Number(index)]?.seated ? 'seated' : 'generalAdmission', ...rest];
}
