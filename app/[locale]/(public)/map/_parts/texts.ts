import { getTranslations } from 'next-intl/server';
import type { MapTexts } from '#app/_ui/map-view/types.ts';
import type { WorkspaceTexts } from './workspace.tsx';

/** What the map says of itself. */
export async function mapTexts(attribution: string): Promise<MapTexts> {
  const t = await getTranslations('map.view');
  return {
    label: t('label'),
    loading: t('loading'),
    failed: t('failed'),
    zoomIn: t('zoomIn'),
    zoomOut: t('zoomOut'),
    whole: t('whole'),
    attribution,
  };
}

/** What stands on the buttons around list and map. */
export async function workspaceTexts(): Promise<WorkspaceTexts> {
  const t = await getTranslations('map.work');
  return {
    near: t('near'),
    nearOn: t('nearOn'),
    nearHint: t('nearHint'),
    nearFailed: t('nearFailed'),
    nearDenied: t('nearDenied'),
    busy: t('busy'),
    listOnly: t('listOnly'),
    showMap: t('showMap'),
    showList: t('showList'),
  };
}
