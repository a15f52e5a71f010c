const FORMS =
  'Concerto|Concertino|Sonata|Sonatina|Trio|Quartet|Quintet|Sextet|Septet|Octet|Suite|Divertimento';
const INSTRUMENTS =
  'Piano|Violin|Viola|Cello|Clarinet|Horn|Flute|Oboe|Bassoon|Trumpet|Trombone|Tuba|Harp|Harpsichord|Organ|Guitar|' +
  'Percussion|Saxophone|Piccolo|Strings?|Winds?|Woodwinds?';
/** `Concerto, Violin and Cello` is for two, and stays as it is. */
const INVERTED_FORM = new RegExp(
  `\\b(${FORMS}), (${INSTRUMENTS})\\b(?! and\\b|, (?:${INSTRUMENTS})\\b| or\\b| &)`,
  'g',
);

/** Without A and I, which are also musical keys. */
const ARTICLES = "The|Der|Die|Das|Ein|Eine|Le|La|Les|L'|Une|Il|Lo|Gli|El|Los|Las";
const INVERTED_ARTICLE = new RegExp(`^([^,([]+), (${ARTICLES})(?=[,(\\[ ]|$)`, 'i');

/** Restore titles that are inverted as in library catalogues: `Concerto, Piano`, `Magic Flute, The`. */
export function normaliseWorkTitle(title: string): string {
  return title
    .replace(
      INVERTED_FORM,
      (_, form: string, instrument: string) => `${instrument.replace(/s$/, '')} ${form}`,
    )
    .replace(INVERTED_ARTICLE, (_, name: string, article: string) => {
      const first = article.charAt(0).toUpperCase() + article.slice(1).toLowerCase();
      return first.endsWith("'") ? `${first}${name}` : `${first} ${name}`;
    });
}
