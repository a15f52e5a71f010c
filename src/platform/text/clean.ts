/** Clean one line of client input: NFC, without control characters (Postgres takes no NUL), spaces single. */
export const cleanLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/** Clean client input of several lines; line breaks and tabs are kept. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}+/gu, ' ')
    .trim();
