import type { Invalid } from './invalid.ts';

/** An image as written, taken apart. */
export interface ImageReference {
  /** With registry and path, without tag and digest. */
  repository: string;
  tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  digest?: string;
}

const reference =
  /^((?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Reads `[registry/]path[:tag][@digest]`, the grammar of the OCI distribution specification. */
export function readImageReference(text: string): ImageReference | Invalid {
  const match = text.length <= 512 ? reference.exec(text) : null;
  if (!match) {
    return {
      invalid: `"${text.slice(0, 80)}" is not an image`,
      cure: 'write [registry/]name[:tag][@sha256:digest] in small letters, for example ghcr.io/acme/gateway:1.4',
    };
  }
  const [, repository = '', tag, digest] = match;
  return { repository, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}
