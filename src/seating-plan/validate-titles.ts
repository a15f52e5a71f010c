import type { ReportProblem } from './layout-problem.ts';
import type { Section } from './layout.ts';
import { titleOfPlace, titleOfSection } from './place-title.ts';

/**
 * Report places that read the same on two tickets. Sections may share name and level, as parts of a drawing do, if their
 * seats differ. One problem per section is enough to correct it.
 */
export function validateTitles(sections: readonly Section[], report: ReportProblem): void {
  const keysByTitle = new Map<string, Map<string, string>>();
  const byTitle = Map.groupBy(sections, titleOfSection);
  sections.forEach((section, index) => {
    const title = titleOfSection(section);
    if (byTitle.get(title)!.length === 1) return;
    const seen = keysByTitle.get(title) ?? new Map<string, string>();
    keysByTitle.set(title, seen);
    const twin = addPlaces(section, seen);
    if (twin === null) return;
    report(
      ['sections', String(index), 'name'],
      `“${twin.place}” is in section “${twin.key}”, too: change the name, the level or the seats`,
    );
  });
}

/** Add the places of a section; returns the first that another section has. */
function addPlaces(section: Section, seen: Map<string, string>): { place: string; key: string } | null {
  let twin: { place: string; key: string } | null = null;
  for (const place of titlesOf(section)) {
    const key = seen.get(place);
    if (key === undefined) seen.set(place, section.key);
    else if (key !== section.key) twin ??= { place, key };
  }
  return twin;
}

function* titlesOf(section: Section): Generator<string> {
  if (section.kind === 'GENERAL_ADMISSION') yield titleOfPlace(section, null, null);
  else
    for (const { label, seats } of section.rows)
      for (const seat of seats) yield titleOfPlace(section, label, seat);
}
