/** `simulate <process.bpmn> <script.json>`: plays a script through the workflow kernel and prints one JSON object. */
import { readFileSync } from 'node:fs';
import { compile } from '#server/workflow/kernel/index.ts';
import { play, type Script } from '#server/workflow/testing/play.ts';

const [bpmn, script] = process.argv.slice(2);
if (!bpmn || !script) {
  console.error('usage: npm run --silent simulate -- <process.bpmn> <script.json>');
  process.exit(2);
}
try {
  const model = await compile(readFileSync(bpmn, 'utf8'));
  console.log(JSON.stringify(play(model, JSON.parse(readFileSync(script, 'utf8')) as Script)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
