'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, type MouseEvent, type ReactNode, useRef, useState, useTransition } from 'react';
import { MapView } from '#app/_ui/map-view/map-view.tsx';
import type { MapScene, MapTexts } from '#app/_ui/map-view/types.ts';
import type { searchNearMe } from './near-me-actions.tsx';

interface Shown {
  results: ReactNode;
  scene: MapScene;
}

export interface WorkspaceTexts {
  near: string;
  nearOn: string;
  nearHint: string;
  nearFailed: string;
  nearDenied: string;
  busy: string;
  listOnly: string;
  showMap: string;
  showList: string;
}

/**
 * Form, list and map as one: what changes in one is followed by the others without a new page. Where the reader stands
 * lives in this component's memory alone; it goes to the server in the body of a request that keeps nothing, never in
 * an address, and is gone with the page.
 */
export function MapWorkspace(props: {
  form: ReactNode;
  results: ReactNode;
  scene: MapScene;
  base: string;
  view: '' | 'list' | 'map';
  /** addresses of the same view with the list alone, the map alone, and both */
  views: { list: string; map: string; both: string };
  texts: WorkspaceTexts;
  mapTexts: MapTexts;
  nearMe: typeof searchNearMe | null;
}) {
  const { base, view, views, texts, nearMe } = props;
  const router = useRouter();
  const root = useRef<HTMLDivElement>(null);
  const mine = useRef<{ latitude: number; longitude: number } | null>(null);
  const [near, setNear] = useState<Shown | null>(null);
  const [problem, setProblem] = useState('');
  const [pending, start] = useTransition();
  const shown = near ?? props;

  /** Shows another view: from where the reader stands if they asked for that, else by its address. */
  const go = (href: string) =>
    start(async () => {
      const here = mine.current;
      if (!here || !nearMe) return router.push(href, { scroll: false });
      const search = Object.fromEntries(new URL(href, window.location.href).searchParams);
      setNear(await nearMe(search, here));
      window.history.replaceState(null, '', href);
    });

  const locate = () => {
    setProblem('');
    if (mine.current) {
      mine.current = null;
      setNear(null);
      router.refresh();
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // eleven metres are near enough
        const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
        mine.current = { latitude: round(coords.latitude), longitude: round(coords.longitude) };
        const url = new URL(window.location.href);
        for (const name of ['place', 'ward', 'province', 'page', 'at']) url.searchParams.delete(name);
        go(`${url.pathname}${url.search}`);
      },
      (error) => setProblem(error.code === error.PERMISSION_DENIED ? texts.nearDenied : texts.nearFailed),
      { timeout: 15_000, maximumAge: 60_000 },
    );
  };

  const submit = (event: FormEvent<HTMLDivElement>) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'get') return;
    event.preventDefault();
    const data = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    );
    // a place that is typed takes the place of the reader's
    if (data.some(([name]) => name === 'place' || name === 'province')) mine.current = null;
    if (!mine.current) setNear(null);
    const query = new URLSearchParams(data).toString();
    go(query === '' ? form.action : `${form.action}?${query}`);
  };

  const follow = (event: MouseEvent<HTMLDivElement>) => {
    const link = (event.target as Element).closest('a');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    const url = new URL(link.href);
    if (url.origin !== window.location.origin || url.pathname !== new URL(base, window.location.href).pathname) return;
    event.preventDefault();
    go(`${url.pathname}${url.search}`);
  };

  const select = (id: string) => {
    const url = new URL(window.location.href);
    url.searchParams.set('at', id);
    go(`${url.pathname}${url.search}`);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to the links and the form within
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link is pressed by keyboard as a click
    <div
      ref={root}
      className="finder"
      data-view={view || 'both'}
      aria-busy={pending}
      onClick={follow}
      onSubmit={submit}
    >
      <div className="finder-panel">
        <div
          onChange={(event) => {
            const field = event.target as unknown as HTMLInputElement | HTMLSelectElement;
            // ticks and choices act at once, words when they are sent
            if (field.type === 'checkbox' || field.tagName === 'SELECT') field.form?.requestSubmit();
          }}
        >
          {props.form}
        </div>
        {nearMe && (
          <div className="finder-near">
            <button type="button" className="button quiet small" aria-pressed={near !== null} onClick={locate}>
              {near ? texts.nearOn : texts.near}
            </button>
            <span className="hint">{problem || texts.nearHint}</span>
          </div>
        )}
        <p className="hidden-text" role="status">
          {pending ? texts.busy : problem}
        </p>
        {shown.results}
      </div>
      {view !== 'list' && (
        <div className="finder-map">
          <MapView scene={shown.scene} texts={props.mapTexts} onSelect={select} />
        </div>
      )}
      <p className="finder-switch">
        {view === 'list' ? (
          <a href={views.both}>{texts.showMap}</a>
        ) : (
          <>
            <a className="to-map" href={views.map}>
              {texts.showMap}
            </a>
            <a className="to-list" href={views.both}>
              {texts.showList}
            </a>
            <a className="only-list" href={views.list}>
              {texts.listOnly}
            </a>
          </>
        )}
      </p>
    </div>
  );
}
