export { noticesRegister } from './notices/notice-register.ts';
export type { NoticeModel, NoticeView } from './notices/notice-views.ts';
export { devicesMeant } from './notices/resolve-models.ts';
export { type DeviceList, type DeviceView, deviceViews, getDevice, searchDevices } from './queries/devices.ts';
export { devicesInOrder } from './queries/devices-in-order.ts';
export { getNotice, listNotices, type NoticeList } from './queries/notices.ts';
export { devicesRegister } from './register.ts';
export { readUdi, type Udi, udiLength } from './udi.ts';
