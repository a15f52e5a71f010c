/** Clubs that the cup lists name by their town only; each town has one club in these leagues. */
const CLUB_BY_TOWN: Record<string, string> = {
  Bolton: 'Bolton Wanderers',
  Bradford: 'Bradford City',
  Burton: 'Burton Albion',
  Cardiff: 'Cardiff City',
  Doncaster: 'Doncaster Rovers',
  Exeter: 'Exeter City',
  Huddersfield: 'Huddersfield Town',
  Leyton: 'Leyton Orient',
  Lincoln: 'Lincoln City',
  Luton: 'Luton Town',
  Mansfield: 'Mansfield Town',
  Northampton: 'Northampton Town',
  Peterborough: 'Peterborough United',
  Plymouth: 'Plymouth Argyle',
  Rotherham: 'Rotherham United',
  Stockport: 'Stockport County',
  Wigan: 'Wigan Athletic',
  Wycombe: 'Wycombe Wanderers',
};
const PREFERRED_TEAM_NAMES: Record<string, string> = { 'Bosnia & Herzegovina': 'Bosnia and Herzegovina' };

interface SourcePerformer {
  id: string;
  name: string;
  kind: string;
  country_code: string;
}

/**
 * Find duplicate Performers: `Cardiff` is `Cardiff City`, and `Watford FC` is `Watford`. Returns the id to keep, by the
 * id of each duplicate.
 *
 * Only a trailing FC or AFC of a British club is ignored: AFC Wimbledon and Wimbledon FC are two clubs.
 */
export function findDuplicates(performers: readonly SourcePerformer[]): Map<string, string> {
  const teams = performers.filter((performer) => performer.kind === 'team');
  const british = new Map(
    teams.filter((team) => team.country_code === 'GB').map((team) => [team.name, team.id]),
  );
  const all = new Map(teams.map((team) => [team.name, team.id]));
  const duplicates = new Map<string, string>();
  for (const { id, name, country_code } of teams) {
    const isBritish = country_code === 'GB';
    const town = isBritish ? CLUB_BY_TOWN[name] : undefined;
    const short = isBritish ? name.replace(/ A?FC$/, '') : name;
    const other =
      (town === undefined ? undefined : british.get(town)) ??
      (short === name ? undefined : british.get(short)) ??
      all.get(PREFERRED_TEAM_NAMES[name] ?? '');
    if (other !== undefined && other !== id) duplicates.set(id, other);
  }
  return duplicates;
}

/** The id to keep for an id, following chains of duplicates. */
export function canonicalId(duplicates: ReadonlyMap<string, string>, id: string): string {
  const other = duplicates.get(id);
  return other === undefined ? id : canonicalId(duplicates, other);
}
