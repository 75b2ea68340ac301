// Next leaves the files that the browser loads out of the standalone server; they belong beside it.
import { cpSync } from 'node:fs';

cpSync('.next/static', '.next/standalone/frontend/.next/static', { recursive: true });
