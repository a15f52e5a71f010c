/** Names of the `### ` headings of a Markdown page, in the page's order. */
export function headingsOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^### `?([^`\n]+?)`? *$/gm)].map(([, name]) => name ?? '');
}

/** What the page lacks, has too much of, or has twice. */
export function catalogueProblems(documented: readonly string[], real: readonly string[]): string[] {
  return [
    ...real.filter((name) => !documented.includes(name)).map((name) => `${name} is not documented`),
    ...documented.filter((name) => !real.includes(name)).map((name) => `${name} does not exist`),
    ...documented
      .filter((name, index) => documented.indexOf(name) < index)
      .map((name) => `${name} is there twice`),
  ];
}
