import { createHash } from 'node:crypto';

import type { SeatingPlanLayout } from './layout.ts';

/**
 * SHA-256 of a layout, independent of key order, which jsonb changes. Fields are listed instead of sorted: ten times
 * faster on the 2 MB of a stadium.
 */
export function fingerprint({ name, width, height, stage, categories, sections }: SeatingPlanLayout): string {
  const canonical = [
    [name, width, height, stage.x, stage.y, stage.label, categories],
    sections.map((section) => [
      [section.kind, section.key, section.name, section.level],
      section.kind === 'SEATED'
        ? section.rows.map(({ label, category, seats, x, y, accessible }) => [
            [label, category, seats],
            [x, y, accessible],
          ])
        : [section.category, section.places, section.outline],
    ]),
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
