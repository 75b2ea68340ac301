import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fillableCommand } from '../command.ts';
import { reloadsItself } from '../given-command.ts';
import { neverSource } from '../ignore.ts';
import type { Detection, Language, PrepareStep, ServiceFolder } from '../language.ts';
import { restartOn } from '../reload.ts';
import { readGradle } from './gradle.ts';
import { readMaven } from './maven.ts';

/** What a build tool's files say about a Java service. */
export interface JavaProject {
  tool: 'maven' | 'gradle';
  framework?: 'spring-boot' | 'quarkus' | 'micronaut';
  because: string[];
  /** Range of Java's version, and where it is written. */
  versions?: string;
  versionsFrom?: string;
  /** The build tool as a command; `program` is what must be on PATH, absent with a wrapper. */
  program?: 'mvn' | 'gradle';
  build: { argv: string[]; cwd: string };
  /** Program and arguments after the build; absent when nothing tells. */
  run?: string[];
  /** Absolute paths that the build makes. */
  outputs: string[];
  /** Absolute files and folders that it reads, and folders that it writes. */
  inputs: string[];
  written: string[];
  diagnostics: Diagnostic[];
}

/** Java and Kotlin, by pom.xml or build.gradle. */
export const java: Language = {
  name: 'java',
  looksFor: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  programs: ['java', 'mvn', 'mvnw', 'gradle', 'gradlew'],
  async detect(folder) {
    const project = (await readMaven(folder)) ?? (await readGradle(folder));
    return project && describe(folder, project);
  },
};

const cures = {
  java: 'install a JDK, for example from adoptium.net',
  mvn: 'install Maven, or add its wrapper to the project (`mvn wrapper:wrapper`)',
  gradle: 'install Gradle, or add its wrapper to the project (`gradle wrapper`)',
};

function describe(folder: ServiceFolder, project: JavaProject): Detection {
  const given = folder.devCommand ?? folder.command;
  const { framework, tool, build, run } = project;
  const steps = given && reloadsItself(given) ? [] : [buildStep(project)];
  return {
    language: 'java',
    framework,
    tool,
    because: project.because,
    certainty: given || run ? 'manifest' : 'nothing-to-start',
    recipe: {
      requires: [
        { program: 'java', versions: project.versions, from: project.versionsFrom, cure: cures.java },
        ...(project.program ? [{ program: project.program, cure: cures[project.program] }] : []),
      ],
      prepare: steps,
      run: fillableCommand(given ?? run ?? [], folder.path, {
        ...addresses[framework ?? 'none'],
        // The first compiler alone: a service under development starts often and runs briefly.
        ...(folder.mode === 'development' ? { JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' } : {}),
      }),
      path: [],
      reload:
        given && reloadsItself(given)
          ? { kind: 'self', restart: [] }
          : restartOn(project.inputs, project.written, steps),
    },
    diagnostics: given ? [] : project.diagnostics,
  };

  function buildStep({ inputs, written, outputs }: JavaProject): PrepareStep {
    return {
      name: 'build',
      command: { ...build, environment: {} },
      key: `build ${folder.path}`,
      inputs,
      facts: [],
      ignore: [...neverSource, ...written],
      outputs: given ? [] : outputs,
    };
  }
}

/** How each framework is told where to listen. */
const addresses: Record<string, Record<string, string>> = {
  'spring-boot': { SERVER_PORT: '${PORT}', SERVER_ADDRESS: '${HOST}' },
  quarkus: { QUARKUS_HTTP_PORT: '${PORT}', QUARKUS_HTTP_HOST: '${HOST}' },
  micronaut: { MICRONAUT_SERVER_PORT: '${PORT}', MICRONAUT_SERVER_HOST: '${HOST}' },
  none: {},
};
