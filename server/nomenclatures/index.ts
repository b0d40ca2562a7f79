export { loadNomenclatures } from './load-nomenclatures.ts';
export { type CodeList, type FoundCode, isLoaded, type NamedCode, nameCodes, namesOf, searchCodes } from './queries.ts';
