export { answer } from './answer.ts';
export { dossierStatus } from './api/dossier-status.ts';
export { listFacilities } from './api/facilities.ts';
export { fileResponse } from './file-response.ts';
export { openApi } from './openapi.ts';
export { heldBy, stateWords, stepWords } from './plain-words.ts';
export { problem } from './problem.ts';
