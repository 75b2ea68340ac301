/** Platforms that packages with binaries are made for. */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** This machine's platform; undefined for any other, also for Linux with another C library than glibc. */
export function currentPlatform(): Platform | undefined {
  const { platform, arch } = process;
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  if (platform === 'linux') return hasGlibc() ? `linux-${arch}` : undefined;
  return platform === 'darwin' ? `darwin-${arch}` : undefined;
}

/** The machine in words, for reasons given to the user. */
export const platformName = (): string =>
  `${process.platform}-${process.arch}${process.platform === 'linux' && !hasGlibc() ? ' (musl)' : ''}`;

function hasGlibc(): boolean {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime !== undefined;
}
