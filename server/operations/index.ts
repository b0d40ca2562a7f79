export { type Alarm, alarmsOf, type OperatorFacts, operatorFacts } from './facts.ts';
export { discardJob, type ParkedJob, parkedJobs, retryJob } from './parked-jobs.ts';
