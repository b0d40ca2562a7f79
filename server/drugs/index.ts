export { type DrugList, type DrugView, getDrug, searchDrugs } from './queries/drugs.ts';
export { drugsRegister } from './register.ts';
