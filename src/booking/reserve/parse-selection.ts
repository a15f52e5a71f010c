import type { FieldProblem, TicketSelectionInput } from '../../generated/graphql.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { labelOfPlace, type GeneralAdmissionArea, type SeatingPlanLayout } from '../../seating-plan/index.ts';

/** So many tickets of one general-admission area. */
export interface AreaRequest {
  area: GeneralAdmissionArea;
  quantity: number;
}

/** What a buyer wants, once it is known to exist. Both lists are in order of place: one order for everybody, so that nobody deadlocks. */
export type TicketSelection =
  | { kind: 'PLACES'; places: number[] }
  | { kind: 'AREAS'; areas: AreaRequest[] }
  | { kind: 'MISTAKEN'; problems: FieldProblem[] };

/** Turn a buyer's selection into places or quantities of areas, or list everything that is wrong with it. */
export function selectTickets(
  input: TicketSelectionInput,
  eventId: string,
  layout: SeatingPlanLayout,
): TicketSelection {
  const mistakes = new Mistakes();
  if (input.generalAdmission) {
    const areas = selectAreas(input.generalAdmission, layout, mistakes);
    return mistakes.none ? { kind: 'AREAS', areas } : { kind: 'MISTAKEN', problems: mistakes.problems };
  }
  const places = input.tickets
    ? selectByTicket(input.tickets, eventId, mistakes)
    : (input.places ?? []).map((place, index): Named => ({ place, path: ['places', String(index)] }));
  if (places.length === 0 && mistakes.none) mistakes.add([input.tickets ? 'tickets' : 'places'], 'is empty');
  const chosen = checkPlaces(places, layout, mistakes);
  return mistakes.none
    ? { kind: 'PLACES', places: chosen.toSorted((a, b) => a - b) }
    : { kind: 'MISTAKEN', problems: mistakes.problems };
}

/** How many tickets a selection comes to. */
export function quantityOf(selection: Exclude<TicketSelection, { kind: 'MISTAKEN' }>): number {
  return selection.kind === 'PLACES'
    ? selection.places.length
    : selection.areas.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** A place, and where in the input it was named. */
interface Named {
  place: number;
  path: string[];
}

class Mistakes {
  readonly problems: FieldProblem[] = [];
  get none(): boolean {
    return this.problems.length === 0;
  }
  add(path: readonly string[], message: string): void {
    this.problems.push({ path: ['selection', ...path], message });
  }
}

function selectByTicket(ids: readonly string[], eventId: string, mistakes: Mistakes): Named[] {
  return ids.flatMap((id, index) => {
    const path = ['tickets', String(index)];
    const ticket = decodeIdOf('Ticket', id);
    if (ticket === null) mistakes.add(path, 'is not the id of a Ticket');
    else if (ticket.eventId !== eventId) mistakes.add(path, 'is a Ticket of another Event');
    else return [{ place: ticket.place, path }];
    return [];
  });
}

function checkPlaces(named: readonly Named[], layout: SeatingPlanLayout, mistakes: Mistakes): number[] {
  const seen = new Set<number>();
  for (const { place, path } of named) {
    const label = labelOfPlace(layout, place);
    if (label === null) mistakes.add(path, 'is not a place of this Event');
    else if (label.section.kind === 'GENERAL_ADMISSION') {
      // its tickets are alike; a buyer who insisted on one would lose races for a difference that is not there
      mistakes.add(path, `is in the area \`${label.section.key}\`: ask for a quantity of it`);
    } else if (seen.has(place)) mistakes.add(path, 'is listed twice');
    seen.add(place);
  }
  return [...seen];
}

function selectAreas(
  requests: readonly { area: string; quantity: number }[],
  layout: SeatingPlanLayout,
  mistakes: Mistakes,
): AreaRequest[] {
  if (requests.length === 0) mistakes.add(['generalAdmission'], 'is empty');
  const seen = new Set<string>();
  const selected = requests.flatMap(({ area: key, quantity }, index): AreaRequest[] => {
    const path = ['generalAdmission', String(index)];
    if (quantity < 1) mistakes.add([...path, 'quantity'], 'must be at least 1');
    if (seen.has(key)) mistakes.add([...path, 'area'], 'is listed twice');
    seen.add(key);
    const section = layout.sections.find((candidate) => candidate.key === key);
    if (section?.kind === 'GENERAL_ADMISSION') return [{ area: section, quantity }];
    mistakes.add(
      [...path, 'area'],
      section ? 'has numbered seats: choose among them' : 'is not an area of this Event',
    );
    return [];
  });
  return selected.toSorted((a, b) => a.area.firstPlace - b.area.firstPlace);
}
