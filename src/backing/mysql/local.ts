import { greetsAsMysql } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** MySQL on this machine: the official image, which makes the account and the database by itself. */
export const local = containerServer({
  title: 'MySQL',
  image: (version) => `mysql:${version}`,
  ports: { mysql: 3306 },
  data: '/var/lib/mysql',
  environment: ({ user, password, database }) => ({
    MYSQL_USER: user,
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: database,
    MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
  }),
  ready: greetsAsMysql,
  attributes: (values) => ({
    url: accountUrl('mysql', values, `/${encodeURIComponent(values.database)}`),
    user: values.user,
    password: values.password,
    database: values.database,
  }),
});
