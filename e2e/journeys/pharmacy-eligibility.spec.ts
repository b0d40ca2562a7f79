import { test } from '../fixtures.ts';
import { fullAnswers } from '../pharmacy/answers.ts';
import { fileAndPay } from '../pharmacy/filing.ts';
import { stageOf } from '../pharmacy/stage.ts';

test('try', async ({ account, openWindow, artifacts }) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi');
  const page = await stage.desk('business');
  const filed = await fileAndPay(stage, page, fullAnswers('Nhà thuốc thử'));
  console.log(filed);
});
