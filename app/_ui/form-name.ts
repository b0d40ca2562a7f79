/** Name of the hidden field that says which form of a page was sent. */
export const formNameField = '_form';
