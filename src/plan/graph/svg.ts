import type { Plan } from '../plan.ts';
import { type Box, type Drawing, type Line, layOut } from './layout.ts';

/**
 * The graph as a picture: one file without links to others, light or dark as the reader's system is. Hovering over a line
 * tells port, protocol and variables. Ends with a newline.
 */
export function graphSvg(plan: Plan): string {
  const drawing = layOut(plan);
  const title = `${plan.system} (${plan.environment})`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${drawing.width}" height="${drawing.height}" viewBox="0 0 ${drawing.width} ${drawing.height}" role="img" aria-label="${escaped(`Services and connections of ${title}`)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5 7.5 4 0 7.5z"/></marker></defs>',
    `<rect class="page" width="${drawing.width}" height="${drawing.height}"/>`,
    ...drawing.lines.map(lineMarkup),
    ...drawing.boxes.map(boxMarkup),
    '</svg>',
  ].join('\n')}\n`;
}

const style = [
  ':root{color-scheme:light dark}',
  '.page{fill:#fff}text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#1b1f24}.detail{font-size:11px;fill:#59636e}',
  '.box{stroke-width:1.25}.workload .box{fill:#eef4ff;stroke:#3b6fd4}.backing .box{fill:#eefaf1;stroke:#2f8f4e}',
  '.route .box{fill:#fff7e8;stroke:#b7791f}.egress .box{fill:#f6f8fa;stroke:#818b98;stroke-dasharray:4 3}',
  '.line{fill:none;stroke:#6b86b8;stroke-width:1.25;marker-end:url(#tip)}.line.backing{stroke:#8fbf9f}',
  '.line.route{stroke:#c99a4b}.line.egress{stroke:#818b98;stroke-dasharray:4 3}',
  '.line:hover{stroke:#cf222e;stroke-width:2.5}#tip path{fill:#818b98}',
  '@media (prefers-color-scheme:dark){.page{fill:#0d1117}text{fill:#e6edf3}.detail{fill:#9198a1}',
  '.workload .box{fill:#12233f;stroke:#5b8def}.backing .box{fill:#10281a;stroke:#3fb068}',
  '.route .box{fill:#2c2110;stroke:#d29922}.egress .box{fill:#151b23;stroke:#7d8590}.line{stroke:#5b76a8}',
  '.line.backing{stroke:#2f6b45}.line.route{stroke:#8a6a2c}.line.egress{stroke:#7d8590}',
  '.line:hover{stroke:#ff7b72}#tip path{fill:#7d8590}}',
].join('');

function boxMarkup(box: Box): string {
  const middle = box.x + box.width / 2;
  const radius = box.kind === 'route' ? box.height / 2 : 8;
  return (
    `<g class="${box.kind}"><rect class="box" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${radius}"/>` +
    `<text x="${fixed(middle)}" y="${fixed(box.y + 20)}" text-anchor="middle">${escaped(box.name)}</text>` +
    `<text class="detail" x="${fixed(middle)}" y="${fixed(box.y + 36)}" text-anchor="middle">${escaped(box.detail)}</text></g>`
  );
}

/** A line bent softly at the points that the layout gave. */
function lineMarkup(line: Line): string {
  return `<path class="line ${line.kind}" d="${curve(line.points)}"><title>${escaped(line.meaning)}</title></path>`;
}

function curve(points: Drawing['lines'][number]['points']): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (!next) path += `L${point.x} ${point.y}`;
    else path += `Q${point.x} ${point.y} ${fixed((point.x + next.x) / 2)} ${fixed((point.y + next.y) / 2)}`;
  }
  return path;
}

const fixed = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`).replace(/(?![\t\n\r])\p{Cc}/gu, '');
