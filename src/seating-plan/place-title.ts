import type { Section } from './layout.ts';

/** What distinguishes a section for people: two sections “Left” are on different levels. */
export function titleOfSection({ name, level }: Pick<Section, 'name' | 'level'>): string {
  return level === '' || name.startsWith(level) ? name : `${level}, ${name}`;
}

/** A place as people find it: `Stalls, Left, row A, seat 1`; of a general-admission area its title alone. */
export function titleOfPlace(
  section: Pick<Section, 'name' | 'level'>,
  row: string | null,
  seat: string | null,
): string {
  const title = titleOfSection(section);
  return row === null || seat === null ? title : `${title}, row ${row}, seat ${seat}`;
}
