import type { SeatingPlanLayoutInput, SectionInput } from '../../generated/graphql.ts';
import { cleanLine } from '../../platform/text/clean.ts';
import type { SeatingPlanLayout } from '../../seating-plan/index.ts';
import { numberPlaces, type SectionDraft } from '../../seating-plan/index.ts';

/** Turn what an organiser drew into a layout, its places numbered; whether it can be sold from is not said. */
export function readInputLayout(name: string, drawn: SeatingPlanLayoutInput): SeatingPlanLayout {
  return numberPlaces({
    name,
    width: drawn.width,
    height: drawn.height,
    stage: { x: drawn.stageX, y: drawn.stageY, label: cleanLine(drawn.stageLabel ?? 'Stage') },
    categories: drawn.categories.map(cleanLine),
    sections: drawn.sections.map(readSection),
  });
}

function readSection({ seated, generalAdmission }: SectionInput): SectionDraft {
  if (generalAdmission != null) {
    const { key, name, level, places, category, outline } = generalAdmission;
    return {
      kind: 'GENERAL_ADMISSION',
      ...{
        key,
        name: cleanLine(name),
        level: cleanLine(level ?? ''),
        places,
        category,
        outline: [...outline],
      },
    };
  }
  const { key, name, level, rows } = seated; // @oneOf: it is the other
  return {
    kind: 'SEATED',
    ...{ key, name: cleanLine(name), level: cleanLine(level ?? '') },
    rows: rows.map(({ label, category, seats, x, y, accessible }) => ({
      label: cleanLine(label),
      category,
      seats: seats.map(cleanLine),
      ...{ x: [...x], y: [...y], accessible: (accessible ?? []).toSorted((a, b) => a - b) },
    })),
  };
}

/** Say where in the drawing a problem of the layout is: the two are shaped differently. */
export function pathInInput(path: readonly string[], drawn: SeatingPlanLayoutInput): string[] {
  const [field, index, ...rest] = path;
  if (field === 'stage') return [{ x: 'stageX', y: 'stageY', label: 'stageLabel' }[index ?? 'x'] ?? 'stageX'];
  if (field !== 'sections' || index === undefined) return [...path];
  return ['sections', index, drawn.sections[Number(index)]?.seated ? 'seated' : 'generalAdmission', ...rest];
}
