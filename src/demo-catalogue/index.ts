/**
 * Importer of the demo catalogue in `data/`: Venues, Performers and Events, some 200 of them on sale.
 *
 * Reading order: import-catalogue → read/ → normalise/ → events/ → store/ → sales/.
 */
export { importCatalogue, isCatalogueLoaded } from './import-catalogue.ts';
