import { answersOverHttp } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** The account that every OpenSearch has. */
const user = 'admin';

/**
 * OpenSearch on this machine: the project's own image, one node. Its security plugin speaks TLS or not at all, so it is
 * off: the port is on the loopback alone, and the account in the URL is not asked for.
 */
export const local = containerServer({
  title: 'OpenSearch',
  image: (version) => `opensearchproject/opensearch:${version}`,
  ports: { http: 9200 },
  data: '/usr/share/opensearch/data',
  environment: () => ({
    'discovery.type': 'single-node',
    DISABLE_SECURITY_PLUGIN: 'true',
    DISABLE_INSTALL_DEMO_CONFIG: 'true',
    OPENSEARCH_JAVA_OPTS: '-Xms512m -Xmx512m',
  }),
  ready: (values) => answersOverHttp(values, '/_cluster/health'),
  attributes: (values) => ({ url: accountUrl('http', { ...values, user }), user, password: values.password }),
});
