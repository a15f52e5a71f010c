// Characters of texts that filters are compared with: what is longer than any stored one finds nothing.
export const MAX_CATEGORY_LENGTH = 50;
export const MAX_GENRE_LENGTH = 100;
export const MAX_CITY_LENGTH = 100;
