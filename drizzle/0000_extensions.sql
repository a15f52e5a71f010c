-- takes no lock on any table; trigrams stand under the search for misspelt names
create extension if not exists pg_trgm;
