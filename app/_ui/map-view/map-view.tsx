'use client';
import { useEffect, useRef, useState } from 'react';
import type { DrawnMap, MapHandlers, MapScene, MapTexts } from './types.ts';

type Phase = 'loading' | 'ready' | 'failed';

const hasWebgl = (): boolean => {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
};

/** By WebGL where the browser has it, else on a plain canvas. */
async function open(box: HTMLElement, scene: MapScene, handlers: MapHandlers): Promise<DrawnMap> {
  if (hasWebgl()) {
    try {
      const { openMaplibre } = await import('./maplibre.ts');
      return await openMaplibre(box, scene, handlers);
    } catch {
      box.replaceChildren();
    }
  }
  const { openLeaflet } = await import('./leaflet.ts');
  return openLeaflet(box, scene, handlers);
}

/**
 * The map beside a list. It loads when it comes into sight and the page is at rest; until then, and if it cannot, it
 * says so in words. The list stays complete without it.
 */
export function MapView({
  scene,
  texts,
  onSelect,
}: {
  scene: MapScene;
  texts: MapTexts;
  onSelect: (id: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnMap | null>(null);
  const latest = useRef({ scene, onSelect });
  latest.current = { scene, onSelect };
  const [phase, setPhase] = useState<Phase>('loading');

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    const load = async () => {
      try {
        const map = await open(element, latest.current.scene, { select: (id) => latest.current.onSelect(id) });
        if (gone) map.remove();
        else {
          drawn.current = map;
          map.show(latest.current.scene);
          setPhase('ready');
        }
      } catch {
        if (!gone) setPhase('failed');
      }
    };
    // a map that is not shown, as on a telephone until it is asked for, costs nobody anything
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      void load();
    });
    watch.observe(element);
    return () => {
      gone = true;
      watch.disconnect();
      drawn.current?.remove();
      drawn.current = null;
    };
  }, []);

  useEffect(() => {
    drawn.current?.show(scene);
  }, [scene]);

  return (
    <div className="map-view" data-phase={phase}>
      <div ref={box} className="map-box" data-label={texts.label} />
      {phase !== 'ready' && (
        <p className="map-word" role="status">
          {phase === 'failed' ? texts.failed : texts.loading}
        </p>
      )}
      {phase === 'ready' && (
        <div className="map-tools">
          <button type="button" aria-label={texts.zoomIn} title={texts.zoomIn} onClick={() => drawn.current?.zoom(1)}>
            +
          </button>
          <button
            type="button"
            aria-label={texts.zoomOut}
            title={texts.zoomOut}
            onClick={() => drawn.current?.zoom(-1)}
          >
            −
          </button>
          <button type="button" className="wide" onClick={() => drawn.current?.whole()}>
            {texts.whole}
          </button>
        </div>
      )}
      <p className="map-source">{texts.attribution}</p>
    </div>
  );
}
