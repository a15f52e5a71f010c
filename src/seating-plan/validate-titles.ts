import { skeletonOf, skeletonsOfSign } from '../platform/text/skeleton.ts';
import type { ReportProblem } from './layout-problem.ts';
import type { Section } from './layout.ts';
import { LookAlikes } from './look-alikes.ts';
import { titleOfPlace, titleOfSection } from './place-title.ts';

/**
 * Report places that read the same, or look the same, on two tickets. Sections may share name and level, as parts of a drawing
 * do, if their seats differ. One problem per section is enough to correct it.
 */
export function validateTitles(sections: readonly Section[], report: ReportProblem): void {
  const lookAlikes = { level: new LookAlikes('signs'), name: new LookAlikes('signs') };
  const placesByTitle = new Map<string, Map<string, string>>();
  const byTitle = Map.groupBy(sections, titleOfSection);
  sections.forEach((section, index) => {
    const path = ['sections', String(index)];
    const title = titleOfSection(section);
    const likeLevel = lookAlikes.level.add(section.level);
    if (likeLevel !== null) report([...path, 'level'], `level “${section.level}” ${likeLevel}`);
    const likeTitle = lookAlikes.name.add(title);
    if (likeTitle !== null) report([...path, 'name'], `section “${title}” ${likeTitle}`);
    if (byTitle.get(title)!.length === 1) return;
    const twin = addPlaces(
      section,
      placesByTitle.getOrInsertComputed(title, () => new Map<string, string>()),
    );
    if (twin === null) return;
    report(
      [...path, 'name'],
      `“${twin.title}” is in section “${twin.key}”, too: change the name, the level or the seats`,
    );
  });
}

/** Add the places of a section by skeleton; returns the first that another section has, with the key of that section. */
function addPlaces(section: Section, seen: Map<string, string>): { title: string; key: string } | null {
  let twin: { title: string; key: string } | null = null;
  for (const { row, seat, skeleton } of placesOf(section)) {
    const key = seen.getOrInsert(skeleton, section.key);
    if (key !== section.key) twin ??= { title: titleOfPlace(section, row, seat), key };
  }
  return twin;
}

function* placesOf(
  section: Section,
): Generator<{ row: string | null; seat: string | null; skeleton: string }> {
  if (section.kind === 'GENERAL_ADMISSION') yield { row: null, seat: null, skeleton: '' };
  else
    for (const { label: row, seats } of section.rows)
      for (const rowSkeleton of skeletonsOfSign(row))
        for (const seat of seats) yield { row, seat, skeleton: `${rowSkeleton}\0${skeletonOf(seat)}` };
}
