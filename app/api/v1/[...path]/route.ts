import { problem } from '#app/_ui/problem.ts';
import { AppError } from '#server/platform/index.ts';

/** Registers that do not exist yet and everything else unknown: a problem document, not a page. */
const unknown = (request: Request) => problem(new AppError('notFound', 'exchange.errors.noSuchResource'), request);

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
