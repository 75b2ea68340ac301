import { join } from 'node:path';
import { exists } from '../../host/files.ts';
import { packageFolder } from '../../host/package-folder.ts';
import { fillableCommand } from '../command.ts';
import type { Language } from '../language.ts';

/** Pages that need nothing but a web server: a folder with index.html, or with public/index.html. */
export const staticFiles: Language = {
  name: 'static',
  looksFor: ['index.html', 'public/index.html'],
  programs: [],
  async detect(folder) {
    // A command of the user's serves the pages in its own way.
    if (folder.devCommand ?? folder.command) return undefined;
    const places = ['', 'public'];
    const found = [];
    for (const place of places) if (await exists(join(folder.path, place, 'index.html'))) found.push(place);
    const [place] = found;
    if (place === undefined) return undefined;
    const server = join(packageFolder(), 'dist/static-server.js');
    return {
      language: 'static',
      because: [place ? `${place}/index.html` : 'index.html'],
      certainty: 'fallback',
      recipe: {
        requires: [],
        prepare: [],
        run: fillableCommand([process.execPath, server, join(folder.path, place)], folder.path),
        path: [],
        reload: { kind: 'none' },
      },
      diagnostics: [],
    };
  },
};
