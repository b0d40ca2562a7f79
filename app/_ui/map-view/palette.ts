/** Colours of the map, read from the page's own set so that dark and high contrast hold here too. */
export interface Palette {
  outside: string;
  land: string;
  border: string;
  ward: string;
  label: string;
  halo: string;
  brand: string;
  onBrand: string;
  mine: string;
}

export function palette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    outside: token('--map-outside', '#dfe9ec'),
    land: token('--map-land', '#f4f2e7'),
    border: token('--map-border', '#b4ae9b'),
    ward: token('--map-ward', '#d3cebd'),
    label: token('--map-label', '#655f4c'),
    halo: token('--map-land', '#f4f2e7'),
    brand: token('--brand', '#0b5a4a'),
    onBrand: token('--on-brand', '#ffffff'),
    mine: token('--info', '#1b4f8f'),
  };
}
