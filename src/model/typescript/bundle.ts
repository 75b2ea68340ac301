import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, Message } from 'esbuild';
import { cannotCompile } from '../../diagnostics/catalogue/config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { ownModule, packageFolder } from '../../host/package-folder.ts';

/** A configuration and all it imports as one file of JavaScript. */
export interface Bundle {
  code: string;
  /** Source map of `code`, as JSON. */
  map: string;
  /** Absolute paths of the files in it that belong to the user. */
  files: string[];
}

/** Compiles a configuration with everything that it imports. @param root absolute @param path absolute */
export async function bundleConfig(root: string, path: string): Promise<Bundle | Diagnostic[]> {
  const { build } = await import('esbuild');
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [path],
      outfile: resolve(root, 'config.mjs'),
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      charset: 'utf8',
      logLevel: 'silent',
      alias: { gantry: ownModule() },
      // What is run is a temporary file elsewhere: code that looks around itself must look around the configuration.
      define: {
        'import.meta.url': JSON.stringify(pathToFileURL(path).href),
        'import.meta.dirname': JSON.stringify(resolve(path, '..')),
        'import.meta.filename': JSON.stringify(path),
      },
      banner: {
        js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(${JSON.stringify(pathToFileURL(path).href)});`,
      },
    });
    const [map, code] = ['.map', '.mjs'].map(
      (end) => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '',
    );
    const own = packageFolder();
    const files = Object.keys(result.metafile.inputs)
      .map((file) => resolve(root, file))
      .filter(
        (file) =>
          !file.includes('/node_modules/') && file !== ownModule() && !file.startsWith(resolve(own, 'src/model')),
      );
    return { code: code ?? '', map: map ?? '', files };
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (!errors) throw error;
    return errors.map((message) => compileError(message));
  }
}

function compileError({ text, location }: Message): Diagnostic {
  const reason = text.charAt(0).toLowerCase() + text.slice(1);
  if (!location) return cannotCompile(reason);
  const { file, line, column, length, lineText } = location;
  // esbuild counts bytes, editors count UTF-16 units.
  const before = Buffer.from(lineText).subarray(0, column).toString();
  const meant = Buffer.from(lineText)
    .subarray(column, column + length)
    .toString();
  return cannotCompile(reason, { file, line, column: before.length + 1, length: Math.max(1, meant.length) });
}
