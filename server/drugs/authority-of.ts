import type { Reader } from '#db/client.ts';
import { healthDepartmentOf } from '#server/identity/index.ts';
import { AppError } from '#server/platform/index.ts';

/** The health department of a province; null where none is entered. */
export const authorityOf = (db: Reader, provinceCode: string): Promise<string | null> =>
  healthDepartmentOf(db, provinceCode).then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'notFound') return null;
      throw error;
    },
  );
