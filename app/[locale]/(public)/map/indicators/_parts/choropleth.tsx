import type { DrawnOutlines } from '#server/map/index.ts';

/**
 * Areas in shades of one colour, drawn on the server. Each area says its name and value when it is pointed at; the
 * table beside it says the same to everybody.
 */
export function Choropleth(props: {
  drawing: DrawnOutlines;
  values: { code: string; text: string; level: number | null }[];
  locale: string;
  label: string;
}) {
  const { drawing, values, locale, label } = props;
  const byCode = new Map(values.map((value) => [value.code, value]));
  return (
    <svg className="choropleth" viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={label}>
      {drawing.shapes.map(({ code, d }) => {
        const value = byCode.get(code);
        return (
          <path key={code} d={d} className={`level-${value?.level ?? 'none'}`}>
            <title>{value?.text ?? code}</title>
          </path>
        );
      })}
      {drawing.islands.map(({ code, name, nameEn, x, y }) => (
        <g key={code}>
          <circle cx={x} cy={y} r={6} className="island" />
          <text x={x} y={y + 40} textAnchor="middle">
            {locale === 'vi' ? name : nameEn}
          </text>
        </g>
      ))}
    </svg>
  );
}
