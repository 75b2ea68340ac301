import { answersOverHttp } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** The account that every Elasticsearch has. */
const user = 'elastic';

/** Elasticsearch on this machine: the official image, one node, without TLS on the loopback. */
export const local = containerServer({
  title: 'Elasticsearch',
  image: (version) => `elasticsearch:${version}`,
  ports: { http: 9200 },
  data: '/usr/share/elasticsearch/data',
  environment: ({ password }) => ({
    'discovery.type': 'single-node',
    'xpack.security.http.ssl.enabled': 'false',
    ELASTIC_PASSWORD: password,
    ES_JAVA_OPTS: '-Xms512m -Xmx512m',
  }),
  ready: (values) => answersOverHttp(values, '/_cluster/health', `${user}:${values.password}`),
  attributes: (values) => ({ url: accountUrl('http', { ...values, user }), user, password: values.password }),
});
