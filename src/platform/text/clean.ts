/** Make one line of what a client wrote: composed, without control characters (Postgres takes no NUL), spaces single. */
export const cleanLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/** Clean several lines of what a client wrote, keeping their line breaks and tabs. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}+/gu, ' ')
    .trim();
