import type { Point } from './geometry.ts';

/** How many straight pieces stand for one Bézier curve. */
const SEGMENTS_PER_CURVE = 8;
const ARGUMENT_COUNTS: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, Z: 0 };

/** Read the outline of a closed SVG path: the commands M, L, H, V, C and Z in both forms; throws on any other. */
export function outlineOfPath(path: string): Point[] {
  const tokens = path.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
  const outline: Point[] = [];
  let at: Point = { x: 0, y: 0 };
  let command = '';
  for (let index = 0; index < tokens.length;) {
    if (/[a-zA-Z]/.test(tokens[index] ?? '')) command = tokens[index++] ?? '';
    const count = ARGUMENT_COUNTS[command.toUpperCase()];
    if (count === undefined) throw new Error(`cannot read “${command}” in an SVG path`);
    if (count === 0) continue;
    const values = tokens.slice(index, index + count).map(Number);
    if (values.length < count || values.some(Number.isNaN))
      throw new Error(`“${command}” lacks numbers in an SVG path`);
    index += count;
    const points = pointsOf(command, values, at);
    outline.push(...points);
    at = points.at(-1) ?? at;
  }
  return outline;
}

function pointsOf(command: string, values: readonly number[], at: Point): Point[] {
  const origin = command === command.toLowerCase() ? at : { x: 0, y: 0 };
  const point = (index: number): Point => ({
    x: origin.x + (values[index] ?? 0),
    y: origin.y + (values[index + 1] ?? 0),
  });
  switch (command.toUpperCase()) {
    case 'H':
      return [{ x: origin.x + (values[0] ?? 0), y: at.y }];
    case 'V':
      return [{ x: at.x, y: origin.y + (values[0] ?? 0) }];
    case 'C':
      return curve(at, point(0), point(2), point(4));
    default:
      return [point(0)];
  }
}

function curve(from: Point, first: Point, second: Point, to: Point): Point[] {
  return Array.from({ length: SEGMENTS_PER_CURVE }, (_, piece) => {
    const t = (piece + 1) / SEGMENTS_PER_CURVE;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * from.x + b * first.x + c * second.x + d * to.x,
      y: a * from.y + b * first.y + c * second.y + d * to.y,
    };
  });
}
