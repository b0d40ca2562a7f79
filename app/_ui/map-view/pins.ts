import type { MapHandlers, MapScene } from './types.ts';

export interface PlacedPin {
  element: HTMLElement;
  latitude: number;
  longitude: number;
}

/**
 * The pins of the list's page with its numbers. They repeat the list for the eye: keyboard and screen reader have the
 * list itself.
 */
export function pinsOf(scene: MapScene, handlers: MapHandlers): PlacedPin[] {
  const pins = scene.items.map((item) => ({ ...item, text: String(item.number) }));
  const { selected } = scene;
  if (selected && !pins.some(({ id }) => id === selected.id)) pins.push({ ...selected, number: 0, text: '•' });
  // the selected one comes last, so that none lies over it; the first of the list over those after it
  const order = (id: string, number: number) => (id === selected?.id ? 1000 : -number);
  return pins
    .sort((a, b) => order(a.id, a.number) - order(b.id, b.number))
    .map(({ id, name, text, latitude, longitude }) => {
      const element = document.createElement('div');
      element.className = id === selected?.id ? 'pin selected' : 'pin';
      element.ariaHidden = 'true';
      element.title = name;
      const inner = document.createElement('span');
      inner.textContent = text;
      element.append(inner);
      element.addEventListener('click', (event) => {
        event.stopPropagation();
        handlers.select(id);
      });
      return { element, latitude, longitude };
    });
}
