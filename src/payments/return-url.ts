import type { FieldProblem } from '../generated/graphql.ts';
import { isStorable } from '../platform/text/clean.ts';

const MAX_LENGTH = 2_000;

/**
 * An absolute URL as RFC 3986 writes it, or with letters beyond ASCII. Parsers of URLs take more and correct it: `https:shop`, a
 * backslash for a slash, spaces around it, characters that are not seen. Stripe also accepts the custom schemes of apps.
 */
const HTTP_URL = /^https?:\/\/[^\s\p{Cf}\\/?#@]+(?:[/?#][^\s\p{Cf}\\]*)?$/iu;

/** Problems of the address to which the bank sends the buyer back. */
export function returnUrlProblems(url: string | null | undefined): FieldProblem[] {
  if (url === null || url === undefined) return [];
  if (isStorable(url, MAX_LENGTH) && HTTP_URL.test(url) && URL.canParse(url)) return [];
  return [
    {
      path: ['payment', 'returnUrl'],
      message:
        'must be an http or https URL of at most 2,000 characters, like `https://shop.example/back`, without credentials, spaces and backslashes',
    },
  ];
}
