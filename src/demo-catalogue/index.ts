/**
 * Importer of the demo catalogue in `data/`: Venues, Performers, Events, and some two hundred Events on sale.
 *
 * Reading order: import-catalogue → read-* → normalise-* → plan-events → choose-sales → sell → store-catalogue.
 */
export { importCatalogue, isCatalogueLoaded } from './import-catalogue.ts';
