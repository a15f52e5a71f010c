/** Names of the `### ` headings of a Markdown page, in the page's order. */
export function headingsOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^### `?([^`\n]+?)`? *$/gm)].map(([, name]) => name ?? '');
}

/** Names that are missing, obsolete or duplicate on the page. */
export function catalogueProblems(documented: readonly string[], existing: readonly string[]): string[] {
  return [
    ...existing.filter((name) => !documented.includes(name)).map((name) => `${name} is not documented`),
    ...documented.filter((name) => !existing.includes(name)).map((name) => `${name} does not exist`),
    ...documented
      .filter((name, index) => documented.indexOf(name) < index)
      .map((name) => `${name} is documented twice`),
  ];
}
