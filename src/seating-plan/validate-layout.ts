import { MAX_CHECKED_PROBLEMS } from '../platform/outcomes.ts';
import { isWithin, reportLabel, type LayoutProblem, type ReportProblem } from './layout-problem.ts';
import {
  MAX_PLACES,
  type GeneralAdmissionArea,
  type SeatedSection,
  type SeatingPlanLayout,
} from './layout.ts';
import { LookAlikes } from './look-alikes.ts';
import { validateRows } from './validate-rows.ts';
import { validateTitles } from './validate-titles.ts';

const MAX_CATEGORIES = 50;

/** List the problems of a layout from any source, as many as one answer can count. A layout without problems can be stored and sold. */
export function validateLayout(layout: SeatingPlanLayout): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const report = (path: string[], message: string): void => {
    if (problems.length < MAX_CHECKED_PROBLEMS) problems.push({ path, message });
  };
  reportLabel(layout.name, ['name'], report);
  validateDrawing(layout, report);
  validateCategories(layout.categories, report);
  if (layout.sections.length === 0) report(['sections'], 'must not be empty');
  // checked before the validation seat by seat
  if (layout.places > MAX_PLACES) {
    report(['sections'], `have ${layout.places} places, more than ${MAX_PLACES}`);
    return problems;
  }
  validateSections(layout, report);
  validateTitles(layout.sections, report);
  return problems;
}

function validateDrawing({ width, height, stage }: SeatingPlanLayout, report: ReportProblem): void {
  if (!(width > 0 && Number.isFinite(width))) report(['width'], 'must be greater than 0');
  if (!(height > 0 && Number.isFinite(height))) report(['height'], 'must be greater than 0');
  reportLabel(stage.label, ['stage', 'label'], report);
  if (!isWithin(stage.x, width) || !isWithin(stage.y, height)) report(['stage'], 'lies outside the drawing');
}

function validateCategories(categories: readonly string[], report: ReportProblem): void {
  if (categories.length === 0 || categories.length > MAX_CATEGORIES) {
    report(['categories'], `must be 1 to ${MAX_CATEGORIES}`);
  }
  const known = new LookAlikes('labels');
  categories.forEach((category, index) => {
    const path = ['categories', String(index)];
    reportLabel(category, path, report);
    const problem = known.has(category) ? 'is a duplicate' : known.add(category);
    if (problem !== null) report(path, `“${category}” ${problem}`);
  });
}

function validateSections(layout: SeatingPlanLayout, report: ReportProblem): void {
  const keys = new Set<string>();
  const seatPoints = new Set<string>();
  let next = 0;
  layout.sections.forEach((section, index) => {
    const path = ['sections', String(index)];
    if (!/^[A-Za-z0-9-]{1,64}$/.test(section.key)) {
      report([...path, 'key'], 'must have 1 to 64 letters, digits and hyphens');
    }
    if (keys.has(section.key)) report([...path, 'key'], `“${section.key}” is a duplicate`);
    keys.add(section.key);
    reportLabel(section.name, [...path, 'name'], report);
    if (section.level !== '') reportLabel(section.level, [...path, 'level'], report);
    if (section.firstPlace !== next) {
      report([...path, 'firstPlace'], `is ${section.firstPlace}, expected ${next}`);
    }
    if (section.kind === 'SEATED') validateSeated(section, layout, path, seatPoints, report);
    else validateArea(section, layout, path, report);
    next += section.places;
  });
  if (next !== layout.places) report(['places'], `are ${layout.places}, but the sections have ${next}`);
}

function validateSeated(
  section: SeatedSection,
  layout: SeatingPlanLayout,
  path: string[],
  seatPoints: Set<string>,
  report: ReportProblem,
): void {
  const seats = section.rows.reduce((sum, row) => sum + row.seats.length, 0);
  if (seats === 0) report([...path, 'rows'], 'have no seats');
  if (seats !== section.places)
    report([...path, 'places'], `are ${section.places}, but the rows have ${seats}`);
  validateRows(section, layout, path, seatPoints, report);
}

function validateArea(
  area: GeneralAdmissionArea,
  layout: SeatingPlanLayout,
  path: string[],
  report: ReportProblem,
): void {
  if (!Number.isInteger(area.places) || area.places < 1) report([...path, 'places'], 'must be at least 1');
  if (layout.categories[area.category] === undefined) report([...path, 'category'], 'is not in `categories`');
  if (area.outline.length < 6 || area.outline.length % 2 !== 0) {
    report([...path, 'outline'], 'must have x and y of at least three corners');
  }
  if (
    !area.outline.every((value, index) => isWithin(value, index % 2 === 0 ? layout.width : layout.height))
  ) {
    report([...path, 'outline'], 'lies outside the drawing');
  }
}
