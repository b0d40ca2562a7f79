/** What kind of file it is, in letters as on an icon: `PDF`, `JPG`, `PNG`. */
export const fileKind = (mediaType: string): string => mediaType.split('/')[1]!.toUpperCase().replace('JPEG', 'JPG');
