/** Name of the hidden field that says when a page was opened. */
export const baseField = '_base';
