/** A place in a file of the user's. Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  /** Path relative to the folder of the model, with forward slashes. */
  file: string;
  line: number;
  column: number;
  /** How many characters from the column on are meant; 1 when left out. */
  length?: number;
}

export type Severity = 'error' | 'warning' | 'info';

/**
 * Something the user must know. The one shape for errors, warnings and notices, on the terminal, in JSON and in the page.
 * Made only by the constructors under `catalogue/`.
 */
export interface Diagnostic {
  /** Stable name, `family/what`, for example `model/unknown-key`. */
  code: string;
  severity: Severity;
  /** What happened, in one sentence without a full stop. */
  message: string;
  /** Where, when a line of the user's is the cause. */
  at?: Position;
  /** What to do about it. */
  cure?: string;
  /** The nearest valid choice, when there is one. */
  nearest?: string;
  /** Other places that belong to it, for example where a name was first declared. */
  related?: { message: string; at?: Position }[];
}

/** A value that may be missing because of errors; warnings may come with a value. */
export interface Result<T> {
  value?: T;
  diagnostics: Diagnostic[];
}

/** Carries diagnostics up to the command line, which prints them and exits 1. Thrown only where no result can be returned. */
export class Failure extends Error {
  readonly diagnostics: Diagnostic[];
  constructor(diagnostics: Diagnostic[]) {
    super(diagnostics.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`).join('\n'));
    this.name = 'Failure';
    this.diagnostics = diagnostics;
  }
}

/** Whether any of them is an error. */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error');
