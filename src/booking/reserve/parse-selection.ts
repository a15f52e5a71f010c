import type { FieldProblem, TicketSelectionInput } from '../../generated/graphql.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { labelOfPlace, type GeneralAdmissionArea, type SeatingPlanLayout } from '../../seating-plan/index.ts';

/** A quantity of tickets of one general-admission area. */
export interface AreaRequest {
  area: GeneralAdmissionArea;
  quantity: number;
}

/** A parsed selection. Both lists are in order of place: one locking order for all transactions, so that none deadlock. */
export type TicketSelection =
  | { kind: 'PLACES'; places: number[] }
  | { kind: 'AREAS'; areas: AreaRequest[] }
  | { kind: 'INVALID'; problems: FieldProblem[] };

/** Parse a selection into places or quantities of areas, or list all of its problems. */
export function parseSelection(
  input: TicketSelectionInput,
  eventId: string,
  layout: SeatingPlanLayout,
): TicketSelection {
  const problems = new SelectionProblems();
  if (input.generalAdmission) {
    const areas = parseAreas(input.generalAdmission, layout, problems);
    return problems.isEmpty ? { kind: 'AREAS', areas } : { kind: 'INVALID', problems: problems.list };
  }
  const places = input.tickets
    ? parseTicketIds(input.tickets, eventId, problems)
    : (input.places ?? []).map((place, index): NamedPlace => ({ place, path: ['places', String(index)] }));
  if (places.length === 0 && problems.isEmpty)
    problems.add([input.tickets ? 'tickets' : 'places'], 'is empty');
  const chosen = checkPlaces(places, layout, problems);
  return problems.isEmpty
    ? { kind: 'PLACES', places: chosen.toSorted((a, b) => a - b) }
    : { kind: 'INVALID', problems: problems.list };
}

/** Number of tickets in a selection. */
export function quantityOf(selection: Exclude<TicketSelection, { kind: 'INVALID' }>): number {
  return selection.kind === 'PLACES'
    ? selection.places.length
    : selection.areas.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** A place and its path in the input. */
interface NamedPlace {
  place: number;
  path: string[];
}

class SelectionProblems {
  readonly list: FieldProblem[] = [];
  get isEmpty(): boolean {
    return this.list.length === 0;
  }
  add(path: readonly string[], message: string): void {
    this.list.push({ path: ['selection', ...path], message });
  }
}

function parseTicketIds(ids: readonly string[], eventId: string, problems: SelectionProblems): NamedPlace[] {
  return ids.flatMap((id, index) => {
    const path = ['tickets', String(index)];
    const ticket = decodeIdOf('Ticket', id);
    if (ticket === null) problems.add(path, 'is not the id of a Ticket');
    else if (ticket.eventId !== eventId) problems.add(path, 'is a Ticket of another Event');
    else return [{ place: ticket.place, path }];
    return [];
  });
}

function checkPlaces(
  named: readonly NamedPlace[],
  layout: SeatingPlanLayout,
  problems: SelectionProblems,
): number[] {
  const seen = new Set<number>();
  for (const { place, path } of named) {
    const label = labelOfPlace(layout, place);
    if (label === null) problems.add(path, 'is not a place of this Event');
    else if (label.section.kind === 'GENERAL_ADMISSION') {
      // its tickets are interchangeable: a buyer of an exact one would lose races for no benefit
      problems.add(
        path,
        `is in the area \`${label.section.key}\`, which is sold by quantity: use \`generalAdmission\``,
      );
    } else if (seen.has(place)) problems.add(path, 'is listed twice');
    seen.add(place);
  }
  return [...seen];
}

function parseAreas(
  requests: readonly { area: string; quantity: number }[],
  layout: SeatingPlanLayout,
  problems: SelectionProblems,
): AreaRequest[] {
  if (requests.length === 0) problems.add(['generalAdmission'], 'is empty');
  const seen = new Set<string>();
  const selected = requests.flatMap(({ area: key, quantity }, index): AreaRequest[] => {
    const path = ['generalAdmission', String(index)];
    if (quantity < 1) problems.add([...path, 'quantity'], 'must be at least 1');
    if (seen.has(key)) problems.add([...path, 'area'], 'is listed twice');
    seen.add(key);
    const section = layout.sections.find((candidate) => candidate.key === key);
    if (section?.kind === 'GENERAL_ADMISSION') return [{ area: section, quantity }];
    problems.add(
      [...path, 'area'],
      section ? 'has numbered seats: use `places` or `tickets`' : 'is not an area of this Event',
    );
    return [];
  });
  return selected.toSorted((a, b) => a.area.firstPlace - b.area.firstPlace);
}
