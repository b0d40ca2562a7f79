/** Whether a list says something else than the page it came with: chosen before a script ran, or put back by the browser. */
export function choiceChanged(list: HTMLSelectElement): boolean {
  const chosen = [...list.options].findIndex((option) => option.defaultSelected);
  return list.selectedIndex !== Math.max(0, chosen);
}
