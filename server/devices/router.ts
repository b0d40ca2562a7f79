import { procedure, router, shape } from '#server/trpc/init.ts';
import { DeviceRef, ListNotices, NoticeRef, SearchDevices } from './inputs.ts';
import { getDevice, searchDevices } from './queries/devices.ts';
import { getNotice, listNotices } from './queries/notices.ts';

export const devicesRouter = router({
  search: procedure.input(shape(SearchDevices)).query(({ ctx, input }) => searchDevices(ctx, input)),
  get: procedure.input(shape(DeviceRef)).query(({ ctx, input }) => getDevice(ctx, input)),
  notices: procedure.input(shape(ListNotices)).query(({ ctx, input }) => listNotices(ctx, input)),
  notice: procedure.input(shape(NoticeRef)).query(({ ctx, input }) => getNotice(ctx, input)),
});
